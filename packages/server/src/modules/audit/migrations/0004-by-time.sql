-- The trail is searched by day too, without knowing of whom or by whom.
CREATE INDEX entries_by_time ON audit.entries (at);
