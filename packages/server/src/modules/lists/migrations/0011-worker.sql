-- The worker runs the campaigns that were asked for, and writes how far each is.
GRANT USAGE ON SCHEMA lists TO raccroche_worker;
GRANT SELECT, UPDATE (state, stages, message, seen_at, ended_at) ON lists.campaign_runs TO raccroche_worker;
CREATE POLICY worked ON lists.campaign_runs TO raccroche_worker USING (true) WITH CHECK (true);
