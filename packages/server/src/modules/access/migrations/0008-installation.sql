-- The first people and platforms of an empty base come from the machine itself: whoever owns the base makes them, no role of the
-- program may, and the trail tells it.
ALTER TABLE access.invitations ALTER COLUMN invited_by DROP NOT NULL;  -- none: from the machine

CREATE FUNCTION access.record_installation(action TEXT, subjects TEXT[], details JSONB) RETURNS VOID
LANGUAGE sql SET search_path = pg_catalog AS
  $$ SELECT audit.append('program:installation', 'administration', action, subjects, details) $$;
REVOKE ALL ON FUNCTION access.record_installation(TEXT, TEXT[], JSONB) FROM PUBLIC;

CREATE OR REPLACE FUNCTION access.pending_invitations(of_kind TEXT, of_id TEXT) RETURNS TABLE (
  invitation_id UUID, email TEXT, organisation TEXT, role TEXT, valid_to DATE, invited_by TEXT, expires_at TIMESTAMPTZ
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  IF NOT access.may('member.read', of_kind, of_id) THEN
    PERFORM access.refuse('RA005', 'Ce territoire n’existe pas, ou vous n’y avez pas accès.');
  END IF;
  RETURN QUERY
    SELECT i.invitation_id, i.email, o.name, i.role, i.valid_to, coalesce(p.display_name, 'l’installation'), i.expires_at
    FROM access.invitations i JOIN access.organisations o USING (organisation_id)
    LEFT JOIN access.people p ON p.person_id = i.invited_by
    WHERE i.territory_kind = of_kind AND i.territory_id = of_id
      AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
    ORDER BY i.expires_at, i.invitation_id;
END $$;
