-- What people do about a case after it was verified: interviews, solutions, closing, the duty of training, notes, contacts.
ALTER TABLE cases.cases
  ADD joint_interview_at TIMESTAMPTZ,              -- the last one held with the legal representative
  ADD solution TEXT,
  ADD return_asked_on DATE,
  ADD summoned_on DATE,
  ADD confirmed_on DATE,                           -- when somebody last made sure of what is known
  ADD closing_asked_by UUID REFERENCES access.people,
  ADD closed_by UUID REFERENCES access.people,     -- none: a publication
  ADD closed_on DATE,
  ADD CHECK (closed_by IS NULL OR pathway = 'closed');
GRANT UPDATE (joint_interview_at, solution, return_asked_on, summoned_on, confirmed_on, closing_asked_by, closed_by,
  closed_on, has_phone) ON cases.cases TO raccroche_app;

-- A report to the département takes two people, whatever the program says: one asks in their own name, another closes.
CREATE FUNCTION cases.refuse_single_handed() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.closing_asked_by IS NOT NULL AND NEW.closing_asked_by IS DISTINCT FROM OLD.closing_asked_by
    AND NEW.closing_asked_by IS DISTINCT FROM access.actor() AND NOT EXISTS (
      SELECT FROM cases.events e
      WHERE e.case_id = NEW.case_id AND e.kind = 'closing_asked' AND e.actor = NEW.closing_asked_by)
  THEN
    RAISE EXCEPTION 'nobody asks in the name of another' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.outcome = 'reported_to_department' AND OLD.outcome IS DISTINCT FROM NEW.outcome AND (
    OLD.closing_asked_by IS NULL OR OLD.closing_asked_by IS NOT DISTINCT FROM access.actor()
    OR NEW.closed_by IS DISTINCT FROM access.actor())
  THEN
    RAISE EXCEPTION 'a report to the departement takes a second person' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION cases.refuse_single_handed() FROM PUBLIC;
CREATE TRIGGER two_people BEFORE UPDATE OF closing_asked_by, outcome ON cases.cases
  FOR EACH ROW EXECUTE FUNCTION cases.refuse_single_handed();

-- Short notes, each of one event: an undone event hides its note, and every note goes before its case.
CREATE TABLE cases.notes (
  case_id UUID NOT NULL,
  case_version INT NOT NULL,
  author UUID NOT NULL REFERENCES access.people,
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 280),
  erase_after DATE NOT NULL,
  PRIMARY KEY (case_id, case_version),
  FOREIGN KEY (case_id, case_version) REFERENCES cases.events (case_id, case_version)
);
CREATE INDEX notes_to_erase ON cases.notes (erase_after);

-- What people say of a way to reach somebody, or of a legal representative; the last word on a value holds.
CREATE TABLE cases.contact_marks (
  case_id UUID NOT NULL,
  case_version INT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'email', 'address', 'representative')),
  value TEXT NOT NULL CHECK (length(value) BETWEEN 2 AND 200),
  holder TEXT,                                     -- name of the legal representative; none: the person
  mark TEXT NOT NULL CHECK (mark IN ('added', 'verified', 'wrong', 'refuses', 'agrees')),
  marked_on DATE NOT NULL,
  PRIMARY KEY (case_id, case_version),
  FOREIGN KEY (case_id, case_version) REFERENCES cases.events (case_id, case_version)
);

-- What somebody put off of their own day.
CREATE TABLE cases.postponements (
  person_id UUID NOT NULL REFERENCES access.people,
  case_id UUID NOT NULL REFERENCES cases.cases,
  item TEXT NOT NULL,
  until DATE NOT NULL,
  PRIMARY KEY (person_id, case_id, item)
);

ALTER TABLE cases.notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.contact_marks ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.postponements ENABLE ROW LEVEL SECURITY;

CREATE POLICY read_with_case ON cases.notes FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM cases.cases c WHERE c.case_id = notes.case_id));
CREATE POLICY add_in_own_name ON cases.notes FOR INSERT TO raccroche_app WITH CHECK (
  author = access.actor() AND EXISTS (SELECT FROM cases.cases c WHERE c.case_id = notes.case_id
    AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act'))))
);
CREATE POLICY read_with_case ON cases.contact_marks FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM cases.cases c WHERE c.case_id = contact_marks.case_id));
CREATE POLICY add_in_territory ON cases.contact_marks FOR INSERT TO raccroche_app WITH CHECK (
  EXISTS (SELECT FROM cases.cases c WHERE c.case_id = contact_marks.case_id
    AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act'))))
);
CREATE POLICY own ON cases.postponements TO raccroche_app
  USING (person_id = access.actor())
  WITH CHECK (person_id = access.actor()
    AND EXISTS (SELECT FROM cases.cases c WHERE c.case_id = postponements.case_id));

GRANT SELECT, INSERT ON cases.notes, cases.contact_marks TO raccroche_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON cases.postponements TO raccroche_app;
GRANT SELECT ON cases.contact_marks TO raccroche_publisher;
CREATE POLICY published ON cases.contact_marks FOR SELECT TO raccroche_publisher USING (true);

-- The destination goes back to the school of origin: where a former pupil went, never why one could not be helped.
CREATE OR REPLACE VIEW cases.former_pupils WITH (security_barrier) AS
  SELECT case_id, siei, origin_uai, family_name, first_names, birth_date, verification, verification_reason, listed,
    CASE
      WHEN outcome IN ('training', 'apprenticeship', 'employment', 'civic_service') THEN outcome
      WHEN pathway IN ('entered', 'holding') THEN solution
    END AS destination,
    CASE
      WHEN outcome IN ('training', 'apprenticeship', 'employment', 'civic_service') THEN coalesce(entered_on, closed_on)
      WHEN pathway IN ('entered', 'holding') THEN entered_on
    END AS destination_on
  FROM cases.cases
  WHERE origin_uai = ANY (ARRAY(SELECT access.establishments_for('pupil.read')));
