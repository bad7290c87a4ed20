-- Once a day the heads of all chains are signed with a key that the base does not have. Whoever owns the base and rewrites
-- a chain from one point to its head is found by the seals of the days before; kept elsewhere too, they cannot be unsaid.
CREATE TABLE audit.seals (
  day DATE PRIMARY KEY,
  sealed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  statement TEXT NOT NULL,            -- what is signed: the day, then each chain with its length and its head
  signature BYTEA NOT NULL,           -- Ed25519
  key_id TEXT NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.seals
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
