-- Takes the chain of an actor before anything else of theirs is counted. Two requests of one person at once that count and write in
-- different orders (a case and who is seen beside it; a list) would wait for each other for ever.
CREATE FUNCTION audit.hold_chain(actor TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM FROM audit.chains c WHERE c.chain = abs(hashtext(actor)::BIGINT) % 64 FOR NO KEY UPDATE;
END $$;
REVOKE ALL ON FUNCTION audit.hold_chain(TEXT) FROM PUBLIC;
