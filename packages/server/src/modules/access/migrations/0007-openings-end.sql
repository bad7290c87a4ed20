-- An opening outside one's territory is kept as long as the case, and ends with it: only the keeper's purge removes it.
CREATE OR REPLACE FUNCTION access.refuse_opening_change() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_user = 'raccroche_keeper' THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'openings are kept' USING ERRCODE = 'insufficient_privilege';
END $$;
