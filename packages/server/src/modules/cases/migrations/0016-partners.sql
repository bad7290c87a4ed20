-- What the system of a partner says of a case, and what it is told of one.
ALTER TABLE cases.notices DROP CONSTRAINT notices_kind_check;
ALTER TABLE cases.notices ADD CONSTRAINT notices_kind_check
  CHECK (kind IN ('found', 'access_asked', 'transfer_asked', 'signalled', 'handed_over', 'situation_reported'));

-- Whose case a number is today, joined ones followed to the case that goes on.
CREATE FUNCTION cases.case_of(of_siei TEXT) RETURNS UUID LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH RECURSIVE followed AS (
    SELECT c.case_id, c.merged_into FROM cases.cases c WHERE c.siei = of_siei
    UNION
    SELECT c.case_id, c.merged_into FROM followed f JOIN cases.cases c ON c.case_id = f.merged_into)
  SELECT f.case_id FROM followed f WHERE f.merged_into IS NULL
$$;

-- By SIEI number, on platforms of the caller's: lines of `siei`, `situation`, `on` and `proposes`. The story tells each with what
-- is proposed, the platform has it to see; the case itself stays as it is, and whoever follows it decides. A number of nobody, of
-- another platform, or of somebody who had the use of their data restricted is answered alike. One line of the trail for all.
CREATE FUNCTION cases.report_situations(told JSONB) RETURNS TABLE (line INT, result TEXT)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
  caller UUID := access.actor();
  own UUID[] := ARRAY(SELECT access.platforms_for('situation.report'));
  system_name TEXT := (SELECT s.display_name FROM access.my_system() s);
  accepted UUID[] := '{}';
  unknown INT := 0;
  one RECORD;
BEGIN
  IF system_name IS NULL OR NOT EXISTS (SELECT FROM access.territories_for('situation.report')) THEN
    RAISE EXCEPTION 'no right to tell a situation' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- All of them, in one order, before anything is written: two systems that tell at once wait for one another, and end.
  PERFORM FROM cases.cases c WHERE c.platform_id = ANY (own) AND c.case_id IN (
    SELECT cases.case_of(t ->> 'siei') FROM jsonb_array_elements(told) AS t) ORDER BY c.case_id FOR UPDATE;
  FOR one IN SELECT t.place::INT AS place, t.said, c.case_id, c.platform_id
    FROM jsonb_array_elements(told) WITH ORDINALITY AS t (said, place)
    LEFT JOIN cases.cases c ON c.case_id = cases.case_of(t.said ->> 'siei') AND c.platform_id = ANY (own)
    ORDER BY t.place
  LOOP
    line := one.place;
    IF one.case_id IS NULL OR privacy.is_restricted(one.case_id) THEN
      result := 'unknown';
      unknown := unknown + 1;
    ELSIF EXISTS (SELECT FROM cases.events e WHERE e.case_id = one.case_id AND e.kind = 'situation_reported' AND e.actor = caller
      AND e.details ->> 'situation' = one.said ->> 'situation' AND e.details ->> 'on' = one.said ->> 'on') THEN
      result := 'already_told';
    ELSE
      result := 'accepted';
      accepted := accepted || one.case_id;
      INSERT INTO cases.events (case_id, kind, happened_at, actor, details, case_version)
      SELECT c.case_id, 'situation_reported', now(), caller, (one.said - 'siei') || jsonb_build_object('partner', system_name),
        c.version + 1 FROM cases.cases c WHERE c.case_id = one.case_id;
      UPDATE cases.cases c SET version = c.version + 1 WHERE c.case_id = one.case_id;
      INSERT INTO cases.notices (case_id, platform_id, kind, asked_by)
      VALUES (one.case_id, one.platform_id, 'situation_reported', caller);
    END IF;
    RETURN NEXT;
  END LOOP;
  -- How many numbers led nowhere tells whoever watches that somebody tries numbers.
  PERFORM access.record('case.situation_reported', ARRAY(SELECT DISTINCT a::TEXT FROM unnest(accepted) a),
    jsonb_build_object('lines', jsonb_array_length(told), 'accepted', cardinality(accepted), 'unknown', unknown));
END $$;
REVOKE ALL ON FUNCTION cases.case_of(TEXT), cases.report_situations(JSONB) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.report_situations(JSONB) TO raccroche_app;

-- Whatever happens to cases is told to whoever may hear of it: a hundred cases a message, of one kind and one platform.
CREATE FUNCTION cases.announce_events() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT partners.is_heard() THEN RETURN NULL; END IF;
  PERFORM partners.announce(told.kind, told.platform_id, jsonb_agg(
      jsonb_build_object('caseId', told.case_id, 'siei', told.siei) ORDER BY told.place))
  FROM (
    SELECT e.kind, c.platform_id, c.case_id, c.siei,
      row_number() OVER (PARTITION BY e.kind, c.platform_id ORDER BY e.event_id) AS place
    FROM happened e JOIN cases.cases c USING (case_id) WHERE c.platform_id IS NOT NULL) told
  GROUP BY told.kind, told.platform_id, (told.place - 1) / 100 ORDER BY min(told.place);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION cases.announce_events() FROM PUBLIC;
CREATE TRIGGER announced AFTER INSERT ON cases.events REFERENCING NEW TABLE AS happened
  FOR EACH STATEMENT EXECUTE FUNCTION cases.announce_events();
