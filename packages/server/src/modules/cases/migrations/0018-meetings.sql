-- The monthly meeting of those who lead a platform: what was decided of which case. The cases themselves keep their own story.
CREATE TABLE cases.meetings (
  meeting_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  platform_id UUID NOT NULL REFERENCES access.platforms,
  held_on DATE NOT NULL,
  attendees UUID[] NOT NULL DEFAULT '{}',
  opened_by UUID NOT NULL REFERENCES access.people,
  opened_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  closed_by UUID REFERENCES access.people,
  closed_at TIMESTAMPTZ,                           -- none: it goes on, perhaps after an interruption
  version INT NOT NULL DEFAULT 1,
  CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);
CREATE UNIQUE INDEX one_meeting_at_a_time ON cases.meetings (platform_id) WHERE closed_at IS NULL;
CREATE INDEX meetings_of ON cases.meetings (platform_id, held_on);

CREATE TABLE cases.meeting_decisions (
  decision_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  meeting_id UUID NOT NULL REFERENCES cases.meetings ON DELETE CASCADE,
  case_id UUID NOT NULL REFERENCES cases.cases,
  subject TEXT NOT NULL,                           -- whom it is about: a case that was handed over can no longer tell
  topic TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('assign', 'call_back', 'hand_over', 'close', 'postpone', 'note')),
  words TEXT NOT NULL,
  act_version INT NOT NULL,                        -- version of the case once it was done: its event, and its note
  decided_by UUID NOT NULL REFERENCES access.people,
  decided_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  undone_by UUID REFERENCES access.people,
  undone_at TIMESTAMPTZ
);
-- Of two who decide at once, one wins.
CREATE UNIQUE INDEX one_decision_a_case ON cases.meeting_decisions (meeting_id, case_id) WHERE undone_at IS NULL;
CREATE INDEX meeting_decisions_of ON cases.meeting_decisions (case_id);

ALTER TABLE cases.meetings ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.meeting_decisions ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own ON cases.meetings FOR SELECT TO raccroche_app
  USING (platform_id = ANY (ARRAY(SELECT access.platforms_for('meeting.hold'))));
CREATE POLICY open_own ON cases.meetings FOR INSERT TO raccroche_app WITH CHECK (
  opened_by = access.actor() AND platform_id = ANY (ARRAY(SELECT access.platforms_for('meeting.hold'))));
CREATE POLICY change_own ON cases.meetings FOR UPDATE TO raccroche_app
  USING (platform_id = ANY (ARRAY(SELECT access.platforms_for('meeting.hold'))))
  WITH CHECK (platform_id = ANY (ARRAY(SELECT access.platforms_for('meeting.hold'))));
CREATE POLICY read_with_meeting ON cases.meeting_decisions FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM cases.meetings m WHERE m.meeting_id = meeting_decisions.meeting_id));
CREATE POLICY add_in_own_name ON cases.meeting_decisions FOR INSERT TO raccroche_app WITH CHECK (
  decided_by = access.actor() AND EXISTS (
    SELECT FROM cases.meetings m WHERE m.meeting_id = meeting_decisions.meeting_id AND m.closed_at IS NULL));
CREATE POLICY undo_own ON cases.meeting_decisions FOR UPDATE TO raccroche_app
  USING (decided_by = access.actor()
    AND EXISTS (SELECT FROM cases.meetings m WHERE m.meeting_id = meeting_decisions.meeting_id))
  WITH CHECK (undone_by = access.actor());
GRANT SELECT, INSERT ON cases.meetings, cases.meeting_decisions TO raccroche_app;
GRANT UPDATE (held_on, attendees, closed_at, closed_by, version) ON cases.meetings TO raccroche_app;
GRANT UPDATE (undone_by, undone_at) ON cases.meeting_decisions TO raccroche_app;
