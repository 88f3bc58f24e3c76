-- Query getStaff: the values of the select "teacher".
SELECT s.id, coalesce(s.name, s.email) AS name
FROM calcom.staff AS s
WHERE s.active
ORDER BY 2;
