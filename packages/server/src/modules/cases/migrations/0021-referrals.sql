-- A solution is proposed to a structure, which answers by itself when it has somebody here, or through the platform. The
-- proposal and each answer are an event of the case: undone with it, and the last answer that stands holds.
CREATE TABLE cases.referrals (
  referral_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  case_id UUID NOT NULL,
  case_version INT NOT NULL,
  solution TEXT NOT NULL,
  structure TEXT NOT NULL CHECK (length(structure) BETWEEN 2 AND 200),
  organisation_id UUID REFERENCES access.organisations,   -- none: a structure that has nobody here
  proposed_by UUID NOT NULL REFERENCES access.people,
  proposed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (case_id, case_version),
  FOREIGN KEY (case_id, case_version) REFERENCES cases.events (case_id, case_version)
);
CREATE INDEX referrals_to ON cases.referrals (organisation_id);

CREATE TABLE cases.referral_answers (
  case_id UUID NOT NULL,
  case_version INT NOT NULL,
  referral_id UUID NOT NULL REFERENCES cases.referrals,
  whose TEXT NOT NULL CHECK (whose IN ('structure', 'person')),
  answer TEXT NOT NULL,
  reason TEXT,
  again_on DATE,
  given_by UUID NOT NULL REFERENCES access.people,
  PRIMARY KEY (case_id, case_version),
  FOREIGN KEY (case_id, case_version) REFERENCES cases.events (case_id, case_version),
  CHECK (whose = 'person' AND answer IN ('accepts', 'declines')
    OR whose = 'structure' AND answer IN ('takes', 'waiting_list', 'refuses', 'call_again')),
  CHECK ((answer = 'refuses') = (reason IS NOT NULL)),
  CHECK ((answer = 'call_again') = (again_on IS NOT NULL))
);
CREATE INDEX referral_answers_to ON cases.referral_answers (referral_id);

