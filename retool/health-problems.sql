-- Query getHealthProblems, for the table "healthProblems": all there is to look at, the most urgent first.
SELECT p.urgency, p.area, calcom.spreadsheet_safe(p.what) AS what, calcom.spreadsheet_safe(p.why) AS why, p.since, p.key
FROM calcom.health_problems AS p
ORDER BY p.urgency, p.since DESC NULLS LAST
LIMIT 500;
