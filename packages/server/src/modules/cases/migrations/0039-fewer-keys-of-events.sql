-- Most events are of the lists: nobody did them, and they undo nothing. They stand in no index of what people did.
ALTER TABLE cases.events DROP CONSTRAINT events_undoes_key;
CREATE UNIQUE INDEX events_undoes ON cases.events (undoes) WHERE undoes IS NOT NULL;
DROP INDEX cases.events_by_actor;
CREATE INDEX events_by_actor ON cases.events (actor, recorded_at) WHERE actor IS NOT NULL;
