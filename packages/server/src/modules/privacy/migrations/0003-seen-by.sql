-- What an extract tells of who read or changed a case: the role and the organisation that the person of the trail had that day, the
-- kind of a partner's system, or the program; never a name. For the keeper, and for an officer of data protection alone.
CREATE FUNCTION privacy.seen_by(wanted TEXT) RETURNS TABLE (at TIMESTAMPTZ, action TEXT, purpose TEXT, role TEXT, organisation TEXT)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  -- The role that was entered, which a function of the owner does not leave.
  IF current_setting('role') <> 'raccroche_keeper' AND NOT EXISTS (SELECT FROM access.territories_for('privacy.handle')) THEN
    RAISE EXCEPTION 'not for you' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY
    SELECT e.at, e.action, e.purpose, coalesce(m.role, 'system:' || s.kind), o.name
    FROM audit.entries e
    LEFT JOIN LATERAL (
      SELECT h.role, h.organisation_id FROM access.memberships h
      WHERE h.person_id::TEXT = e.actor AND e.at::DATE BETWEEN h.valid_from AND coalesce(h.valid_to, 'infinity')
      ORDER BY h.valid_from DESC, h.membership_id LIMIT 1
    ) m ON true
    LEFT JOIN access.partners s ON s.partner_id::TEXT = e.actor
    LEFT JOIN access.organisations o ON o.organisation_id = coalesce(m.organisation_id, s.organisation_id)
    WHERE e.subjects @> ARRAY[wanted] ORDER BY e.at DESC, e.chain, e.position;
END $$;
REVOKE ALL ON FUNCTION privacy.seen_by(TEXT) FROM PUBLIC;
GRANT USAGE ON SCHEMA privacy TO raccroche_officer, raccroche_keeper;
GRANT EXECUTE ON FUNCTION privacy.seen_by(TEXT) TO raccroche_officer, raccroche_keeper;
