-- Query getBookingAnswers: what the booker answered to the questions of the booking form.
SELECT calcom.spreadsheet_safe(answer.key) AS question,
	calcom.spreadsheet_safe(CASE jsonb_typeof(answer.value) WHEN 'string' THEN answer.value #>> '{}' WHEN 'null' THEN NULL ELSE answer.value::text END) AS answer
FROM calcom.bookings AS b
CROSS JOIN LATERAL jsonb_each(b.responses) AS answer
WHERE b.uids @> ARRAY[{{ selected.value }}::text]
ORDER BY answer.key;
