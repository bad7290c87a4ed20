-- The trail names every case that was touched or told, also where the program did it.

-- The trail names the cases that the calendar was told of. It asks for rights in force: one that is suspended tells nothing, and whoever
-- stands in for somebody has the appointments that they receive there.
CREATE OR REPLACE FUNCTION cases.read_calendar(token TEXT)
RETURNS TABLE (case_id UUID, initials TEXT, starts_at TIMESTAMPTZ, minutes INT, mode TEXT, state TEXT, version INT)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
  feed cases.calendar_feeds;
  told UUID[];
BEGIN
  SELECT * INTO feed FROM cases.calendar_feeds f WHERE f.token_hash = sha256(convert_to(token, 'UTF8'));
  IF feed.person_id IS NULL THEN
    RAISE EXCEPTION 'Cette adresse d’agenda n’existe pas, ou a été retirée.' USING ERRCODE = 'RA005';
  END IF;
  told := ARRAY(SELECT c.case_id
    FROM cases.cases c
    WHERE c.interview_with = feed.person_id AND c.interview_at > now() - INTERVAL '30 days'
      AND c.pathway <> 'closed' AND NOT privacy.is_restricted(c.case_id)
      AND EXISTS (SELECT FROM access.holders h
        JOIN access.permissions q ON q.role = h.role AND q.territory_kind = h.territory_kind AND q.permission = 'case.read'
        WHERE h.holder = feed.person_id AND h.territory_kind = 'platform' AND h.territory_id = c.platform_id::TEXT)
    ORDER BY c.interview_at, c.case_id);
  IF feed.read_on IS DISTINCT FROM access.today() THEN
    UPDATE cases.calendar_feeds f SET read_on = access.today() WHERE f.person_id = feed.person_id;
    PERFORM audit.append(feed.person_id::TEXT, 'follow_up', 'calendar.read', told::TEXT[], '{}');
  END IF;
  RETURN QUERY SELECT c.case_id, left(c.first_names[1], 1) || '. ' || left(c.family_name, 1) || '.', c.interview_at,
      coalesce(c.interview_minutes, 45), c.interview_mode, c.interview_state, c.version
    FROM cases.cases c WHERE c.case_id = ANY (told) ORDER BY c.interview_at, c.case_id;
END $$;

-- What a publication, or its taking back, did to cases: a line of the trail by kind of event and thousand of cases. `since`: the
-- last event before it; its own are looked for after that one alone.
CREATE FUNCTION cases.record_published(publication BIGINT, since BIGINT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE line RECORD;
BEGIN
  FOR line IN
    SELECT o.kind, array_agg(o.case_id::TEXT ORDER BY o.place) AS subjects
    FROM (SELECT e.kind, e.case_id, row_number() OVER (PARTITION BY e.kind ORDER BY e.event_id) - 1 AS place
          FROM cases.events e
          WHERE e.event_id > since AND e.actor IS NULL AND e.details ->> 'publication' = publication::TEXT) o
    GROUP BY o.kind, o.place / 1000 ORDER BY o.kind, o.place / 1000
  LOOP
    PERFORM audit.append('program:publisher', 'publication', 'case.' || line.kind, line.subjects,
      jsonb_build_object('publication', publication));
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION cases.record_published(BIGINT, BIGINT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.record_published(BIGINT, BIGINT) TO raccroche_publisher;
