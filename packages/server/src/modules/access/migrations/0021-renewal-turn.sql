-- A session is renewed by one request at a time: with a provider that changes its refresh token at each use, the second of two at
-- once would show one that is worth nothing, and end the session. The turn is a date on the line and no lock: nothing is held in
-- the base while the provider answers, and a turn that nobody gave back ends by itself.
ALTER TABLE access.sessions ADD COLUMN renewing_until TIMESTAMPTZ;

-- Takes the turn of a session in force for so many seconds. `known`: what was kept when one began to wait for it; when that has
-- changed, somebody else has renewed it meanwhile and no turn is taken. No row: the session is over.
CREATE FUNCTION access.take_renewal(token TEXT, known BYTEA, seconds INT)
RETURNS TABLE (kept BYTEA, expires_at TIMESTAMPTZ, taken BOOLEAN)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY UPDATE access.sessions s SET renewing_until = now() + make_interval(secs => seconds)
    WHERE s.token_hash = sha256(convert_to(token, 'UTF8')) AND s.ended_at IS NULL AND s.expires_at > now()
      AND s.kept IS NOT NULL AND s.kept = coalesce(known, s.kept) AND coalesce(s.renewing_until, '-infinity') <= now()
    RETURNING s.kept, s.expires_at, true;
  IF FOUND THEN RETURN; END IF;
  RETURN QUERY SELECT s.kept, s.expires_at, false FROM access.sessions s
    WHERE s.token_hash = sha256(convert_to(token, 'UTF8')) AND s.ended_at IS NULL AND s.expires_at > now();
END $$;

-- Gives the turn back when the provider did not answer.
CREATE FUNCTION access.leave_renewal(token TEXT) RETURNS VOID
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE access.sessions s SET renewing_until = NULL WHERE s.token_hash = sha256(convert_to(token, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION access.renew_session(token TEXT, with_kept BYTEA, hours INT, hours_in_all INT) RETURNS TIMESTAMPTZ
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE access.sessions s SET kept = with_kept, renewing_until = NULL, expires_at = greatest(s.expires_at,
    least(now() + make_interval(hours => hours), s.created_at + make_interval(hours => hours_in_all)))
  WHERE s.token_hash = sha256(convert_to(token, 'UTF8')) AND s.ended_at IS NULL AND s.expires_at > now()
  RETURNING s.expires_at
$$;

REVOKE ALL ON FUNCTION access.take_renewal(TEXT, BYTEA, INT), access.leave_renewal(TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.take_renewal(TEXT, BYTEA, INT), access.leave_renewal(TEXT) TO raccroche_door;
