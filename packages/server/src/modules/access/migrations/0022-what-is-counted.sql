-- Names shown are counted whatever showed them: a list, a search, the pupils of a school, somebody seen beside a case. What is seen
-- beside is no case opened.
CREATE OR REPLACE FUNCTION access.record(action TEXT, subjects TEXT[], details JSONB) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE caller UUID := access.actor();
BEGIN
  IF caller IS NULL THEN RAISE EXCEPTION 'no session' USING ERRCODE = 'insufficient_privilege'; END IF;
  PERFORM audit.hold_chain(caller::TEXT);
  CASE
    WHEN action = 'case.read' THEN PERFORM access.use(caller, 'consultation', 1);
    WHEN action = 'case.exported' THEN PERFORM access.use(caller, 'export', 1);
    WHEN action IN ('case.listed', 'case.searched', 'case.seen_beside', 'pupil.listed', 'school_question.listed', 'referral.listed')
      AND cardinality(subjects) > 0 THEN PERFORM access.use(caller, 'listing', cardinality(subjects));
    ELSE NULL;
  END CASE;
  PERFORM audit.append(caller::TEXT, coalesce(current_setting('raccroche.purpose', true), ''), action, subjects, details);
END $$;

-- As before; being found, seen beside another case, or read with a case that was opened, is no change of it, and what a publication
-- did stands in the timeline.
CREATE OR REPLACE FUNCTION access.consultations_of(of_case UUID)
RETURNS TABLE (day DATE, display_name TEXT, deed TEXT, times INT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT (e.at AT TIME ZONE 'Europe/Paris')::DATE AS day,
    coalesce(p.display_name, CASE WHEN e.actor LIKE 'program:%' THEN 'Raccroche' ELSE 'Personne partie' END) AS display_name,
    CASE WHEN e.action = 'case.opened_elsewhere' THEN 'opened_elsewhere' WHEN e.action = 'case.exported' THEN 'exported'
      WHEN e.action IN ('case.read', 'case.readers', 'audit.searched') OR split_part(e.action, '.', 1) = 'privacy' THEN 'read'
      ELSE 'changed' END AS deed,
    count(*)::INT
  FROM audit.entries e LEFT JOIN access.people p ON p.person_id::TEXT = e.actor
  WHERE e.subjects @> ARRAY[of_case::TEXT] AND e.action <> ALL (ARRAY['case.listed', 'case.searched', 'case.seen_beside',
    'case.looked_for', 'pupil.listed', 'school_question.listed', 'referral.listed', 'message.listed',
    'campaign.sampled', 'calendar.read'])
    AND e.purpose <> 'publication'
  GROUP BY 1, 2, e.actor, 3 ORDER BY 1 DESC, 2, e.actor, 3 LIMIT 500
$$;

-- Days on which somebody opened far more cases than usual: three times the median of their own days of the month before, of
-- which there must be five, and thirty cases at least. Who has no habit yet is held to the median of the others of their role;
-- where there is none either, to a hundred cases. For data protection alone.
DROP FUNCTION access.unusual_reading(DATE);
CREATE FUNCTION access.unusual_reading(since DATE) RETURNS TABLE (
  person_id UUID, display_name TEXT, day DATE, opened INT, usual DOUBLE PRECISION, of_role BOOLEAN
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT u.person_id, p.display_name, u.day, u.n, h.usual, h.of_role
  FROM access.daily_use u JOIN access.people p USING (person_id)
  CROSS JOIN LATERAL (
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY b.n) AS usual, count(*) AS days FROM access.daily_use b
    WHERE b.person_id = u.person_id AND b.kind = 'consultation' AND b.day BETWEEN u.day - 30 AND u.day - 1) own
  CROSS JOIN LATERAL (
    SELECT own.usual, false AS of_role WHERE own.days >= 5
    UNION ALL
    SELECT CASE WHEN count(*) >= 5 THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY b.n) END, true
    FROM access.daily_use b
    WHERE b.kind = 'consultation' AND b.day BETWEEN u.day - 30 AND u.day - 1 AND b.person_id IN (
      SELECT o.person_id FROM access.memberships m JOIN access.memberships o USING (role)
      WHERE m.person_id = u.person_id AND o.person_id <> u.person_id
        AND u.day BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
        AND u.day BETWEEN o.valid_from AND coalesce(o.valid_to, 'infinity'))
    HAVING own.days < 5) h
  WHERE u.kind = 'consultation' AND u.day >= since AND access.controls()
    AND CASE WHEN h.usual IS NULL THEN u.n >= 100 ELSE u.n >= 30 AND u.n > 3 * h.usual END
  ORDER BY u.day DESC, u.n DESC, u.person_id
$$;
REVOKE ALL ON FUNCTION access.unusual_reading(DATE) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.unusual_reading(DATE) TO raccroche_app;
