-- The worker sends messages and questions to schools. It reads what it sends, draws links, and settles a message by the function that
-- writes the trail.
GRANT USAGE ON SCHEMA contacts TO raccroche_worker;
GRANT SELECT, INSERT (key, kind, channel, address, subject, body, link_id, asked_by), UPDATE (attempts, not_before)
  ON contacts.messages TO raccroche_worker;
GRANT SELECT, INSERT (uai, expires_at), UPDATE (reminded_at) ON contacts.school_links TO raccroche_worker;
GRANT INSERT (token_hash, link_id) ON contacts.school_link_tokens TO raccroche_worker;
GRANT SELECT, UPDATE (link_id) ON contacts.school_questions TO raccroche_worker;
GRANT SELECT (uai, email) ON contacts.schools TO raccroche_worker;
CREATE POLICY worked ON contacts.messages TO raccroche_worker USING (true) WITH CHECK (true);
CREATE POLICY worked ON contacts.school_links TO raccroche_worker USING (true) WITH CHECK (true);
CREATE POLICY worked ON contacts.school_link_tokens FOR INSERT TO raccroche_worker WITH CHECK (true);
CREATE POLICY worked ON contacts.school_questions TO raccroche_worker USING (true) WITH CHECK (true);
CREATE POLICY worked ON contacts.schools FOR SELECT TO raccroche_worker USING (true);
GRANT EXECUTE ON FUNCTION contacts.may_write_about(UUID), contacts.may_call_off(UUID), contacts.settle(UUID, TEXT, TEXT),
  contacts.waits(contacts.school_questions), contacts.school_reach(TEXT) TO raccroche_worker;
