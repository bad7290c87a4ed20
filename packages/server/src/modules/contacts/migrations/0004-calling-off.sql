-- That an appointment does not take place may still be told once its case is closed: whoever was invited would come. Not about who
-- has died or may have, nor while the person has the use of their data restricted.
CREATE FUNCTION contacts.may_call_off(wanted UUID) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT FROM cases.cases c WHERE c.case_id = wanted
    AND c.verification_reason IS DISTINCT FROM 'deceased' AND NOT privacy.is_restricted(c.case_id)
    AND NOT EXISTS (SELECT FROM lists.published_entries e
      WHERE e.siei = c.siei AND e.entry -> 'flags' @> '["death_to_check"]'))
$$;
REVOKE ALL ON FUNCTION contacts.may_call_off(UUID) FROM PUBLIC;
