-- What the worklist is narrowed by besides, told once when the lists are staged.
ALTER TABLE lists.staged_entries
  ADD training TEXT,
  ADD training_level SMALLINT,
  ADD mission_locale TEXT NOT NULL DEFAULT 'unknown';
