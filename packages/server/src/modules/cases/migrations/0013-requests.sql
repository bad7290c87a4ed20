-- Who asks for access to a case, or for its transfer, is answered by those who follow it, in time. The application's role reads
-- and writes nothing here: the functions below look at who asks.
CREATE TABLE cases.requests (
  request_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  case_id UUID NOT NULL REFERENCES cases.cases,
  asked_by UUID NOT NULL REFERENCES access.people,
  wanted TEXT NOT NULL CHECK (wanted IN ('access', 'transfer')),
  to_platform UUID REFERENCES access.platforms,    -- for which it is asked; none: who asks works on no platform
  asked_on DATE NOT NULL DEFAULT access.today(),
  expires_on DATE NOT NULL,                        -- last day on which it can be answered
  answer TEXT CHECK (answer IN ('granted', 'declined', 'expired')),
  reason TEXT,
  answered_by UUID REFERENCES access.people,       -- none: nobody answered in time
  answered_at TIMESTAMPTZ,
  CHECK ((answer IS NULL) = (answered_at IS NULL)),
  CHECK ((coalesce(answer, '') = 'declined') = (reason IS NOT NULL)),
  CHECK (wanted = 'access' OR to_platform IS NOT NULL)
);
CREATE UNIQUE INDEX one_request_waits ON cases.requests (case_id, asked_by, wanted) WHERE answer IS NULL;
CREATE INDEX requests_by ON cases.requests (asked_by);
ALTER TABLE cases.requests ENABLE ROW LEVEL SECURITY;

-- Asks whoever follows those of one's own look-up of the day. `place`: the platform for which it is asked; the caller's only one
-- when it is not told. Gives how many were asked.
DROP FUNCTION cases.ask_owner(BIGINT, TEXT);
CREATE FUNCTION cases.ask_owner(finding BIGINT, asked TEXT, place UUID) RETURNS INT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  caller UUID := access.actor();
  mine UUID[] := ARRAY(SELECT access.platforms_for('case.act'));
  ids UUID[];
BEGIN
  IF place IS NOT NULL AND place <> ALL (mine) THEN
    PERFORM access.refuse('RA003', 'Cette plateforme n’est pas la vôtre.');
  END IF;
  place := coalesce(place, CASE WHEN cardinality(mine) = 1 THEN mine[1] END);
  IF asked = 'transfer' AND place IS NULL THEN
    PERFORM access.refuse('RA004', 'Un transfert se demande pour une plateforme où vous suivez des jeunes : dites laquelle.');
  END IF;
  SELECT f.found INTO ids FROM cases.findings f
  WHERE f.finding_id = finding AND f.person_id = caller AND f.at > now() - INTERVAL '1 day';
  IF ids IS NULL THEN RETURN 0; END IF;
  ids := ARRAY(SELECT c.case_id FROM cases.cases c
    WHERE c.case_id = ANY (ids) AND c.platform_id IS NOT NULL
      AND c.platform_id <> ALL (ARRAY(SELECT access.platforms_for('case.read')))
      AND NOT EXISTS (SELECT FROM cases.requests r WHERE r.case_id = c.case_id AND r.asked_by = caller
        AND r.wanted = asked AND r.answer IS NULL)
    ORDER BY c.case_id);
  INSERT INTO cases.requests (case_id, asked_by, wanted, to_platform, expires_on)
    SELECT c, caller, asked, place, access.today() + 14 FROM unnest(ids) AS c;
  INSERT INTO cases.notices (case_id, platform_id, kind, asked_by)
    SELECT c.case_id, c.platform_id, asked || '_asked', caller FROM cases.cases c WHERE c.case_id = ANY (ids);
  PERFORM access.record('case.' || asked || '_asked', ids::TEXT[], '{}');
  RETURN cardinality(ids);
END $$;

