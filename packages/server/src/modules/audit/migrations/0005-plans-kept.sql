-- Planned once a connection: see access/migrations/0017-plans-kept.sql. The bytes are the same, and so is what they hash to.
CREATE OR REPLACE FUNCTION audit.content(e audit.entries) RETURNS BYTEA
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
  RETURN (SELECT convert_to(string_agg(length(part) || ':' || part, ',' ORDER BY place), 'UTF8')
    FROM unnest(ARRAY[
      e.chain::TEXT, e.position::TEXT, (extract(epoch FROM e.at) * 1000000)::BIGINT::TEXT,
      e.actor, e.purpose, e.action, array_to_json(e.subjects)::TEXT, e.details::TEXT
    ]) WITH ORDINALITY AS parts(part, place));
END $$;
