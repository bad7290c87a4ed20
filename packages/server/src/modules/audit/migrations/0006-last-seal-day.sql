-- Whether the trail was sealed lately is all that the service asks of the seals.
GRANT USAGE ON SCHEMA audit TO raccroche_monitor;
GRANT SELECT (day) ON audit.seals TO raccroche_monitor;
