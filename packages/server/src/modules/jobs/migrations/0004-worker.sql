-- The worker takes what was asked, and asks again. To take a row that no other worker has is to lock it, which wants the right to
-- change one column; this one never changes.
GRANT USAGE ON SCHEMA jobs TO raccroche_worker;
GRANT SELECT, INSERT (job, payload), UPDATE (outbox_id), DELETE ON jobs.outbox TO raccroche_worker;
