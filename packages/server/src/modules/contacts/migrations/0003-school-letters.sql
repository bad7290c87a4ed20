-- A school without an e-mail address is asked by a printed letter: a code to type in the place of a link to follow. A letter is of
-- one platform, which prints and posts it.
ALTER TABLE contacts.school_links ADD platform_id UUID REFERENCES access.platforms;   -- of a letter; none: it leaves by e-mail

-- Puts under one link the questions of the platform of a case to its school that have not left, or whose time is over, and keeps
-- the hash of one more code that opens it. A letter printed again has a code of its own; the first still answers.
CREATE FUNCTION contacts.make_school_letter(of_case UUID, code_hash BYTEA, days INT) RETURNS TABLE (
  school TEXT, uai TEXT, platform TEXT, questions INT, last_day DATE
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
  about cases.cases;
  link contacts.school_links;
  asked UUID[];
BEGIN
  SELECT * INTO about FROM cases.cases c
  WHERE c.case_id = of_case AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act')));
  IF about.case_id IS NULL THEN PERFORM access.refuse('RA005', 'Ce dossier n’existe pas, ou ne dépend pas de vous.'); END IF;
  IF EXISTS (SELECT FROM contacts.schools s WHERE s.uai = about.origin_uai) THEN
    PERFORM access.refuse('RA004', 'Cet établissement a une adresse électronique : la question part d’elle-même.');
  END IF;
  -- Two who print at once print of one link.
  PERFORM pg_advisory_xact_lock(7271640);
  SELECT l.* INTO link FROM contacts.school_links l
  WHERE l.uai = about.origin_uai AND l.platform_id = about.platform_id AND l.expires_at > now()
  ORDER BY l.made_at DESC, l.link_id LIMIT 1;
  asked := ARRAY(SELECT q.question_id FROM contacts.school_questions q JOIN cases.cases c USING (case_id)
    LEFT JOIN contacts.school_links l USING (link_id)
    WHERE q.uai = about.origin_uai AND c.platform_id = about.platform_id AND contacts.waits(q)
      AND (l.link_id IS NULL OR l.link_id = link.link_id OR l.expires_at <= now()));
  IF cardinality(asked) = 0 THEN
    PERFORM access.refuse('RA004', 'Aucune question à cet établissement n’attend de partir.');
  END IF;
  IF link.link_id IS NULL THEN
    INSERT INTO contacts.school_links (uai, platform_id, expires_at)
    VALUES (about.origin_uai, about.platform_id, now() + make_interval(days => days)) RETURNING * INTO link;
  ELSE
    UPDATE contacts.school_links l SET expires_at = now() + make_interval(days => days)
    WHERE l.link_id = link.link_id RETURNING * INTO link;
  END IF;
  UPDATE contacts.school_questions q SET link_id = link.link_id WHERE q.question_id = ANY (asked);
  INSERT INTO contacts.school_link_tokens (token_hash, link_id) VALUES (code_hash, link.link_id);
  PERFORM access.record('school_letter.printed',
    ARRAY(SELECT q.case_id::TEXT FROM contacts.school_questions q WHERE q.question_id = ANY (asked) ORDER BY 1),
    jsonb_build_object('link', link.link_id, 'school', about.origin_uai));
  RETURN QUERY SELECT (SELECT r.name FROM contacts.school_reach(about.origin_uai) r), about.origin_uai,
    (SELECT p.name FROM access.platforms p WHERE p.platform_id = about.platform_id), cardinality(asked),
    (link.expires_at AT TIME ZONE 'Europe/Paris')::DATE - 1;
END $$;
REVOKE ALL ON FUNCTION contacts.make_school_letter(UUID, BYTEA, INT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION contacts.make_school_letter(UUID, BYTEA, INT) TO raccroche_app;
