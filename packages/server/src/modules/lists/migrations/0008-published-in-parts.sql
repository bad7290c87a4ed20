-- A campaign may be published some départements at a time: one row an act, and none for what is not published yet.
ALTER TABLE lists.publications
  ADD departments TEXT[],             -- none: all that was not published of this campaign before
  DROP CONSTRAINT publications_manifest_sha256_key;

-- Who is on a list of the campaign that is not being published: neither gone, nor to be opened here.
CREATE UNLOGGED TABLE lists.staged_elsewhere (
  siei TEXT PRIMARY KEY,
  department TEXT NOT NULL,
  platform_id UUID,
  sort_name TEXT NOT NULL,
  birth_date DATE NOT NULL
);
GRANT SELECT, INSERT, TRUNCATE ON lists.staged_elsewhere TO raccroche_publisher;

DROP FUNCTION lists.ask_publication(TEXT, TEXT);
CREATE FUNCTION lists.ask_publication(with_name TEXT, in_folder TEXT, of_departments TEXT[]) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM lists.require_campaign_manager();
  PERFORM access.require_second_factor();
  INSERT INTO jobs.outbox (job, payload)
  VALUES ('campaign.publish', jsonb_build_object('folder', in_folder, 'departments', to_jsonb(of_departments)));
  PERFORM access.record('campaign.publication_asked', ARRAY[]::TEXT[],
    jsonb_build_object('name', with_name, 'departments', to_jsonb(of_departments)));
END $$;
REVOKE ALL ON FUNCTION lists.ask_publication(TEXT, TEXT, TEXT[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lists.ask_publication(TEXT, TEXT, TEXT[]) TO raccroche_app;
