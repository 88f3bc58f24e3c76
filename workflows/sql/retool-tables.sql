-- Tables of the actions that people start in Retool. Safe to run again: nothing that exists is changed or removed.

CREATE TABLE IF NOT EXISTS calcom.action_log (
	action_id   text PRIMARY KEY,                         -- the caller's, or made of what was asked and when
	action      text NOT NULL,                            -- cancel, assign_teacher, …
	target      text NOT NULL,                            -- booking or service, with its id
	digest      text NOT NULL,                            -- of what was asked: tells a double click
	body        jsonb NOT NULL,
	asked_by    text,
	status      text NOT NULL DEFAULT 'processing' CHECK (status IN ('processing', 'done', 'failed')),
	answer      jsonb,                                    -- what Retool was told
	attempts    integer NOT NULL DEFAULT 1,
	claimed_by  text,                                     -- n8n's execution
	claimed_at  timestamptz NOT NULL DEFAULT now(),
	finished_at timestamptz
);
CREATE INDEX IF NOT EXISTS action_log_target_idx ON calcom.action_log (target, claimed_at);
