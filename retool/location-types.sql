-- Query getLocationTypes: the values of the filter "locationFilter", with how many bookings to come there are of each.
SELECT coalesce(b.location_type, 'unknown') AS location_type, count(*)::int AS bookings
FROM calcom.bookings AS b
WHERE b.status = 'scheduled' AND b.start_time > now()
GROUP BY 1
ORDER BY 2 DESC, 1;
