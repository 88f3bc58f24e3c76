// The reminders that would go out.
import type { Ground } from './ground.mts';

/** Before any appointment of the lives begins, so that there are reminders to plan. */
export const BEFORE_ALL_APPOINTMENTS = '2026-11-20T10:30:00.000Z';

/**
 * What would be sent. Planning runs every few minutes and not per delivery, so rows are left of what was true in
 * between (a time that was given up, silenced since): these are never sent, and so are no part of the comparison.
 */
export async function toSend(at: Ground): Promise<Record<string, unknown>[]> {
	await at.plan();
	return await at.query(`
		SELECT booking_uid, start_time, kind, recipient, attendee, time_zone, due_at, helps_until, attempts
		FROM calcom.reminders WHERE status NOT IN ('skipped', 'silenced') ORDER BY booking_uid, start_time, kind, recipient`);
}
