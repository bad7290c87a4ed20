-- As the story of a case: see cases/migrations/0029-plans-kept.sql.
ALTER POLICY read_with_case ON contacts.school_questions
  USING ((SELECT true FROM cases.cases c WHERE c.case_id = school_questions.case_id));
ALTER POLICY read_with_case ON contacts.messages USING (
  CASE WHEN case_id IS NULL THEN platform_id IN (SELECT access.platforms_for('case.read'))
    ELSE (SELECT true FROM cases.cases c WHERE c.case_id = messages.case_id) END);
