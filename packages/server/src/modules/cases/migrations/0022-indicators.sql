-- How many cases stand where, by platform, for those who steer: counts, of nobody. The program hides the small ones.
CREATE FUNCTION cases.indicator_counts() RETURNS TABLE (
  region TEXT, department TEXT, platform_id UUID, platform TEXT, state TEXT, cases INT
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH counted AS (
    SELECT c.department, c.platform_id,
      CASE
        WHEN c.verification = 'refuted' THEN 'not_to_follow'
        WHEN c.outcome IN ('training', 'apprenticeship', 'employment', 'civic_service') THEN 'closed_in_solution'
        WHEN c.pathway = 'closed' THEN 'closed_otherwise'
        WHEN c.pathway IN ('entered', 'holding') THEN 'in_solution'
        WHEN c.verification = 'to_verify' THEN 'to_verify'
        ELSE 'in_progress'
      END AS state, count(*)::INT AS cases
    FROM cases.cases c WHERE c.merged_into IS NULL GROUP BY 1, 2, 3
  ), placed AS (
    -- Who is in no zone counts in the département, whose région its platforms tell.
    SELECT coalesce(p.region, (SELECT min(o.region) FROM access.platforms o WHERE o.department = k.department)) AS region,
      coalesce(p.department, k.department) AS department, k.platform_id, p.name AS platform, k.state, k.cases
    FROM counted k LEFT JOIN access.platforms p USING (platform_id)
  )
  SELECT * FROM placed WHERE EXISTS (SELECT FROM access.territories_for('indicators.read') t
    WHERE t.territory_kind = 'nation' OR (t.territory_kind = 'region' AND t.territory_id = placed.region))
$$;
REVOKE ALL ON FUNCTION cases.indicator_counts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.indicator_counts() TO raccroche_app;
