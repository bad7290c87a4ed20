-- What somebody did today, counted in « Ma journée » at every look.
CREATE INDEX events_by_actor ON cases.events (actor, recorded_at);
