-- Of what is asked of a département, who asks is named too.
CREATE OR REPLACE FUNCTION access.notice_names(n access.notices) RETURNS TEXT
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT CASE
    WHEN n.kind IN ('case_opened_elsewhere', 'request_to_department') THEN access.name_of((n.details ->> 'person')::UUID)
    WHEN starts_with(n.kind, 'quota_') THEN access.name_of(n.about)
    WHEN starts_with(n.kind, 'right_') THEN (SELECT access.name_of(m.person_id) FROM access.memberships m WHERE m.membership_id = n.about)
    WHEN starts_with(n.kind, 'replacement_') THEN (
      SELECT access.name_of(r.substitute) || ' pour ' || access.name_of(m.person_id)
      FROM access.replacements r JOIN access.memberships m USING (membership_id) WHERE r.replacement_id = n.about)
  END
$$;
