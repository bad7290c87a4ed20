-- A move is announced to both sides when the list of the new place is not published yet: the case stays where it is until then.
ALTER TABLE cases.transfers
  ADD announced BOOLEAN NOT NULL DEFAULT false,
  ADD publication_id BIGINT REFERENCES lists.publications;   -- none: a platform handed it over

-- Cases by département, for whoever decides what to publish: counts, never a case.
CREATE FUNCTION cases.count_by_department() RETURNS TABLE (department TEXT, listed BIGINT)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  PERFORM lists.require_campaign_manager();
  RETURN QUERY SELECT c.department, count(*) FILTER (WHERE c.listed) FROM cases.cases c GROUP BY c.department;
END $$;
REVOKE ALL ON FUNCTION cases.count_by_department() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.count_by_department() TO raccroche_app;
