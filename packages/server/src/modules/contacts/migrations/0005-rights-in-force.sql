-- A school has a head here while that right is in force: one that is suspended answers nothing.
CREATE OR REPLACE FUNCTION contacts.school_reach(of_uai TEXT) RETURNS TABLE (name TEXT, has_email BOOLEAN, has_head BOOLEAN)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT coalesce((SELECT min(o.name) FROM access.organisations o WHERE o.uai = of_uai), 'établissement ' || of_uai),
    EXISTS (SELECT FROM contacts.schools s WHERE s.uai = of_uai),
    EXISTS (SELECT FROM access.rights_in_force f JOIN access.permissions p USING (role, territory_kind)
      WHERE f.territory_kind = 'establishment' AND f.territory_id = of_uai AND p.permission = 'pupil.answer')
$$;
