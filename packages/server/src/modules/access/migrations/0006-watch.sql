-- What is told to whom, how much somebody reads in a day, and cases opened outside of one's zone: always kept.

-- Told to a person, to those who answer for a platform, or to data protection.
CREATE TABLE access.notices (
  notice_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at TIMESTAMPTZ NOT NULL DEFAULT now(),
  to_person UUID REFERENCES access.people,
  to_platform UUID REFERENCES access.platforms,
  to_control BOOLEAN NOT NULL DEFAULT false,
  kind TEXT NOT NULL,
  about UUID NOT NULL,                -- the opening, the replacement, the right, the person
  step INT NOT NULL DEFAULT 0,        -- which of several warnings of the same thing
  details JSONB NOT NULL,
  CHECK (num_nonnulls(to_person, to_platform) + to_control::INT = 1)
);
CREATE UNIQUE INDEX told_once ON access.notices (kind, about, step, to_person, to_platform, to_control, details)
  NULLS NOT DISTINCT;
CREATE INDEX notices_to_person ON access.notices (to_person);
CREATE INDEX notices_to_platform ON access.notices (to_platform);

-- Platforms for which the caller answers, and whether they control: for whichever purpose they come.
CREATE FUNCTION access.platforms_answered_for() RETURNS SETOF UUID
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT DISTINCT p.platform_id FROM access.rights() r JOIN access.platforms p
    ON access.lies_within('platform', p.platform_id::TEXT, r.territory_kind, r.territory_id)
  WHERE r.permission = 'case.assign'
$$;
CREATE FUNCTION access.controls() RETURNS BOOLEAN LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
  $$ SELECT EXISTS (SELECT FROM access.rights() r WHERE r.permission = 'audit.read') $$;

ALTER TABLE access.notices ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own ON access.notices FOR SELECT TO raccroche_app USING (
  to_person = (SELECT access.actor())
  OR to_platform = ANY (ARRAY(SELECT access.platforms_answered_for()))
  OR (to_control AND (SELECT access.controls()))
);
GRANT SELECT ON access.notices TO raccroche_app;

-- How much one person may do in a day. High on purpose: to stop what nobody does for their work, not to count people's work.
CREATE TABLE access.quotas (kind TEXT PRIMARY KEY, per_day INT NOT NULL CHECK (per_day > 0));
INSERT INTO access.quotas VALUES
  ('consultation', 2000),             -- cases opened
  ('listing', 100000),                -- names shown in lists
  ('export', 20),                     -- nominative exports
  ('opening', 10);                    -- cases opened outside of one's zone
CREATE TABLE access.daily_use (
  person_id UUID NOT NULL REFERENCES access.people,
  day DATE NOT NULL,
  kind TEXT NOT NULL REFERENCES access.quotas,
  n INT NOT NULL,
  PRIMARY KEY (person_id, day, kind)
);

