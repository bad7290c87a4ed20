-- What the worklist shows and narrows by, as the list in force tells it; and the dates of what people do about a case.
ALTER TABLE cases.cases
  ADD commune TEXT,
  ADD commune_name TEXT,
  ADD last_training TEXT,
  ADD left_on DATE,
  ADD has_phone BOOLEAN NOT NULL DEFAULT false,
  ADD verify_after DATE,                           -- put off: not to be asked about before that day
  ADD interview_at TIMESTAMPTZ,                    -- set, not held yet
  ADD interview_held_at TIMESTAMPTZ,               -- the last one held
  ADD call_back_at TIMESTAMPTZ,
  ADD entered_on DATE;

UPDATE cases.cases c SET
  commune = e.entry -> 'address' ->> 'commune',
  commune_name = e.entry -> 'address' ->> 'communeName',
  left_on = (e.entry ->> 'leftOn')::DATE,
  has_phone = jsonb_array_length(e.entry -> 'phones') > 0
FROM lists.published_entries e WHERE e.siei = c.siei;

-- The series to verify, in the order in which to take it: those under 18 when listed, then school by school.
CREATE INDEX cases_to_verify ON cases.cases (platform_id, (obligation IS NULL), origin_uai, sort_name, case_id)
  WHERE verification = 'to_verify' AND pathway <> 'closed';

GRANT UPDATE (verify_after, interview_at, interview_held_at, call_back_at, entered_on) ON cases.cases TO raccroche_app;
