-- Query saveLead, for the button "Save" of a lead. These columns are yours: no workflow writes them.
UPDATE calcom.leads
SET status = {{ leadStatus.value }}::text, assigned_teacher = nullif(trim({{ leadTeacher.value }}::text), ''), internal_note = nullif(trim({{ leadNote.value }}::text), ''), updated_at = now()
WHERE id = {{ leads.selectedRow.id }}::bigint;
