-- When somebody last opened a case of which a partner has told something: what came since is marked in their list. Nobody reads another's.
CREATE TABLE cases.readings (
  person_id UUID NOT NULL REFERENCES access.people,
  case_id UUID NOT NULL REFERENCES cases.cases,
  read_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (person_id, case_id)
);
ALTER TABLE cases.readings ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON cases.readings TO raccroche_app
  USING (person_id = access.actor())
  WITH CHECK (person_id = access.actor()
    AND EXISTS (SELECT FROM cases.cases c WHERE c.case_id = readings.case_id));
GRANT SELECT, INSERT, UPDATE ON cases.readings TO raccroche_app;

-- Few events are told by partners: of a page of the list they are looked for here.
CREATE INDEX events_of_partners ON cases.events (case_id, recorded_at)
  WHERE kind IN ('school_answered', 'structure_answered', 'situation_reported', 'handed_over');
