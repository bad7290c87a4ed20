-- The outbox of messages: written in the transaction that gives cause for them, sent afterwards by the worker, or withdrawn
-- when they no longer hold. What is sent leaves this table when its time is over (retention.ts); that it was sent stays.
CREATE SCHEMA contacts;

CREATE TABLE contacts.messages (
  message_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  key TEXT NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 200),   -- what gives cause for it: one cause, one message
  kind TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'letter')),
  address TEXT NOT NULL,               -- of an e-mail, digits of a telephone, lines of a postal address
  subject TEXT NOT NULL,
  body TEXT NOT NULL,                  -- plain text
  attachment JSONB,                    -- {name, type, text}
  case_id UUID REFERENCES cases.cases, -- none: the message is about nobody in particular
  platform_id UUID REFERENCES access.platforms,
  asked_by UUID DEFAULT access.actor() REFERENCES access.people,    -- none: the program
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed', 'withdrawn')),
  failure TEXT,                        -- a code, never what a server said
  attempts INT NOT NULL DEFAULT 0,
  not_before TIMESTAMPTZ NOT NULL DEFAULT now(),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  settled_at TIMESTAMPTZ,
  CHECK ((state = 'waiting') = (settled_at IS NULL))
);
CREATE INDEX messages_due ON contacts.messages (not_before, message_id) WHERE state = 'waiting';
CREATE INDEX messages_of ON contacts.messages (case_id);

ALTER TABLE contacts.messages ENABLE ROW LEVEL SECURITY;
-- What is about a case is seen with it; what is about nobody, by those of the platform.
CREATE POLICY read_with_case ON contacts.messages FOR SELECT TO raccroche_app USING (
  CASE WHEN case_id IS NULL THEN platform_id = ANY (ARRAY(SELECT access.platforms_for('case.read')))
    ELSE EXISTS (SELECT FROM cases.cases c WHERE c.case_id = messages.case_id) END);
CREATE POLICY add_in_own_name ON contacts.messages FOR INSERT TO raccroche_app WITH CHECK (
  asked_by = access.actor() AND state = 'waiting'
  AND platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act')))
  AND (case_id IS NULL OR EXISTS (SELECT FROM cases.cases c
    WHERE c.case_id = messages.case_id AND c.platform_id = messages.platform_id)));
-- All that a person changes of a message is to withdraw it before it leaves.
CREATE POLICY withdraw_in_territory ON contacts.messages FOR UPDATE TO raccroche_app
  USING (state = 'waiting' AND CASE WHEN case_id IS NULL THEN platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act')))
    ELSE EXISTS (SELECT FROM cases.cases c WHERE c.case_id = messages.case_id
      AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act')))) END)
  WITH CHECK (state = 'withdrawn');
GRANT USAGE ON SCHEMA contacts TO raccroche_app;
GRANT SELECT, INSERT (key, kind, channel, address, subject, body, attachment, case_id, platform_id, not_before),
  UPDATE (state, settled_at) ON contacts.messages TO raccroche_app;

-- Whether anything may still be sent about a case: it is open, its use is not restricted, no death is to be checked.
CREATE FUNCTION contacts.may_write_about(wanted UUID) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT FROM cases.cases c WHERE c.case_id = wanted AND c.pathway <> 'closed' AND c.merged_into IS NULL
    AND c.verification_reason IS DISTINCT FROM 'deceased' AND NOT privacy.is_restricted(c.case_id)
    AND NOT EXISTS (SELECT FROM lists.published_entries e
      WHERE e.siei = c.siei AND e.entry -> 'flags' @> '["death_to_check"]'))
$$;

-- How a message ended, and the line of the trail that tells it: codes, no address and no word of it.
CREATE FUNCTION contacts.settle(wanted UUID, ended TEXT, why TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE message contacts.messages;
BEGIN
  UPDATE contacts.messages m SET state = ended, failure = why, settled_at = now()
  WHERE m.message_id = wanted AND m.state = 'waiting' RETURNING * INTO message;
  IF message.message_id IS NULL THEN RETURN; END IF;
  PERFORM audit.append('program:messenger', 'follow_up', 'message.' || ended,
    array_remove(ARRAY[message.case_id::TEXT, wanted::TEXT], NULL),
    jsonb_build_object('kind', message.kind, 'channel', message.channel));
END $$;
REVOKE ALL ON FUNCTION contacts.may_write_about(UUID), contacts.settle(UUID, TEXT, TEXT) FROM PUBLIC;
