-- Questions to a school about its former pupils: asked from a case, sent together once a day under one link, answered by five
-- buttons. An answer is told to the platform as an event of the case; people decide.

-- How a school is written to, told by its head or by whoever coordinates its département.
CREATE TABLE contacts.schools (
  uai TEXT PRIMARY KEY CHECK (uai ~ '^[0-9]{7}[A-Z]$'),
  email TEXT NOT NULL CHECK (email = lower(email) AND length(email) <= 200 AND email ~ '^[^@[:space:]<>,;]+@[^@[:space:]<>,;]+$'),
  told_by UUID DEFAULT access.actor() REFERENCES access.people,
  told_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- A link opens the questions that left with it, and nothing else of the school. Whoever reads the base cannot make one: of what
-- opens it only hashes are kept, one for each time that the message was sent.
CREATE TABLE contacts.school_links (
  link_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  uai TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL,
  reminded_at TIMESTAMPTZ
);
CREATE INDEX school_links_of ON contacts.school_links (uai, made_at);
CREATE TABLE contacts.school_link_tokens (
  token_hash BYTEA PRIMARY KEY,
  link_id UUID NOT NULL REFERENCES contacts.school_links ON DELETE CASCADE,
  made_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
ALTER TABLE contacts.messages ADD link_id UUID REFERENCES contacts.school_links;   -- its token is drawn when it leaves

CREATE TABLE contacts.school_questions (
  question_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  case_id UUID NOT NULL,
  case_version INT NOT NULL,           -- of the event that asks: undone, the question is withdrawn
  uai TEXT NOT NULL,
  asked_by UUID DEFAULT access.actor() REFERENCES access.people,   -- none: the school says it of its own accord
  asked_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  link_id UUID REFERENCES contacts.school_links,                   -- none: has not left
  answer TEXT CHECK (answer IN ('no_news', 'enrolled_elsewhere', 'graduated', 'moved', 'back_here', 'employed', 'never_here',
    'deceased')),
  place TEXT CHECK (place IS NULL OR (length(place) <= 100 AND answer IN ('enrolled_elsewhere', 'moved'))),
  answered_at TIMESTAMPTZ,
  answered_by UUID REFERENCES access.people,                       -- none: by the link
  seen_by UUID REFERENCES access.people,
  seen_at TIMESTAMPTZ,
  FOREIGN KEY (case_id, case_version) REFERENCES cases.events (case_id, case_version),
  CHECK ((answer IS NULL) = (answered_at IS NULL)),
  CHECK (asked_by IS NOT NULL OR answered_by IS NOT NULL)
);
CREATE INDEX school_questions_of ON contacts.school_questions (case_id);
CREATE INDEX school_questions_waiting ON contacts.school_questions (uai) WHERE answer IS NULL;
CREATE INDEX school_questions_to_see ON contacts.school_questions (case_id) WHERE answer IS NOT NULL AND seen_at IS NULL;
CREATE INDEX school_questions_by_link ON contacts.school_questions (link_id);

ALTER TABLE contacts.schools ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts.school_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts.school_link_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts.school_questions ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_with_case ON contacts.school_questions FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM cases.cases c WHERE c.case_id = school_questions.case_id));
CREATE POLICY add_in_own_name ON contacts.school_questions FOR INSERT TO raccroche_app WITH CHECK (
  asked_by = access.actor() AND EXISTS (SELECT FROM cases.cases c WHERE c.case_id = school_questions.case_id
    AND c.origin_uai = uai AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act')))));
CREATE POLICY see_in_territory ON contacts.school_questions FOR UPDATE TO raccroche_app
  USING (EXISTS (SELECT FROM cases.cases c WHERE c.case_id = school_questions.case_id
    AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act')))))
  WITH CHECK (seen_by = access.actor());
GRANT SELECT, INSERT (case_id, case_version, uai), UPDATE (seen_by, seen_at) ON contacts.school_questions TO raccroche_app;

-- Under the rights of whoever asks. True while somebody still wants to know: nobody answered, nobody took the question back, the case is to verify and may be acted on.
CREATE FUNCTION contacts.waits(q contacts.school_questions) RETURNS BOOLEAN
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT q.answer IS NULL
    AND NOT EXISTS (SELECT FROM cases.events e JOIN cases.events u ON u.undoes = e.event_id
      WHERE e.case_id = q.case_id AND e.case_version = q.case_version)
    AND EXISTS (SELECT FROM cases.cases c WHERE c.case_id = q.case_id AND c.verification = 'to_verify'
      AND c.pathway <> 'closed' AND NOT privacy.is_restricted(c.case_id))
$$;

-- What the people of a platform know of a school: what it is called, and how it may be asked. Never the address itself.
CREATE FUNCTION contacts.school_reach(of_uai TEXT) RETURNS TABLE (name TEXT, has_email BOOLEAN, has_head BOOLEAN)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT coalesce((SELECT min(o.name) FROM access.organisations o WHERE o.uai = of_uai), 'établissement ' || of_uai),
    EXISTS (SELECT FROM contacts.schools s WHERE s.uai = of_uai),
    EXISTS (SELECT FROM access.memberships m JOIN access.permissions p USING (role, territory_kind)
      WHERE m.territory_kind = 'establishment' AND m.territory_id = of_uai AND p.permission = 'pupil.answer'
        AND m.revoked_at IS NULL AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity'))
$$;

-- The address of the schools that the caller answers for, and its change.
CREATE FUNCTION contacts.school_contacts() RETURNS TABLE (uai TEXT, name TEXT, email TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT e, (SELECT r.name FROM contacts.school_reach(e) r), (SELECT s.email FROM contacts.schools s WHERE s.uai = e)
  FROM access.establishments_for('school.contact') e ORDER BY e
$$;
CREATE FUNCTION contacts.set_school_contact(of_uai TEXT, new_email TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT access.may('school.contact', 'establishment', of_uai) THEN
    PERFORM access.refuse('RA003', 'Cet établissement n’est pas le vôtre.');
  END IF;
  IF new_email IS NULL THEN
    DELETE FROM contacts.schools s WHERE s.uai = of_uai;
  ELSE
    INSERT INTO contacts.schools AS s (uai, email) VALUES (of_uai, new_email)
    ON CONFLICT (uai) DO UPDATE SET email = new_email, told_by = access.actor(), told_at = now();
  END IF;
  PERFORM access.record('school.contact_set', ARRAY[of_uai], '{}');
END $$;

-- Who is asked about by a link: what one needs to recognise a former pupil, and nothing more. Nothing at all for a link that is
-- over, unknown, or whose questions are all answered: the three look alike. Each view is in the trail.
CREATE FUNCTION contacts.open_school_link(token TEXT) RETURNS TABLE (
  school TEXT, expires_at TIMESTAMPTZ, question_id UUID, family_name TEXT, first_names TEXT[], last_training TEXT, left_on DATE,
  asked_by TEXT, platform TEXT
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
  link contacts.school_links;
  ids UUID[];
BEGIN
  SELECT l.* INTO link FROM contacts.school_links l JOIN contacts.school_link_tokens t USING (link_id)
  WHERE t.token_hash = sha256(convert_to(token, 'UTF8')) AND l.expires_at > now();
  ids := ARRAY(SELECT q.case_id FROM contacts.school_questions q WHERE q.link_id = link.link_id AND contacts.waits(q) ORDER BY 1);
  IF cardinality(ids) = 0 THEN RETURN; END IF;
  PERFORM audit.append('school:' || link.uai, 'schooling', 'school_link.opened', ids::TEXT[],
    jsonb_build_object('link', link.link_id));
  RETURN QUERY SELECT (SELECT r.name FROM contacts.school_reach(link.uai) r), link.expires_at, q.question_id, c.family_name,
      c.first_names, c.last_training, c.left_on, a.display_name, p.name
    FROM contacts.school_questions q JOIN cases.cases c USING (case_id)
    LEFT JOIN access.people a ON a.person_id = q.asked_by LEFT JOIN access.platforms p ON p.platform_id = c.platform_id
    WHERE q.link_id = link.link_id AND contacts.waits(q) ORDER BY c.sort_name, q.question_id;
END $$;

-- Tells a case what its school says: an event, and the case comes back to be verified. Gives its new version.
CREATE FUNCTION contacts.tell_case(former cases.cases, of_uai TEXT, given TEXT, at_place TEXT, person UUID) RETURNS INT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE cases.cases c SET version = c.version + 1, verify_after = NULL WHERE c.case_id = former.case_id;
  INSERT INTO cases.events (case_id, kind, happened_at, actor, details, before, after, case_version)
  VALUES (former.case_id, 'school_answered', now(), person,
    jsonb_strip_nulls(jsonb_build_object('school', of_uai, 'answer', given, 'place', at_place)),
    jsonb_build_object('verify_after', former.verify_after), jsonb_build_object('verify_after', NULL), former.version + 1);
  RETURN former.version + 1;
END $$;

-- Keeps what a school says and tells the case. The same answer again changes nothing; another is taken for ten minutes, until
-- somebody has acted on the first. Called by the two ways of answering, and by nobody else.
CREATE FUNCTION contacts.keep_answer(wanted UUID, given TEXT, at_place TEXT, person UUID) RETURNS BOOLEAN
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  q contacts.school_questions;
  former cases.cases;
BEGIN
  SELECT * INTO q FROM contacts.school_questions k WHERE k.question_id = wanted;
  SELECT * INTO former FROM cases.cases c WHERE c.case_id = q.case_id FOR UPDATE;
  SELECT * INTO q FROM contacts.school_questions k WHERE k.question_id = wanted FOR UPDATE;
  IF q.answer = given AND q.place IS NOT DISTINCT FROM at_place THEN RETURN false; END IF;
  IF q.answer IS NOT NULL AND (q.answered_at < now() - INTERVAL '10 minutes' OR q.seen_at IS NOT NULL
    OR former.verification <> 'to_verify' OR former.pathway = 'closed' OR privacy.is_restricted(q.case_id)) THEN
    PERFORM access.refuse('RA004', 'Cette réponse est déjà donnée. Pour la corriger, appelez la plateforme.');
  END IF;
  IF q.answer IS NULL AND NOT contacts.waits(q) THEN
    PERFORM access.refuse('RA004', 'Cette question n’attend plus de réponse. Merci.');
  END IF;
  UPDATE contacts.school_questions k SET answer = given, place = at_place, answered_at = now(), answered_by = person
  WHERE k.question_id = wanted;
  PERFORM contacts.tell_case(former, q.uai, given, at_place, person);
  RETURN true;
END $$;

-- Gives how many questions of the link still wait. Another link's question, or none, is told like one that waits no more.
CREATE FUNCTION contacts.answer_by_link(token TEXT, wanted UUID, given TEXT, at_place TEXT) RETURNS INT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  link contacts.school_links;
  about UUID;
BEGIN
  SELECT l.* INTO link FROM contacts.school_links l JOIN contacts.school_link_tokens t USING (link_id)
  WHERE t.token_hash = sha256(convert_to(token, 'UTF8')) AND l.expires_at > now();
  SELECT q.case_id INTO about FROM contacts.school_questions q WHERE q.question_id = wanted AND q.link_id = link.link_id;
  IF about IS NULL THEN PERFORM access.refuse('RA004', 'Cette question n’attend plus de réponse. Merci.'); END IF;
  IF contacts.keep_answer(wanted, given, at_place, NULL) THEN
    PERFORM audit.append('school:' || link.uai, 'schooling', 'school_question.answered', ARRAY[about::TEXT],
      jsonb_build_object('link', link.link_id, 'answer', given));
  END IF;
  RETURN (SELECT count(*) FROM contacts.school_questions q WHERE q.link_id = link.link_id AND contacts.waits(q));
END $$;

-- The former pupils of the caller's schools, with what helps to recognise them, who asks about them, and what the school said.
CREATE FUNCTION contacts.school_pupils() RETURNS TABLE (
  case_id UUID, last_training TEXT, left_on DATE, platform TEXT, asked_at TIMESTAMPTZ, asked_by TEXT, answer TEXT, place TEXT,
  answered_at TIMESTAMPTZ, may_answer BOOLEAN
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT c.case_id, c.last_training, c.left_on, p.name, w.asked_at, a.display_name, l.answer, l.place, l.answered_at,
    c.verification = 'to_verify' AND c.pathway <> 'closed' AND NOT privacy.is_restricted(c.case_id)
  FROM cases.cases c LEFT JOIN access.platforms p USING (platform_id)
  LEFT JOIN LATERAL (SELECT q.* FROM contacts.school_questions q WHERE q.case_id = c.case_id AND q.uai = c.origin_uai
    AND contacts.waits(q) ORDER BY q.asked_at DESC LIMIT 1) w ON true
  LEFT JOIN access.people a ON a.person_id = w.asked_by
  LEFT JOIN LATERAL (SELECT q.* FROM contacts.school_questions q WHERE q.case_id = c.case_id AND q.uai = c.origin_uai
    AND q.answer IS NOT NULL ORDER BY q.answered_at DESC LIMIT 1) l ON true
  WHERE c.origin_uai = ANY (ARRAY(SELECT access.establishments_for('pupil.read')))
  ORDER BY w.asked_at NULLS LAST, c.sort_name, c.case_id
$$;

-- The head of the school answers, asked or of their own accord.
CREATE FUNCTION contacts.answer_as_head(about UUID, given TEXT, at_place TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  former cases.cases;
  wanted UUID;
BEGIN
  SELECT * INTO former FROM cases.cases c WHERE c.case_id = about
    AND c.origin_uai = ANY (ARRAY(SELECT access.establishments_for('pupil.answer'))) FOR UPDATE;
  IF former.case_id IS NULL OR former.verification <> 'to_verify' OR former.pathway = 'closed'
    OR privacy.is_restricted(former.case_id) THEN
    PERFORM access.refuse('RA004', 'La plateforme ne demande plus rien de cette personne. Merci.');
  END IF;
  SELECT q.question_id INTO wanted FROM contacts.school_questions q
  WHERE q.case_id = about AND q.uai = former.origin_uai AND (contacts.waits(q)
    OR (q.answer IS NOT NULL AND q.seen_at IS NULL AND q.answered_at > now() - INTERVAL '10 minutes'))
  ORDER BY q.answer IS NULL DESC, q.asked_at DESC LIMIT 1;
  IF wanted IS NULL THEN
    INSERT INTO contacts.school_questions (case_id, case_version, uai, asked_by, answer, place, answered_at, answered_by)
    VALUES (about, contacts.tell_case(former, former.origin_uai, given, at_place, access.actor()), former.origin_uai, NULL,
      given, at_place, now(), access.actor());
  ELSE
    PERFORM contacts.keep_answer(wanted, given, at_place, access.actor());
  END IF;
  PERFORM access.record('school_question.answered', ARRAY[about::TEXT], jsonb_build_object('answer', given));
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA contacts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION contacts.waits(contacts.school_questions), contacts.school_reach(TEXT), contacts.school_contacts(), contacts.set_school_contact(TEXT, TEXT),
  contacts.open_school_link(TEXT), contacts.answer_by_link(TEXT, UUID, TEXT, TEXT), contacts.school_pupils(),
  contacts.answer_as_head(UUID, TEXT, TEXT) TO raccroche_app;
