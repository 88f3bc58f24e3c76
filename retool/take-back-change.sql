-- Query takeBackChange, for the button "Take back" of the table "leadChanges".
SELECT calcom.take_back_answer(a.lead_id, a.booking_uid, {{ current_user.fullName }}::text) AS decided
FROM calcom.lead_answers AS a
WHERE a.lead_id = nullif({{ leadChanges.selectedRow.lead_id }}::text, '')::bigint AND a.booking_uid = {{ leadChanges.selectedRow.booking_uid }}::text;
