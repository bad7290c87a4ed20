-- The worker sends what the systems of partners are to be told, and writes how it went.
GRANT USAGE ON SCHEMA partners TO raccroche_worker;
GRANT SELECT, UPDATE (tries, next_try_at, delivered_at, last_code) ON partners.messages TO raccroche_worker;
GRANT SELECT, UPDATE (failing_since, suspended_at, suspended_for) ON partners.webhooks TO raccroche_worker;
CREATE POLICY worked ON partners.messages TO raccroche_worker USING (true) WITH CHECK (true);
CREATE POLICY worked ON partners.webhooks TO raccroche_worker USING (true) WITH CHECK (true);
