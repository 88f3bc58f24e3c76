-- Query saveNote, for the button "Save note" of a booking. The column is yours: no workflow writes it.
UPDATE calcom.bookings
SET internal_note = nullif(trim({{ bookingNote.value }}::text), ''), updated_at = now()
WHERE uids @> ARRAY[{{ selected.value }}::text];
