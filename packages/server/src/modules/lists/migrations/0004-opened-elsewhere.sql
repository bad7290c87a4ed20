-- A case that somebody opened outside of their zone shows its entry too, for as long as it is open.
CREATE POLICY read_when_opened ON lists.published_entries FOR SELECT TO raccroche_app
  USING (siei = ANY (ARRAY(SELECT access.opened_siei())));
