-- The structures that one may choose among ask for rights in force, like everything else.
CREATE OR REPLACE FUNCTION cases.structures_of(platform UUID) RETURNS TABLE (organisation_id UUID, name TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT DISTINCT o.organisation_id, o.name
  FROM access.organisations o JOIN access.rights_in_force f USING (organisation_id)
  JOIN access.permissions q ON q.role = f.role AND q.territory_kind = f.territory_kind AND q.permission = 'referral.answer'
  WHERE f.territory_kind = 'platform' AND f.territory_id = platform::TEXT
    AND platform IN (SELECT access.platforms_for('case.read'))
$$;

-- A platform for which nobody is designated has nobody who could follow the case: it would be seen by the coordination alone.
CREATE OR REPLACE FUNCTION cases.hand_over(asked UUID, to_platform UUID, read_version INT) RETURNS INT
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
  IF to_platform NOT IN (SELECT access.designated_platforms()) THEN
    PERFORM access.refuse('RA004', 'Aucune structure n’est désignée aujourd’hui pour cette plateforme : personne n’y suivrait ce dossier. Choisissez-en une autre, ou demandez à la coordination départementale.');
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
