-- What the system of a partner says of a case, and what it is told of one.
ALTER TABLE cases.notices DROP CONSTRAINT notices_kind_check;
ALTER TABLE cases.notices ADD CONSTRAINT notices_kind_check
  CHECK (kind IN ('found', 'access_asked', 'transfer_asked', 'signalled', 'handed_over', 'situation_reported'));

-- By SIEI number, on a platform of the caller's. The story tells it with what is proposed, the platform has it to see; the case
-- itself stays as it is, and whoever follows it decides. A number of nobody, of another platform, or of somebody who had the use
-- of their data restricted is answered alike.
CREATE FUNCTION cases.report_situation(of_siei TEXT, situation TEXT, fact DATE, proposal JSONB) RETURNS TEXT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  caller UUID := access.actor();
  found cases.cases;
BEGIN
  IF NOT EXISTS (SELECT FROM access.territories_for('situation.report')) THEN
    RAISE EXCEPTION 'no right to tell a situation' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT * INTO found FROM cases.cases c WHERE c.siei = of_siei;
  WHILE found.merged_into IS NOT NULL LOOP
    SELECT * INTO found FROM cases.cases c WHERE c.case_id = found.merged_into;
  END LOOP;
  -- Locked before it is looked at: two systems that tell at once each have their place in the story.
  SELECT * INTO found FROM cases.cases c WHERE c.case_id = found.case_id
    AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('situation.report'))) FOR UPDATE;
  IF found.case_id IS NULL OR privacy.is_restricted(found.case_id) THEN RETURN 'unknown'; END IF;
  IF EXISTS (SELECT FROM cases.events e WHERE e.case_id = found.case_id AND e.kind = 'situation_reported'
    AND e.actor = caller AND e.details ->> 'situation' = situation AND e.details ->> 'on' = fact::TEXT) THEN
    RETURN 'already_told';
  END IF;
  UPDATE cases.cases c SET version = c.version + 1 WHERE c.case_id = found.case_id;
  INSERT INTO cases.events (case_id, kind, happened_at, actor, details, case_version)
  VALUES (found.case_id, 'situation_reported', now(), caller,
    jsonb_build_object('situation', situation, 'on', fact, 'proposes', proposal,
      'partner', (SELECT s.display_name FROM access.my_system() s)), found.version + 1);
  INSERT INTO cases.notices (case_id, platform_id, kind, asked_by)
  VALUES (found.case_id, found.platform_id, 'situation_reported', caller);
  PERFORM access.record('case.situation_reported', ARRAY[found.case_id::TEXT], jsonb_build_object('situation', situation));
  RETURN 'accepted';
END $$;
REVOKE ALL ON FUNCTION cases.report_situation(TEXT, TEXT, DATE, JSONB) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.report_situation(TEXT, TEXT, DATE, JSONB) TO raccroche_app;

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
