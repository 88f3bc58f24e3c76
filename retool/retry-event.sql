-- Query retryEvent, for the button "Try again" of the table "healthProblems" (area: events).
SELECT claim.consumer, calcom.retry_claim(claim.event_key, claim.consumer) AS status
FROM calcom.event_claims AS claim
JOIN calcom.consumers AS known USING (consumer)
WHERE claim.event_key = {{ healthProblems.selectedRow.key }}::text AND claim.status <> 'processed';