-- What waits for an answer of the people of a platform, the oldest first.
CREATE FUNCTION cases.requests_to_answer(of_platform UUID) RETURNS TABLE (
  request_id UUID, wanted TEXT, case_id UUID, version INT, family_name TEXT, first_names TEXT[], asked_on DATE,
  expires_on DATE, asked_by TEXT, for_platform TEXT
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT r.request_id, r.wanted, c.case_id, c.version, c.family_name, c.first_names, r.asked_on, r.expires_on,
    access.name_of(r.asked_by), p.name
  FROM cases.requests r JOIN cases.cases c USING (case_id) LEFT JOIN access.platforms p ON p.platform_id = r.to_platform
  WHERE r.answer IS NULL AND r.expires_on >= access.today() AND c.platform_id = of_platform
    AND of_platform IN (SELECT access.platforms_for('case.act'))
  ORDER BY r.asked_on, r.request_id LIMIT 200
$$;

-- What the caller asked, the newest first: who follows, and what they answered. The case itself once it was granted.
CREATE FUNCTION cases.my_requests() RETURNS TABLE (
  request_id UUID, wanted TEXT, platform TEXT, asked_on DATE, expires_on DATE, answer TEXT, reason TEXT,
  answered_at TIMESTAMPTZ, case_id UUID
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT r.request_id, r.wanted, p.name, r.asked_on, r.expires_on, r.answer, r.reason, r.answered_at,
    CASE WHEN r.answer = 'granted' THEN r.case_id END
  FROM cases.requests r JOIN cases.cases c USING (case_id) LEFT JOIN access.platforms p ON p.platform_id = c.platform_id
  WHERE r.asked_by = access.actor() ORDER BY r.asked_on DESC, r.request_id LIMIT 100
$$;

-- Answers for those who follow: access to be read for some days, the transfer itself, or no, with a reason. Who asked is told.
CREATE FUNCTION cases.answer_request(asked UUID, verdict TEXT, why TEXT, days INT, read_version INT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  request cases.requests;
  followed cases.cases;
BEGIN
  SELECT * INTO request FROM cases.requests r
  WHERE r.request_id = asked AND r.answer IS NULL AND r.expires_on >= access.today() FOR UPDATE;
  SELECT * INTO followed FROM cases.cases c
  WHERE c.case_id = request.case_id AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act')));
  IF followed.case_id IS NULL THEN
    PERFORM access.refuse('RA005', 'Cette demande n’existe pas, a déjà sa réponse, ou n’est pas pour vous.');
  END IF;
  IF request.asked_by = access.actor() THEN
    PERFORM access.refuse('RA004', 'Nul ne répond à sa propre demande.');
  END IF;
  IF verdict = 'granted' AND privacy.is_restricted(followed.case_id) THEN
    PERFORM access.refuse('RA004', 'La personne a fait limiter l’usage de ses données : rien ne peut être accordé.');
  END IF;
  IF verdict = 'granted' AND request.wanted = 'access' THEN
    IF NOT access.may_be_opened_for(request.asked_by) THEN
      PERFORM access.refuse('RA004', 'Qui demande ne suit de jeunes sur aucune plateforme : répondez autrement.');
    END IF;
    PERFORM access.open_for(request.asked_by, followed.siei, followed.platform_id, 'granted',
      'Accordé par la plateforme qui suit la personne.', days);
  ELSIF verdict = 'granted' AND cases.hand_over(followed.case_id, request.to_platform, read_version) IS NULL THEN
    PERFORM access.refuse('RA004', 'Ce dossier est clos, ou a changé entre-temps : relisez-le, puis répondez.');
  END IF;
  UPDATE cases.requests r SET answer = verdict, reason = why, answered_by = access.actor(), answered_at = now()
  WHERE r.request_id = asked;
  UPDATE cases.notices n SET seen_by = access.actor(), seen_at = now()
  WHERE n.case_id = request.case_id AND n.asked_by = request.asked_by AND n.kind = request.wanted || '_asked'
    AND n.seen_at IS NULL;
  PERFORM access.tell(request.asked_by, NULL, 'request_' || verdict, asked, jsonb_strip_nulls(jsonb_build_object(
    'wanted', request.wanted, 'reason', why, 'caseId', CASE WHEN verdict = 'granted' THEN request.case_id END)));
  PERFORM access.record('case.request_' || verdict, ARRAY[request.case_id::TEXT],
    jsonb_strip_nulls(jsonb_build_object('wanted', request.wanted, 'reason', why, 'days', days)));
END $$;

-- Requests that nobody answered in time end; both sides are told. By the program, on the machine. Gives how many ended.
CREATE FUNCTION cases.expire_requests() RETURNS INT LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  request cases.requests;
  ended INT := 0;
BEGIN
  FOR request IN UPDATE cases.requests r SET answer = 'expired', answered_at = now()
    WHERE r.answer IS NULL AND r.expires_on < access.today() RETURNING r.*
  LOOP
    ended := ended + 1;
    PERFORM access.tell(request.asked_by, NULL, 'request_expired', request.request_id,
      jsonb_build_object('wanted', request.wanted));
    PERFORM access.tell(NULL, c.platform_id, 'request_expired', request.request_id,
      jsonb_build_object('wanted', request.wanted, 'caseId', request.case_id))
    FROM cases.cases c WHERE c.case_id = request.case_id AND c.platform_id IS NOT NULL;
  END LOOP;
  RETURN ended;
END $$;

REVOKE ALL ON FUNCTION cases.ask_owner(BIGINT, TEXT, UUID), cases.requests_to_answer(UUID), cases.my_requests(),
  cases.answer_request(UUID, TEXT, TEXT, INT, INT), cases.expire_requests() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.ask_owner(BIGINT, TEXT, UUID), cases.requests_to_answer(UUID), cases.my_requests(),
  cases.answer_request(UUID, TEXT, TEXT, INT, INT) TO raccroche_app;
