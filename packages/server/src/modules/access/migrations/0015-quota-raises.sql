-- More than a day allows, for one person and that day alone: asked by them, granted with a reason by who answers for their
-- platform or by data protection, never by themselves. The day over, so is what was granted: nothing has to be taken back.
CREATE TABLE access.quota_requests (
  quota_request_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  person_id UUID NOT NULL REFERENCES access.people,
  day DATE NOT NULL,
  kind TEXT NOT NULL REFERENCES access.quotas,
  purpose TEXT NOT NULL CHECK (length(purpose) BETWEEN 1 AND 40),   -- a code of the contract
  asked_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  more INT CHECK (more >= 0),               -- granted beside what the day allows; 0: refused
  reason TEXT CHECK (length(reason) BETWEEN 10 AND 500),
  answered_by UUID REFERENCES access.people,
  answered_at TIMESTAMPTZ,
  CHECK (num_nonnulls(more, reason, answered_by, answered_at) IN (0, 4)),
  CHECK (answered_by <> person_id)
);
-- One that waits at a time; once answered, one may ask again.
CREATE UNIQUE INDEX quota_request_waits ON access.quota_requests (person_id, day, kind) WHERE answered_at IS NULL;
CREATE INDEX quota_requests_of ON access.quota_requests (day, person_id);
ALTER TABLE access.quota_requests ENABLE ROW LEVEL SECURITY;

-- What was granted to somebody beside what the day allows.
CREATE FUNCTION access.granted_more(caller UUID, of_kind TEXT) RETURNS INT
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT coalesce(sum(r.more), 0)::INT FROM access.quota_requests r
  WHERE r.person_id = caller AND r.day = access.today() AND r.kind = of_kind AND r.more > 0
$$;

