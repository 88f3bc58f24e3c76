-- Query confirmChange, for the button "It is right" of the table "leadChanges".
SELECT calcom.confirm_answer(a.lead_id, a.booking_uid, {{ current_user.fullName }}::text) AS decided
FROM calcom.lead_answers AS a
WHERE a.lead_id = nullif({{ leadChanges.selectedRow.lead_id }}::text, '')::bigint AND a.booking_uid = {{ leadChanges.selectedRow.booking_uid }}::text;
