-- Continuity of people: whoever was the referent of a case that leaves their platform still reads it for thirty days, to hand it
-- over in words. An opening like the others: kept, seen by those who follow now, lost with the right to open.
CREATE FUNCTION cases.open_for_former_referent() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF access.may_be_opened_for(OLD.referent) THEN
    PERFORM access.open_for(OLD.referent, NEW.siei, NEW.platform_id, 'former_referent',
      'Suivait la personne avant son changement de plateforme.', 30);
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION cases.open_for_former_referent() FROM PUBLIC;
CREATE TRIGGER former_referent_reads AFTER UPDATE OF platform_id ON cases.cases
  FOR EACH ROW WHEN (OLD.referent IS NOT NULL AND OLD.platform_id IS DISTINCT FROM NEW.platform_id)
  EXECUTE FUNCTION cases.open_for_former_referent();
