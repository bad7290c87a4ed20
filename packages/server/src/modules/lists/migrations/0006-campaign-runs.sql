-- Campaigns that were asked for from the screens: a worker runs each in a program of its own, and writes here how far it is.
CREATE TABLE lists.campaign_runs (
  run_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  name TEXT NOT NULL,                 -- its folder
  as_of DATE NOT NULL,
  rule_set TEXT NOT NULL,
  previous TEXT,
  allow_missing TEXT[] NOT NULL,
  state TEXT NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'running', 'done', 'withheld', 'failed', 'cancelled')),
  stages TEXT[] NOT NULL DEFAULT '{}', -- those that are finished
  message TEXT,                       -- why it failed: of folders and sources, never of a person
  cancel_asked BOOLEAN NOT NULL DEFAULT false,
  asked_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  seen_at TIMESTAMPTZ,                -- when the worker last said that it runs
  ended_at TIMESTAMPTZ
);
-- One at a time: two would number the same people in one register.
CREATE UNIQUE INDEX one_campaign_at_a_time ON lists.campaign_runs ((true)) WHERE state IN ('asked', 'running');
ALTER TABLE lists.campaign_runs ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_by_manager ON lists.campaign_runs FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM access.territories_for('campaign.manage')));
GRANT SELECT ON lists.campaign_runs TO raccroche_app;

CREATE FUNCTION lists.require_campaign_manager() RETURNS VOID
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM access.territories_for('campaign.manage')) THEN
    PERFORM access.refuse('RA003', 'Vous n’avez pas ce droit.');
  END IF;
END $$;

-- Nobody has heard of it for a while: whatever ran it is gone.
CREATE FUNCTION lists.is_silent(r lists.campaign_runs) RETURNS BOOLEAN LANGUAGE sql STABLE SET search_path = pg_catalog AS
  $$ SELECT r.state = 'running' AND coalesce(r.seen_at, r.asked_at) < now() - INTERVAL '2 minutes' $$;

CREATE FUNCTION lists.ask_campaign(
  with_name TEXT, of_day DATE, rules TEXT, before_it TEXT, missing TEXT[]
) RETURNS UUID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE made UUID;
BEGIN
  PERFORM lists.require_campaign_manager();
  PERFORM access.require_second_factor();
  IF EXISTS (SELECT FROM lists.campaign_runs r WHERE r.state IN ('asked', 'running')) THEN
    PERFORM access.refuse('RA004', 'Une campagne est déjà en cours : attendez sa fin, ou arrêtez-la.');
  END IF;
  INSERT INTO lists.campaign_runs (name, as_of, rule_set, previous, allow_missing)
  VALUES (with_name, of_day, rules, before_it, missing) RETURNING run_id INTO made;
  INSERT INTO jobs.outbox (job, payload) VALUES ('campaign.run', jsonb_build_object('run', made));
  PERFORM access.record('campaign.asked', ARRAY[made::TEXT],
    jsonb_build_object('name', with_name, 'as_of', of_day, 'rules', rules, 'allow_missing', to_jsonb(missing)));
  RETURN made;
END $$;

-- One that waits never begins; one that runs is stopped by its worker; one whose worker is gone is over.
CREATE FUNCTION lists.cancel_campaign(of_run UUID) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found lists.campaign_runs;
BEGIN
  PERFORM lists.require_campaign_manager();
  SELECT * INTO found FROM lists.campaign_runs r WHERE r.run_id = of_run AND r.state IN ('asked', 'running') FOR UPDATE;
  IF found.run_id IS NULL THEN
    PERFORM access.refuse('RA004', 'Cette campagne ne court pas, ou n’existe pas.');
  END IF;
  IF found.state = 'asked' OR lists.is_silent(found) THEN
    UPDATE lists.campaign_runs r SET state = 'cancelled', ended_at = now() WHERE r.run_id = of_run;
  ELSE
    UPDATE lists.campaign_runs r SET cancel_asked = true WHERE r.run_id = of_run;
  END IF;
  PERFORM access.record('campaign.cancelled', ARRAY[of_run::TEXT], jsonb_build_object('name', found.name));
END $$;

CREATE FUNCTION lists.resume_campaign(of_run UUID) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found lists.campaign_runs;
BEGIN
  PERFORM lists.require_campaign_manager();
  PERFORM access.require_second_factor();
  SELECT * INTO found FROM lists.campaign_runs r WHERE r.run_id = of_run FOR UPDATE;
  IF found.run_id IS NULL OR NOT (found.state IN ('failed', 'cancelled') OR lists.is_silent(found)) THEN
    PERFORM access.refuse('RA004', 'Cette campagne n’est pas arrêtée, ou n’existe pas.');
  END IF;
  IF EXISTS (SELECT FROM lists.campaign_runs r WHERE r.state IN ('asked', 'running') AND r.run_id <> of_run) THEN
    PERFORM access.refuse('RA004', 'Une campagne est déjà en cours : attendez sa fin, ou arrêtez-la.');
  END IF;
  UPDATE lists.campaign_runs r SET state = 'asked', message = NULL, cancel_asked = false, ended_at = NULL, seen_at = NULL,
    asked_at = now() WHERE r.run_id = of_run;
  INSERT INTO jobs.outbox (job, payload) VALUES ('campaign.run', jsonb_build_object('run', of_run));
  PERFORM jobs.give_up('campaign.run');
  PERFORM access.record('campaign.resumed', ARRAY[of_run::TEXT], jsonb_build_object('name', found.name));
END $$;

CREATE FUNCTION lists.ask_publication(with_name TEXT, in_folder TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM lists.require_campaign_manager();
  PERFORM access.require_second_factor();
  INSERT INTO jobs.outbox (job, payload) VALUES ('campaign.publish', jsonb_build_object('folder', in_folder));
  PERFORM access.record('campaign.publication_asked', ARRAY[]::TEXT[], jsonb_build_object('name', with_name));
END $$;

REVOKE ALL ON FUNCTION lists.require_campaign_manager(), lists.is_silent(lists.campaign_runs),
  lists.ask_campaign(TEXT, DATE, TEXT, TEXT, TEXT[]), lists.cancel_campaign(UUID), lists.resume_campaign(UUID),
  lists.ask_publication(TEXT, TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lists.is_silent(lists.campaign_runs), lists.ask_campaign(TEXT, DATE, TEXT, TEXT, TEXT[]),
  lists.cancel_campaign(UUID), lists.resume_campaign(UUID), lists.ask_publication(TEXT, TEXT) TO raccroche_app;
