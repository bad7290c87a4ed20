-- The worker verifies, seals and purges the trail, and owns none of it: it reads, and the two changes are made by functions that look
-- for themselves. Neither gives it a way to write a line, or to end one that no old seal of this base lets go.
GRANT USAGE ON SCHEMA audit TO raccroche_worker;
GRANT SELECT ON audit.entries, audit.chains, audit.starts, audit.seals TO raccroche_worker;
GRANT EXECUTE ON FUNCTION audit.content(audit.entries) TO raccroche_worker;

-- Keeps the seal of today, and of no other day: each of its lines is a place of a chain as the trail has it, every chain has one.
CREATE FUNCTION audit.keep_seal(sealed TEXT, signed BYTEA, key TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  today DATE := (now() AT TIME ZONE 'Europe/Paris')::DATE;
  parts TEXT[] := string_to_array(sealed, E'\n');
  lines TEXT[] := parts[3:cardinality(parts) - 1];
BEGIN
  IF parts[1:2] IS DISTINCT FROM ARRAY['raccroche-trail/1', today::TEXT] OR parts[cardinality(parts)] <> ''
    OR EXISTS (SELECT FROM audit.chains c FULL JOIN unnest(lines) AS line ON split_part(line, ' ', 1) = c.chain::TEXT
      LEFT JOIN audit.entries e ON e.chain = c.chain AND e.position = split_part(line, ' ', 2)::BIGINT
      LEFT JOIN audit.starts b ON b.chain = c.chain
      WHERE (line = e.chain || ' ' || e.position || ' ' || encode(e.hash, 'hex')
        OR line = b.chain || ' ' || b.position || ' ' || encode(b.head, 'hex')
        OR (line = c.chain || ' 0 ' AND c.entries = 0)) IS NOT TRUE)
  THEN
    RAISE EXCEPTION 'the trail is not so' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO audit.seals (day, statement, signature, key_id) VALUES (today, sealed, signed, key);
END $$;

-- Removes what came before the seal of a day, as far as that seal says; the triggers look at the rest. Gives how many lines went, of
-- which a line tells.
CREATE FUNCTION audit.remove_sealed(of_day DATE) RETURNS BIGINT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE removed BIGINT;
BEGIN
  INSERT INTO audit.starts AS b (chain, position, head, day)
  SELECT split_part(line, ' ', 1)::INT, split_part(line, ' ', 2)::BIGINT, decode(split_part(line, ' ', 3), 'hex'), s.day
  FROM audit.seals s, unnest(string_to_array(s.statement, E'\n')) AS line
  WHERE s.day = of_day AND line ~ '^\d+ [1-9]\d* [0-9a-f]+$'
  ON CONFLICT (chain) DO UPDATE SET position = excluded.position, head = excluded.head, day = excluded.day
  WHERE b.position < excluded.position;
  DELETE FROM audit.entries e USING audit.starts s WHERE e.chain = s.chain AND e.position <= s.position;
  GET DIAGNOSTICS removed = ROW_COUNT;
  IF removed > 0 THEN
    PERFORM audit.append('program:trail', 'retention', 'trail.purged', ARRAY[]::TEXT[],
      jsonb_build_object('until', of_day, 'entries', removed));
  END IF;
  RETURN removed;
END $$;
REVOKE ALL ON FUNCTION audit.keep_seal(TEXT, BYTEA, TEXT), audit.remove_sealed(DATE) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.keep_seal(TEXT, BYTEA, TEXT), audit.remove_sealed(DATE) TO raccroche_worker;