-- Counts, and refuses what goes beyond. The last that is allowed is told to data protection: what is refused leaves nothing.
CREATE FUNCTION access.use(caller UUID, of_kind TEXT, more INT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  allowed INT;
  used INT;
BEGIN
  SELECT q.per_day INTO allowed FROM access.quotas q WHERE q.kind = of_kind;
  INSERT INTO access.daily_use AS u (person_id, day, kind, n) VALUES (caller, access.today(), of_kind, more)
  ON CONFLICT (person_id, day, kind) DO UPDATE SET n = u.n + more RETURNING u.n INTO used;
  IF used > allowed THEN
    RAISE EXCEPTION 'Vous avez atteint ce qui est permis pour la journée. Si votre travail le demande, parlez-en à la protection des données.'
      USING ERRCODE = 'RA002';
  END IF;
  IF used >= allowed * 9 / 10 THEN
    INSERT INTO access.notices (to_control, kind, about, step, details)
    VALUES (true, 'quota_nearly_reached', caller, access.today() - DATE '2000-01-01',
      jsonb_build_object('kind', of_kind, 'perDay', allowed))
    ON CONFLICT DO NOTHING;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION access.record(action TEXT, subjects TEXT[], details JSONB) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE caller UUID := access.actor();
BEGIN
  IF caller IS NULL THEN RAISE EXCEPTION 'no session' USING ERRCODE = 'insufficient_privilege'; END IF;
  CASE action
    WHEN 'case.read' THEN PERFORM access.use(caller, 'consultation', 1);
    WHEN 'case.listed' THEN PERFORM access.use(caller, 'listing', cardinality(subjects));
    WHEN 'case.exported' THEN PERFORM access.use(caller, 'export', 1);
    ELSE NULL;
  END CASE;
  PERFORM audit.append(caller::TEXT, coalesce(current_setting('raccroche.purpose', true), ''), action, subjects, details);
END $$;

-- A case opened outside of one's zone, for a stated reason and three hours, to be read and not changed.
CREATE TABLE access.openings (
  opening_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  person_id UUID NOT NULL REFERENCES access.people,
  siei TEXT NOT NULL,
  platform_id UUID REFERENCES access.platforms,     -- whose it is; none: in no zone
  reason TEXT NOT NULL CHECK (reason IN ('moved', 'urgent_minor')),
  statement TEXT NOT NULL CHECK (length(statement) BETWEEN 10 AND 500),
  opened_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX openings_of ON access.openings (person_id, expires_at);
CREATE FUNCTION access.refuse_opening_change() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'openings are kept' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON access.openings
  FOR EACH STATEMENT EXECUTE FUNCTION access.refuse_opening_change();

-- SIEI numbers of the cases that the caller has open now. Who loses the right to open loses what is open.
CREATE FUNCTION access.opened_siei() RETURNS SETOF TEXT
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT o.siei FROM access.openings o WHERE o.person_id = access.actor() AND o.expires_at > now()
    AND EXISTS (SELECT FROM access.territories_for('case.open_elsewhere'))
$$;

-- Called by the module that knows the cases, and by nobody else.
CREATE FUNCTION access.open_elsewhere(of_siei TEXT, of_platform UUID, why TEXT, told TEXT) RETURNS TIMESTAMPTZ
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE made access.openings;
BEGIN
  IF NOT EXISTS (SELECT FROM access.territories_for('case.open_elsewhere')) THEN
    PERFORM access.refuse('RA003', 'Vous n’avez pas ce droit.');
  END IF;
  PERFORM access.use(access.actor(), 'opening', 1);
  INSERT INTO access.openings (person_id, siei, platform_id, reason, statement, expires_at)
  VALUES (access.actor(), of_siei, of_platform, why, told, now() + INTERVAL '3 hours') RETURNING * INTO made;
  INSERT INTO access.notices (to_platform, to_control, kind, about, details)
  SELECT platform, platform IS NULL, 'case_opened_elsewhere', made.opening_id,
    jsonb_build_object('siei', of_siei, 'reason', why, 'person', made.person_id)
  FROM unnest(ARRAY[of_platform, NULL]) AS platform ON CONFLICT DO NOTHING;
  RETURN made.expires_at;
END $$;

-- One's own, those of cases for whose platform one answers, and for data protection all.
CREATE FUNCTION access.list_openings() RETURNS TABLE (
  opening_id UUID, person_id UUID, display_name TEXT, siei TEXT, platform_id UUID, reason TEXT, statement TEXT,
  opened_at TIMESTAMPTZ, expires_at TIMESTAMPTZ
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT o.opening_id, o.person_id, p.display_name, o.siei, o.platform_id, o.reason, o.statement, o.opened_at, o.expires_at
  FROM access.openings o JOIN access.people p USING (person_id)
  WHERE o.person_id = access.actor() OR o.platform_id IN (SELECT access.platforms_answered_for()) OR access.controls()
  ORDER BY o.opened_at DESC, o.opening_id LIMIT 200
$$;

-- Days on which somebody opened far more cases than they usually do: three times the median of their own days of the month
-- before, of which there must be five, and thirty cases at least. For data protection alone.
CREATE FUNCTION access.unusual_reading(since DATE) RETURNS TABLE (
  person_id UUID, display_name TEXT, day DATE, opened INT, usual DOUBLE PRECISION
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT u.person_id, p.display_name, u.day, u.n, h.usual
  FROM access.daily_use u JOIN access.people p USING (person_id), LATERAL (
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY b.n) AS usual, count(*) AS days FROM access.daily_use b
    WHERE b.person_id = u.person_id AND b.kind = 'consultation' AND b.day BETWEEN u.day - 30 AND u.day - 1) h
  WHERE u.kind = 'consultation' AND u.day >= since AND u.n >= 30 AND h.days >= 5 AND u.n > 3 * h.usual
    AND access.controls()
  ORDER BY u.day DESC, u.n DESC, u.person_id
$$;

-- « Qui a vu mon dossier ? » By person and day, with what for. For data protection alone, who answers the person.
CREATE FUNCTION access.readers_of(of_case UUID) RETURNS TABLE (
  day DATE, actor TEXT, display_name TEXT, purpose TEXT, action TEXT, times INT
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT (e.at AT TIME ZONE 'Europe/Paris')::DATE, e.actor, p.display_name, e.purpose, e.action, count(*)::INT
  FROM audit.entries e LEFT JOIN access.people p ON p.person_id::TEXT = e.actor
  WHERE e.subjects @> ARRAY[of_case::TEXT] AND access.controls()
  GROUP BY 1, 2, 3, 4, 5 ORDER BY 1 DESC, 3, 2, 4, 5
$$;

-- Rights with an end, and replacements, warn three times: 14, 7 and 1 days before their last. Then they are over, and it is told.
-- May run as often as one likes: each is told once.
CREATE FUNCTION access.warn_of_endings() RETURNS INT LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE told INT;
BEGIN
  WITH ending AS (
    SELECT r.replacement_id AS about, 'replacement' AS what, r.valid_to, who AS to_person, NULL::UUID AS to_platform
    FROM access.replacements r JOIN access.memberships m USING (membership_id),
      unnest(ARRAY[r.substitute, m.person_id, r.made_by]) AS who
    WHERE r.revoked_at IS NULL AND m.revoked_at IS NULL AND r.valid_from <= access.today()
    UNION
    SELECT m.membership_id, 'right', m.valid_to, m.person_id, NULL FROM access.memberships m
    WHERE m.revoked_at IS NULL AND m.valid_from <= access.today()
    UNION
    SELECT m.membership_id, 'right', m.valid_to, NULL, m.territory_id::UUID FROM access.memberships m
    WHERE m.revoked_at IS NULL AND m.valid_from <= access.today() AND m.territory_kind = 'platform'
  ), due AS (
    SELECT e.*, (SELECT min(s) FROM unnest(ARRAY[14, 7, 1]) s WHERE e.valid_to - access.today() <= s) AS step
    FROM ending e WHERE e.valid_to BETWEEN access.today() AND access.today() + 14
    UNION ALL
    SELECT e.*, 0 FROM ending e WHERE e.valid_to BETWEEN access.today() - 30 AND access.today() - 1
  )
  INSERT INTO access.notices (to_person, to_platform, kind, about, step, details)
  SELECT d.to_person, d.to_platform, d.what || CASE WHEN d.step = 0 THEN '_ended' ELSE '_ending' END, d.about, d.step,
    jsonb_build_object('lastDay', d.valid_to)
  FROM due d ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS told = ROW_COUNT;
  RETURN told;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.platforms_answered_for(), access.controls(), access.opened_siei(), access.list_openings(),
  access.unusual_reading(DATE), access.readers_of(UUID) TO raccroche_app;
GRANT EXECUTE ON FUNCTION access.warn_of_endings() TO raccroche_door;
