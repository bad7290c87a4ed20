-- Somebody may know what is left of their day before they ask, and ask for more.

-- What the caller may do of a kind in a day, what they did today, whether more was asked today.
CREATE FUNCTION access.allowance(of_kind TEXT) RETURNS TABLE (per_day INT, used INT, asked BOOLEAN)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT q.per_day,
    coalesce((SELECT u.n FROM access.daily_use u
      WHERE u.person_id = access.actor() AND u.day = access.today() AND u.kind = q.kind), 0),
    EXISTS (SELECT FROM access.notices n WHERE n.kind = 'quota_more_asked' AND n.about = access.actor()
      AND n.step = access.today() - DATE '2000-01-01' AND n.details ->> 'kind' = q.kind)
  FROM access.quotas q WHERE q.kind = of_kind
$$;

-- Tells data protection, once a day, that the caller asks for more than a day allows. `what_for`: a code.
CREATE FUNCTION access.ask_for_more(of_kind TEXT, what_for TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF access.actor() IS NULL THEN RAISE EXCEPTION 'no session' USING ERRCODE = 'insufficient_privilege'; END IF;
  INSERT INTO access.notices (to_control, kind, about, step, details)
  SELECT true, 'quota_more_asked', access.actor(), access.today() - DATE '2000-01-01',
    jsonb_build_object('kind', q.kind, 'perDay', q.per_day, 'purpose', what_for)
  FROM access.quotas q WHERE q.kind = of_kind ON CONFLICT DO NOTHING;
  PERFORM access.record('quota.more_asked', '{}', jsonb_build_object('kind', of_kind, 'purpose', what_for));
END $$;
REVOKE ALL ON FUNCTION access.allowance(TEXT), access.ask_for_more(TEXT, TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.allowance(TEXT), access.ask_for_more(TEXT, TEXT) TO raccroche_app;
