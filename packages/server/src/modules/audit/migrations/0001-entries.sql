-- The trail: who read or wrote which personal data, for what purpose. Entries are added and never touched again.
-- They stand in several chains, one an actor's bucket, so that people at work do not wait for one another:
-- each entry carries the SHA-256 of its content and of the entry before it in its chain.
CREATE SCHEMA audit;

CREATE TABLE audit.chains (
  chain INT PRIMARY KEY,
  entries BIGINT NOT NULL DEFAULT 0,
  head BYTEA NOT NULL DEFAULT ''
);
INSERT INTO audit.chains (chain) SELECT generate_series(0, 63);

CREATE TABLE audit.entries (
  chain INT NOT NULL REFERENCES audit.chains,
  position BIGINT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  actor TEXT NOT NULL,                -- a person's id, or `program:<what>`
  purpose TEXT NOT NULL,
  action TEXT NOT NULL,
  subjects TEXT[] NOT NULL,           -- ids of the cases or things read or written; never a name
  details JSONB NOT NULL,             -- codes and counts; never a name
  hash BYTEA NOT NULL,
  PRIMARY KEY (chain, position)
);
CREATE INDEX entries_by_subject ON audit.entries USING gin (subjects);
CREATE INDEX entries_by_actor ON audit.entries (actor, at);

-- What is hashed: every column, each with its length, so that no two entries read the same.
CREATE FUNCTION audit.content(e audit.entries) RETURNS BYTEA LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT convert_to(string_agg(length(part) || ':' || part, ',' ORDER BY place), 'UTF8')
  FROM unnest(ARRAY[
    e.chain::TEXT, e.position::TEXT, (extract(epoch FROM e.at) * 1000000)::BIGINT::TEXT,
    e.actor, e.purpose, e.action, array_to_json(e.subjects)::TEXT, e.details::TEXT
  ]) WITH ORDINALITY AS parts(part, place)
$$;

CREATE FUNCTION audit.append(actor TEXT, purpose TEXT, action TEXT, subjects TEXT[], details JSONB)
RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  entry audit.entries;
  previous BYTEA;
BEGIN
  entry.chain := abs(hashtext(actor)::BIGINT) % 64;
  UPDATE audit.chains c SET entries = c.entries + 1 WHERE c.chain = entry.chain
    RETURNING c.entries, c.head INTO entry.position, previous;
  entry.at := clock_timestamp();
  entry.actor := actor;
  entry.purpose := purpose;
  entry.action := action;
  entry.subjects := subjects;
  entry.details := details;
  entry.hash := sha256(previous || audit.content(entry));
  INSERT INTO audit.entries VALUES (entry.*);
  UPDATE audit.chains c SET head = entry.hash WHERE c.chain = entry.chain;
END $$;
REVOKE ALL ON FUNCTION audit.append(TEXT, TEXT, TEXT, TEXT[], JSONB) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit.content(audit.entries) FROM PUBLIC;

-- Even whoever owns the base has to take this away on purpose first, and the chain tells it afterwards.
CREATE FUNCTION audit.refuse_change() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'the trail is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entries
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
