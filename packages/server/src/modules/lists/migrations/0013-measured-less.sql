-- Three thousand rows tell as much of what is staged as thirty thousand: each is two kilobytes to read.
ALTER FUNCTION lists.measure_staged() SET default_statistics_target = 10;