CREATE OR REPLACE FUNCTION access.use(caller UUID, of_kind TEXT, more INT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  allowed INT;
  used INT;
BEGIN
  SELECT q.per_day INTO allowed FROM access.quotas q WHERE q.kind = of_kind;
  INSERT INTO access.daily_use AS u (person_id, day, kind, n) VALUES (caller, access.today(), of_kind, more)
  ON CONFLICT (person_id, day, kind) DO UPDATE SET n = u.n + more RETURNING u.n INTO used;
  -- Read only by those few who go beyond: every reading comes through here.
  IF used > allowed AND used > allowed + access.granted_more(caller, of_kind) THEN
    RAISE EXCEPTION 'Vous avez atteint ce qui est permis pour la journée. Si votre travail le demande, demandez-en plus : les co-responsables de votre plateforme ou la protection des données répondent.'
      USING ERRCODE = 'RA002';
  END IF;
  IF used >= allowed * 9 / 10 THEN
    INSERT INTO access.notices (to_control, kind, about, step, details)
    VALUES (true, 'quota_nearly_reached', caller, access.today() - DATE '2000-01-01',
      jsonb_build_object('kind', of_kind, 'perDay', allowed))
    ON CONFLICT DO NOTHING;
  END IF;
END $$;

-- What the caller may do of each kind today: what the day allows, what was granted beside it, what they did, and how their
-- last request of the day stands.
DROP FUNCTION access.allowance(TEXT);
CREATE FUNCTION access.allowances() RETURNS TABLE (kind TEXT, per_day INT, more INT, used INT, asked BOOLEAN, refusal TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT q.kind, q.per_day, access.granted_more(access.actor(), q.kind),
    coalesce((SELECT u.n FROM access.daily_use u
      WHERE u.person_id = access.actor() AND u.day = access.today() AND u.kind = q.kind), 0),
    coalesce(r.answered_at IS NULL AND r.asked_at IS NOT NULL, false), CASE WHEN r.more = 0 THEN r.reason END
  FROM access.quotas q LEFT JOIN LATERAL (
    SELECT * FROM access.quota_requests r WHERE r.person_id = access.actor() AND r.day = access.today() AND r.kind = q.kind
    ORDER BY r.asked_at DESC LIMIT 1) r ON true
  ORDER BY q.kind
$$;

-- Asks for more; told to those who answer for a platform of the caller, and to data protection. What waits is not asked twice.
CREATE OR REPLACE FUNCTION access.ask_for_more(of_kind TEXT, what_for TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE asked UUID;
BEGIN
  IF access.actor() IS NULL THEN RAISE EXCEPTION 'no session' USING ERRCODE = 'insufficient_privilege'; END IF;
  INSERT INTO access.quota_requests (person_id, day, kind, purpose)
  SELECT access.actor(), access.today(), q.kind, what_for FROM access.quotas q
  WHERE q.kind = of_kind AND q.kind IN ('consultation', 'listing', 'export')
  ON CONFLICT DO NOTHING RETURNING quota_request_id INTO asked;
  IF asked IS NULL THEN RETURN; END IF;
  INSERT INTO access.notices (to_platform, to_control, kind, about, details)
  SELECT t.platform, t.platform IS NULL, 'quota_more_asked', access.actor(),
    jsonb_build_object('kind', of_kind, 'purpose', what_for, 'request', asked)
  FROM (SELECT NULL::UUID AS platform UNION SELECT h.territory_id::UUID FROM access.held_by(access.actor()) h
        WHERE h.territory_kind = 'platform') t
  ON CONFLICT DO NOTHING;
  PERFORM access.record('quota.more_asked', ARRAY[asked::TEXT], jsonb_build_object('kind', of_kind, 'purpose', what_for));
END $$;

-- Whether the caller may answer that person: somebody else, who works within the caller's territory.
CREATE FUNCTION access.may_raise(person UUID) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT person <> access.actor()
    AND EXISTS (SELECT FROM access.held_by(person) h WHERE access.may('quota.raise', h.territory_kind, h.territory_id))
$$;

-- Those that wait today, and those answered in the month before, that the caller may answer or did.
CREATE FUNCTION access.quota_requests_to_answer() RETURNS TABLE (
  quota_request_id UUID, person_id UUID, display_name TEXT, day DATE, kind TEXT, purpose TEXT, asked_at TIMESTAMPTZ,
  per_day INT, used INT, more INT, reason TEXT, answered_by TEXT, answered_at TIMESTAMPTZ
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT r.quota_request_id, r.person_id, p.display_name, r.day, r.kind, r.purpose, r.asked_at, q.per_day,
    coalesce((SELECT u.n FROM access.daily_use u WHERE u.person_id = r.person_id AND u.day = r.day AND u.kind = r.kind), 0),
    r.more, r.reason, a.display_name, r.answered_at
  FROM access.quota_requests r JOIN access.people p USING (person_id) JOIN access.quotas q USING (kind)
  LEFT JOIN access.people a ON a.person_id = r.answered_by
  WHERE (r.day = access.today() OR (r.answered_at IS NOT NULL AND r.day > access.today() - 30))
    AND access.may_raise(r.person_id)
  ORDER BY r.answered_at IS NULL DESC, r.asked_at DESC, r.quota_request_id LIMIT 100
$$;

-- Answers one of today: at most as much again as the day allows. Told to who asked, and to data protection.
CREATE FUNCTION access.answer_quota_request(wanted UUID, granted INT, why TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  found access.quota_requests;
  allowed INT;
BEGIN
  PERFORM access.require_second_factor();
  SELECT * INTO found FROM access.quota_requests r
  WHERE r.quota_request_id = wanted AND r.day = access.today() FOR UPDATE;
  IF found.quota_request_id IS NULL OR NOT access.may_raise(found.person_id) THEN
    PERFORM access.refuse('RA005', 'Cette demande n’existe pas, est d’un autre jour, ou ne dépend pas de vous.');
  END IF;
  IF found.answered_at IS NOT NULL THEN
    PERFORM access.refuse('RA004', 'Quelqu’un a déjà répondu à cette demande.');
  END IF;
  SELECT q.per_day INTO allowed FROM access.quotas q WHERE q.kind = found.kind;
  IF granted + access.granted_more(found.person_id, found.kind) > allowed THEN
    PERFORM access.refuse('RA004', format('On accorde au plus %s de plus par jour, en tout.', allowed));
  END IF;
  UPDATE access.quota_requests r SET more = granted, reason = why, answered_by = access.actor(), answered_at = now()
  WHERE r.quota_request_id = wanted;
  INSERT INTO access.notices (to_person, to_control, kind, about, details)
  SELECT t.person, t.person IS NULL, CASE WHEN granted > 0 THEN 'quota_raised' ELSE 'quota_not_raised' END, found.person_id,
    jsonb_build_object('kind', found.kind, 'more', granted, 'request', wanted)
  FROM (VALUES (found.person_id), (NULL)) AS t (person) ON CONFLICT DO NOTHING;
  PERFORM access.record(CASE WHEN granted > 0 THEN 'quota.raised' ELSE 'quota.not_raised' END, ARRAY[wanted::TEXT],
    jsonb_build_object('kind', found.kind, 'more', granted, 'person', found.person_id));
END $$;

REVOKE ALL ON FUNCTION access.granted_more(UUID, TEXT), access.allowances(), access.may_raise(UUID),
  access.quota_requests_to_answer(), access.answer_quota_request(UUID, INT, TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.allowances(), access.quota_requests_to_answer(),
  access.answer_quota_request(UUID, INT, TEXT) TO raccroche_app;
