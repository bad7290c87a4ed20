-- What the worklist is narrowed by, as the last list that bore somebody told it: their last training by its code and its level of
-- the French scale, and whether a mission locale knows them. A publication alone writes it. Priority is no column: it is worked
-- out on the day, from what the case holds.
ALTER TABLE cases.cases
  ADD training TEXT,
  ADD training_level SMALLINT CHECK (training_level BETWEEN 1 AND 8),
  ADD mission_locale TEXT NOT NULL DEFAULT 'unknown' CHECK (mission_locale IN ('active', 'known', 'unknown'));

-- Of those who are listed, what their entry says. Whom no list bears any more has none: nothing is known.
UPDATE cases.cases c SET
  training = coalesce(
    CASE left(e.entry -> 'lastTraining' ->> 'mef', 3)
      WHEN '240' THEN 'cap_1' WHEN '241' THEN 'cap_2' WHEN '242' THEN 'cap_3' WHEN '247' THEN 'bac_pro'
      WHEN '250' THEN 'bma' WHEN '251' THEN 'bma' WHEN '271' THEN 'cap_agri' WHEN '276' THEN 'bac_pro_agri' END,
    'level_' || (e.entry -> 'lastTraining' ->> 'leadsTo')),
  training_level = (e.entry -> 'lastTraining' ->> 'leadsTo')::SMALLINT,
  mission_locale = coalesce(e.entry ->> 'missionLocale', 'unknown')
FROM lists.published_entries e WHERE e.siei = c.siei;

-- In the order in which the list is shown: a page of few among many is read without sorting. A school has its index already.
CREATE INDEX cases_by_training ON cases.cases (platform_id, training, sort_name, case_id);
CREATE INDEX cases_by_training_level ON cases.cases (platform_id, training_level, sort_name, case_id);
CREATE INDEX cases_by_mission_locale ON cases.cases (platform_id, mission_locale, sort_name, case_id);
