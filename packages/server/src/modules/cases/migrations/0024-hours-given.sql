-- Whether somebody was given to another between two instants since an appointment of theirs was called off: what was set before
-- stood beside it already. Yes or no alone, of colleagues alone, on whatever platform.
CREATE FUNCTION cases.hour_given(person UUID, starts TIMESTAMPTZ, ends TIMESTAMPTZ, but UUID, since TIMESTAMPTZ) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT cases.is_colleague(person) AND EXISTS (SELECT FROM cases.cases c
    WHERE c.interview_with = person AND c.case_id <> but
      AND c.interview_at < ends AND c.interview_at > starts - INTERVAL '4 hours'
      AND c.interview_at + make_interval(mins => coalesce(c.interview_minutes, 45)) > starts
      AND EXISTS (SELECT FROM cases.events e WHERE e.case_id = c.case_id AND e.recorded_at > since
        AND e.kind IN ('interview_set', 'interview_moved')))
$$;
REVOKE ALL ON FUNCTION cases.hour_given(UUID, TIMESTAMPTZ, TIMESTAMPTZ, UUID, TIMESTAMPTZ) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.hour_given(UUID, TIMESTAMPTZ, TIMESTAMPTZ, UUID, TIMESTAMPTZ) TO raccroche_app;
