-- What the systems of partners are told, and what they deposited. Ids and codes: never a name.
CREATE SCHEMA partners;

-- Where a system wants to be told of the cases of its platforms. Its secret is worked out from the service's key and these
-- numbers: whoever reads the base, or a backup of it, signs nothing.
CREATE TABLE partners.webhooks (
  webhook_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  partner_id UUID NOT NULL REFERENCES access.partners,
  url TEXT NOT NULL CHECK (length(url) <= 500),
  events TEXT[] NOT NULL,               -- as the contract names them
  kinds TEXT[] NOT NULL,                -- kinds of a case's events that give cause for one of these
  secret_no INT NOT NULL DEFAULT 1,
  previous_secret_until TIMESTAMPTZ,    -- until then both secrets sign
  made_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  failing_since TIMESTAMPTZ,
  suspended_at TIMESTAMPTZ,
  suspended_for TEXT CHECK (suspended_for IN ('failures', 'gone')),
  ended_at TIMESTAMPTZ,
  CHECK ((suspended_at IS NULL) = (suspended_for IS NULL))
);
CREATE INDEX webhooks_of ON partners.webhooks (partner_id);

CREATE TABLE partners.messages (
  message_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  webhook_id UUID NOT NULL REFERENCES partners.webhooks,
  kind TEXT NOT NULL,                   -- of the event, or `ping`
  platform_id UUID REFERENCES access.platforms,
  about JSONB NOT NULL DEFAULT '[]',    -- cases, each by its id and SIEI number
  made_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  tries INT NOT NULL DEFAULT 0,
  next_try_at TIMESTAMPTZ DEFAULT now(), -- none: nothing more is tried
  delivered_at TIMESTAMPTZ,
  last_code TEXT
);
CREATE INDEX messages_due ON partners.messages (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX messages_of ON partners.messages (webhook_id, made_at);

-- Files that a system deposited. The file itself lies in the inbox of the campaigns, where no route reads it.
CREATE TABLE partners.deliveries (
  delivery_id UUID PRIMARY KEY,
  partner_id UUID NOT NULL REFERENCES access.partners,
  sha256 TEXT NOT NULL,                 -- of the file and of what was said of it
  bytes BIGINT NOT NULL,
  answer JSONB NOT NULL,                -- counts and codes, as they were answered
  received_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (partner_id, sha256)
);

-- Asks the worker to tell, when what is to be told is committed.
CREATE FUNCTION partners.ask_to_tell() RETURNS VOID LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS
  $$ INSERT INTO jobs.outbox (job, payload) VALUES ('partners.tell', '{}') $$;

-- Is anybody told anything at all? What happens to many cases at once asks first.
CREATE FUNCTION partners.is_heard() RETURNS BOOLEAN LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
  $$ SELECT EXISTS (SELECT FROM partners.webhooks w WHERE w.ended_at IS NULL) $$;

-- Called by the module that knows the cases: what happened to some of one platform. Gives how many messages it makes.
CREATE FUNCTION partners.announce(of_kind TEXT, of_platform UUID, of_cases JSONB) RETURNS INT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE made INT;
BEGIN
  INSERT INTO partners.messages (webhook_id, kind, platform_id, about)
  SELECT w.webhook_id, of_kind, of_platform, of_cases FROM partners.webhooks w
  WHERE w.ended_at IS NULL AND of_kind = ANY (w.kinds) AND access.system_may(w.partner_id, 'webhook.manage', of_platform);
  GET DIAGNOSTICS made = ROW_COUNT;
  IF made > 0 THEN PERFORM partners.ask_to_tell(); END IF;
  RETURN made;
END $$;

ALTER TABLE partners.webhooks ENABLE ROW LEVEL SECURITY;
ALTER TABLE partners.messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE partners.deliveries ENABLE ROW LEVEL SECURITY;

-- A system its own; those who answer for it, to see what became of it.
CREATE POLICY own ON partners.webhooks TO raccroche_app
  USING (partner_id = (SELECT access.actor()) AND EXISTS (SELECT FROM access.territories_for('webhook.manage')))
  WITH CHECK (partner_id = (SELECT access.actor()) AND EXISTS (SELECT FROM access.territories_for('webhook.manage')));
CREATE POLICY read_by_answering ON partners.webhooks FOR SELECT TO raccroche_app
  USING (access.may_of_partner(partner_id, 'partner.read'));
CREATE POLICY read_with_webhook ON partners.messages FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM partners.webhooks w WHERE w.webhook_id = messages.webhook_id));
CREATE POLICY try_own ON partners.messages FOR INSERT TO raccroche_app WITH CHECK (
  kind = 'ping' AND about = '[]' AND platform_id IS NULL AND EXISTS (SELECT FROM partners.webhooks w
    WHERE w.webhook_id = messages.webhook_id AND w.partner_id = (SELECT access.actor())));
CREATE POLICY retry ON partners.messages FOR UPDATE TO raccroche_app USING (
  EXISTS (SELECT FROM partners.webhooks w WHERE w.webhook_id = messages.webhook_id
    AND (w.partner_id = (SELECT access.actor()) OR access.may_of_partner(w.partner_id, 'partner.manage'))));
CREATE POLICY own ON partners.deliveries TO raccroche_app
  USING (partner_id = (SELECT access.actor()) AND EXISTS (SELECT FROM access.territories_for('delivery.push')))
  WITH CHECK (partner_id = (SELECT access.actor()) AND EXISTS (SELECT FROM access.territories_for('delivery.push')));

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA partners FROM PUBLIC;
GRANT USAGE ON SCHEMA partners TO raccroche_app;
GRANT SELECT ON partners.webhooks, partners.messages, partners.deliveries TO raccroche_app;
GRANT INSERT (partner_id, url, events, kinds), UPDATE (secret_no, previous_secret_until, failing_since, suspended_at,
  suspended_for, ended_at) ON partners.webhooks TO raccroche_app;
GRANT INSERT (webhook_id, kind), UPDATE (next_try_at, tries) ON partners.messages TO raccroche_app;
GRANT INSERT ON partners.deliveries TO raccroche_app;
GRANT EXECUTE ON FUNCTION partners.ask_to_tell() TO raccroche_app;
