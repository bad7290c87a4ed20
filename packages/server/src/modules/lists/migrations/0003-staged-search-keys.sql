-- What a case is found by: the words of the names with how they sound, and telephones. Side by side: one sound a word.
ALTER TABLE lists.staged_entries
  ADD name_words TEXT[] NOT NULL DEFAULT '{}',
  ADD name_sounds TEXT[] NOT NULL DEFAULT '{}',
  ADD phone_keys TEXT[] NOT NULL DEFAULT '{}';
