-- What the worklist shows of an entry besides the name, told once when the lists are staged.
ALTER TABLE lists.staged_entries
  ADD commune TEXT,
  ADD commune_name TEXT,
  ADD last_training TEXT,
  ADD left_on DATE,
  ADD has_phone BOOLEAN NOT NULL DEFAULT false;
