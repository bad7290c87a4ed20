-- Whether a case may be written or reminded about.
GRANT USAGE ON SCHEMA privacy TO raccroche_worker;
GRANT EXECUTE ON FUNCTION privacy.is_restricted(UUID) TO raccroche_worker;