ALTER TABLE cases.referrals ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.referral_answers ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_with_case ON cases.referrals FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM cases.cases c WHERE c.case_id = referrals.case_id));
CREATE POLICY add_in_own_name ON cases.referrals FOR INSERT TO raccroche_app WITH CHECK (
  proposed_by = access.actor() AND EXISTS (SELECT FROM cases.cases c WHERE c.case_id = referrals.case_id
    AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act'))))
);
CREATE POLICY read_with_case ON cases.referral_answers FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM cases.cases c WHERE c.case_id = referral_answers.case_id));
CREATE POLICY add_in_own_name ON cases.referral_answers FOR INSERT TO raccroche_app WITH CHECK (
  given_by = access.actor() AND EXISTS (SELECT FROM cases.referrals r JOIN cases.cases c ON c.case_id = r.case_id
    WHERE r.referral_id = referral_answers.referral_id AND r.case_id = referral_answers.case_id
    AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act'))))
);
GRANT SELECT ON cases.referrals, cases.referral_answers TO raccroche_app;
GRANT INSERT (case_id, case_version, solution, structure, organisation_id, proposed_by) ON cases.referrals TO raccroche_app;
GRANT INSERT ON cases.referral_answers TO raccroche_app;

-- Every proposal that was not taken back, with the last answer of the structure and of the person that was not either.
CREATE VIEW cases.referrals_in_force WITH (security_invoker) AS
  SELECT r.referral_id, r.case_id, r.case_version, r.solution, r.structure, r.organisation_id, r.proposed_by, r.proposed_at,
    s.answer, s.reason, s.again_on, s.answered_at, p.answer AS person_answer
  FROM cases.referrals r JOIN cases.events e USING (case_id, case_version)
  LEFT JOIN LATERAL (
    SELECT a.answer, a.reason, a.again_on, t.recorded_at AS answered_at
    FROM cases.referral_answers a JOIN cases.events t USING (case_id, case_version)
    WHERE a.referral_id = r.referral_id AND a.whose = 'structure'
      AND NOT EXISTS (SELECT FROM cases.events u WHERE u.undoes = t.event_id)
    ORDER BY a.case_version DESC LIMIT 1) s ON true
  LEFT JOIN LATERAL (
    SELECT a.answer FROM cases.referral_answers a JOIN cases.events t USING (case_id, case_version)
    WHERE a.referral_id = r.referral_id AND a.whose = 'person'
      AND NOT EXISTS (SELECT FROM cases.events u WHERE u.undoes = t.event_id)
    ORDER BY a.case_version DESC LIMIT 1) p ON true
  WHERE NOT EXISTS (SELECT FROM cases.events u WHERE u.undoes = e.event_id);
GRANT SELECT ON cases.referrals_in_force TO raccroche_app;

-- Structures that have somebody here to answer on a platform that the caller may read.
CREATE FUNCTION cases.structures_of(platform UUID) RETURNS TABLE (organisation_id UUID, name TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT DISTINCT o.organisation_id, o.name
  FROM access.organisations o JOIN access.memberships m USING (organisation_id)
  JOIN access.permissions q ON q.role = m.role AND q.territory_kind = m.territory_kind AND q.permission = 'referral.answer'
  JOIN access.designations d ON d.organisation_id = o.organisation_id AND d.platform_id = platform
  WHERE m.territory_kind = 'platform' AND m.territory_id = platform::TEXT AND m.revoked_at IS NULL
    AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
    AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')
    AND platform IN (SELECT access.platforms_for('case.read'))
$$;

-- What is proposed to the structures for which the caller answers, on the platforms where they do: a first name, an age, a
-- commune, a kind of solution; the whole name once the structure takes them. Nothing else of the case.
CREATE VIEW cases.received_referrals WITH (security_barrier) AS
  SELECT r.referral_id, c.first_names[1] AS first_name,
    CASE WHEN s.answer IN ('takes', 'waiting_list') THEN c.family_name ELSE left(c.family_name, 1) || '.' END AS family_name,
    extract(year FROM age(access.today(), c.birth_date))::INT AS age, c.commune_name, r.solution, f.name AS platform,
    r.proposed_at, w.display_name AS proposed_by, s.answer, s.reason, s.again_on, s.answered_at, p.answer AS person_answer,
    p.answer IS NOT DISTINCT FROM 'accepts' AND c.pathway IN ('entered', 'holding') AS entered
  FROM cases.referrals r JOIN cases.cases c ON c.case_id = r.case_id
  JOIN access.platforms f ON f.platform_id = c.platform_id
  JOIN access.people w ON w.person_id = r.proposed_by
  JOIN cases.events e ON e.case_id = r.case_id AND e.case_version = r.case_version
  LEFT JOIN LATERAL (
    SELECT a.answer, a.reason, a.again_on, t.recorded_at AS answered_at
    FROM cases.referral_answers a JOIN cases.events t USING (case_id, case_version)
    WHERE a.referral_id = r.referral_id AND a.whose = 'structure'
      AND NOT EXISTS (SELECT FROM cases.events u WHERE u.undoes = t.event_id)
    ORDER BY a.case_version DESC LIMIT 1) s ON true
  LEFT JOIN LATERAL (
    SELECT a.answer FROM cases.referral_answers a JOIN cases.events t USING (case_id, case_version)
    WHERE a.referral_id = r.referral_id AND a.whose = 'person'
      AND NOT EXISTS (SELECT FROM cases.events u WHERE u.undoes = t.event_id)
    ORDER BY a.case_version DESC LIMIT 1) p ON true
  WHERE EXISTS (SELECT FROM access.rights() g WHERE g.permission = 'referral.answer'
      AND g.purpose = current_setting('raccroche.purpose', true) AND g.organisation_id = r.organisation_id
      AND g.territory_kind = 'platform' AND g.territory_id = c.platform_id::TEXT)
    AND c.pathway <> 'closed' AND c.verification <> 'refuted' AND c.merged_into IS NULL
    AND NOT privacy.is_restricted(c.case_id)
    AND NOT EXISTS (SELECT FROM cases.events u WHERE u.undoes = e.event_id);
GRANT SELECT ON cases.received_referrals TO raccroche_app;

-- The structure answers: an event of the case in the name of whoever answers, who sees nothing of the case.
CREATE FUNCTION cases.answer_referral(asked UUID, answer TEXT, reason TEXT, again_on DATE) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  found cases.referrals;
  of_case UUID;
  told INT;
BEGIN
  IF NOT EXISTS (SELECT FROM cases.received_referrals v WHERE v.referral_id = asked) THEN
    RAISE EXCEPTION 'Cette proposition n’existe pas, ou n’est plus à votre structure.' USING ERRCODE = 'RA005';
  END IF;
  SELECT * INTO found FROM cases.referrals r WHERE r.referral_id = asked;
  IF EXISTS (SELECT FROM cases.received_referrals v WHERE v.referral_id = asked AND v.person_answer IS NOT NULL) THEN
    RAISE EXCEPTION 'La personne a déjà répondu : appelez la plateforme.' USING ERRCODE = 'RA004';
  END IF;
  of_case := found.case_id;
  UPDATE cases.cases c SET version = c.version + 1 WHERE c.case_id = of_case RETURNING c.version INTO told;
  INSERT INTO cases.events (case_id, kind, happened_at, actor, details, case_version)
    VALUES (of_case, 'structure_answered', now(), access.actor(), jsonb_strip_nulls(jsonb_build_object(
      'structure', found.structure, 'answer', answer, 'refusal', reason, 'on', again_on)), told);
  INSERT INTO cases.referral_answers (case_id, case_version, referral_id, whose, answer, reason, again_on, given_by)
    VALUES (of_case, told, asked, 'structure', answer, reason, again_on, access.actor());
  PERFORM access.record('case.structure_answered', ARRAY[of_case::TEXT], jsonb_build_object('version', told));
END $$;
REVOKE ALL ON FUNCTION cases.structures_of(UUID), cases.answer_referral(UUID, TEXT, TEXT, DATE) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.structures_of(UUID), cases.answer_referral(UUID, TEXT, TEXT, DATE) TO raccroche_app;
