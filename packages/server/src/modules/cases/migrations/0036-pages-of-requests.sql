-- What waits for an answer of the people of a platform, the oldest first: a page, after that request.
DROP FUNCTION cases.requests_to_answer(UUID);
CREATE FUNCTION cases.requests_to_answer(of_platform UUID, after UUID, most INT) RETURNS TABLE (
  request_id UUID, wanted TEXT, case_id UUID, version INT, family_name TEXT, first_names TEXT[], asked_on DATE,
  expires_on DATE, asked_by TEXT, for_platform TEXT
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT r.request_id, r.wanted, c.case_id, c.version, c.family_name, c.first_names, r.asked_on, r.expires_on,
    access.name_of(r.asked_by), p.name
  FROM cases.requests r JOIN cases.cases c USING (case_id) LEFT JOIN access.platforms p ON p.platform_id = r.to_platform
  LEFT JOIN cases.requests a ON a.request_id = after
  WHERE r.answer IS NULL AND r.expires_on >= access.today() AND c.platform_id = of_platform
    AND of_platform IN (SELECT access.platforms_for('case.act'))
    AND (after IS NULL OR (r.asked_on, r.request_id) > (a.asked_on, after))
  ORDER BY r.asked_on, r.request_id LIMIT most
$$;

-- What the caller asked, the newest first: who follows, and what they answered. The case itself once it was granted.
DROP FUNCTION cases.my_requests();
CREATE FUNCTION cases.my_requests(after UUID, most INT) RETURNS TABLE (
  request_id UUID, wanted TEXT, platform TEXT, asked_on DATE, expires_on DATE, answer TEXT, reason TEXT,
  answered_at TIMESTAMPTZ, case_id UUID
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT r.request_id, r.wanted, p.name, r.asked_on, r.expires_on, r.answer, r.reason, r.answered_at,
    CASE WHEN r.answer = 'granted' THEN r.case_id END
  FROM cases.requests r JOIN cases.cases c USING (case_id) LEFT JOIN access.platforms p ON p.platform_id = c.platform_id
  LEFT JOIN cases.requests a ON a.request_id = after
  WHERE r.asked_by = access.actor()
    AND (after IS NULL OR r.asked_on < a.asked_on OR (r.asked_on = a.asked_on AND r.request_id > after))
  ORDER BY r.asked_on DESC, r.request_id LIMIT most
$$;
REVOKE ALL ON FUNCTION cases.requests_to_answer(UUID, UUID, INT), cases.my_requests(UUID, INT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.requests_to_answer(UUID, UUID, INT), cases.my_requests(UUID, INT) TO raccroche_app;
