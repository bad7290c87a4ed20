-- A platform hands one of its cases over to another, without waiting for a list to say that the person moved.
ALTER TABLE cases.cases ADD listed_platform UUID REFERENCES access.platforms;  -- what the list said when it was handed over
ALTER TABLE cases.notices DROP CONSTRAINT notices_kind_check;
ALTER TABLE cases.notices ADD CONSTRAINT notices_kind_check
  CHECK (kind IN ('found', 'access_asked', 'transfer_asked', 'signalled', 'handed_over'));

-- Access changes hands in the statement: the case, its keys and its entry go, the referent stays behind, both sides are told.
-- Gives the new version, or nothing when the caller may not act on the case, or read another version of it.
CREATE FUNCTION cases.hand_over(asked UUID, to_platform UUID, read_version INT) RETURNS INT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  caller UUID := access.actor();
  former cases.cases;
BEGIN
  SELECT * INTO former FROM cases.cases c
  WHERE c.case_id = asked AND c.version = read_version AND c.pathway <> 'closed'
    AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act'))) FOR UPDATE;
  IF former.case_id IS NULL OR former.platform_id = to_platform
    OR NOT EXISTS (SELECT FROM access.platforms p WHERE p.platform_id = to_platform) THEN
    RETURN NULL;
  END IF;
  UPDATE cases.cases c SET platform_id = p.platform_id, department = p.department, referent = NULL,
    listed_platform = coalesce(c.listed_platform, former.platform_id),
    verification = CASE WHEN c.verification = 'refuted' THEN 'to_verify' ELSE c.verification END,
    verification_reason = NULL, version = c.version + 1
  FROM access.platforms p WHERE p.platform_id = to_platform AND c.case_id = asked;
  UPDATE lists.published_entries e SET platform_id = to_platform WHERE e.siei = former.siei;
  INSERT INTO cases.transfers (case_id, from_platform, to_platform) VALUES (asked, former.platform_id, to_platform);
  INSERT INTO cases.notices (case_id, platform_id, kind, asked_by) VALUES (asked, to_platform, 'handed_over', caller);
  INSERT INTO cases.events (case_id, kind, happened_at, actor, before, after, case_version)
    VALUES (asked, 'handed_over', now(), caller,
      jsonb_build_object('platform_id', former.platform_id, 'department', former.department, 'referent', former.referent),
      jsonb_build_object('platform_id', to_platform, 'referent', NULL), read_version + 1);
  PERFORM access.record('case.handed_over', ARRAY[asked::TEXT], jsonb_build_object('to', to_platform));
  RETURN read_version + 1;
END $$;
REVOKE ALL ON FUNCTION cases.hand_over(UUID, UUID, INT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.hand_over(UUID, UUID, INT) TO raccroche_app;

-- A list that still says the former platform does not take the case back; its entry follows the case.
CREATE FUNCTION cases.keep_entries_with_cases() RETURNS VOID
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE lists.published_entries e SET platform_id = c.platform_id FROM cases.cases c
  WHERE c.siei = e.siei AND c.listed_platform IS NOT NULL AND e.platform_id IS DISTINCT FROM c.platform_id
$$;
REVOKE ALL ON FUNCTION cases.keep_entries_with_cases() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.keep_entries_with_cases() TO raccroche_publisher;
