// What people at the school and their students do beside Cal.com: send what is due, answer an SMS, edit a service on
// either side, settle a conflict, sync. The same doors as in real life: Twilio's webhook, Cal.com's API, template 08.
import { FetchError, ofetch } from 'ofetch';
import { z } from 'zod';
import { type Desk, type DeskBooking, openDesk } from './desk.mts';
import { somebody } from './people.mts';
import type { Playground } from './playground.mts';
import { keepOpen, startIn } from './soon.mts';
import { CALLER_HEADER } from './templates.mts';

const REMINDERS = '03-appointment-reminders';
const SYNC = '05-service-sync';
const EVENT_TYPES = '2024-06-14';

export type Side = 'ours' | 'theirs';

export interface Office {
	/** Books a Level Check that starts this many hours from now: its reminder is due at once. */
	bookSoon(hours: number): Promise<DeskBooking>;
	/** Runs the reminders now; each of these answers with a sentence about what was done. */
	remind(): Promise<string>;
	/** @param from the attendee's number */
	reply(from: string, text: string): Promise<string>;
	/** Writes another description, into the table or into Cal.com. */
	edit(service: string, side: Side): Promise<string>;
	/** Says which side of a conflict is right, as Retool does. */
	settle(service: string, field: string, choice: Side): Promise<string>;
	sync(): Promise<string>;
}

type Needed = Pick<Playground, 'calcom' | 'db' | 'n8n' | 'run' | 'twilio' | 'webhookSecret'>;

const linkedSchema = z.object({ name: z.string(), event_type: z.number().nullable() });
const answerSchema = z.object({ message: z.string() });

export function openOffice(
	{ calcom, db, n8n, run, twilio, webhookSecret }: Needed,
	desk: Desk = openDesk(calcom),
): Office {
	const serviceOf = async (id: string) => {
		const found = await db.query(
			'SELECT name, calcom_event_type_id::int AS event_type FROM calcom.services WHERE id::text = $1',
			[id],
		);
		if (found.rows.length === 0) throw new Error('There is no such service any more.');
		return linkedSchema.parse(found.rows[0]);
	};
	const edits = {
		async ours(id: string, text: string) {
			await db.query('UPDATE calcom.services SET description = $2, updated_at = now() WHERE id::text = $1', [
				id,
				text,
			]);
		},
		async theirs(id: string, text: string) {
			const { event_type: eventType } = await serviceOf(id);
			if (eventType === null) throw new Error('This service is not linked with Cal.com yet. Sync first.');
			const headers = { authorization: `Bearer ${calcom.apiKey}`, 'cal-api-version': EVENT_TYPES };
			const body = { description: text };
			await ofetch(`${calcom.url}/event-types/${String(eventType)}`, {
				method: 'PATCH',
				headers,
				body,
				retry: 0,
			});
		},
	};
	const whose = { ours: 'the office', theirs: 'Cal.com' };
	return {
		async bookSoon(hours) {
			const start = startIn(hours, new Date());
			keepOpen(calcom, start);
			return await desk.book(somebody(), start);
		},
		async remind() {
			await run(REMINDERS);
			return 'Reminders: what was due has been sent.';
		},
		async reply(from, text) {
			await twilio.reply(from, text);
			return `${from} has answered "${text}".`;
		},
		async edit(service, side) {
			const { name } = await serviceOf(service);
			await edits[side](service, `As ${whose[side]} worded it at ${new Date().toISOString().slice(11, 19)} UTC`);
			return `${name} has another description in ${side === 'ours' ? 'the table' : 'Cal.com'}.`;
		},
		async settle(service, field, choice) {
			const body = { action: 'resolve_conflict', service_id: service, field, choice, by: 'the playground' };
			const headers = { [CALLER_HEADER.name]: webhookSecret };
			try {
				const answer = await ofetch(`${n8n.url}/webhook/calcom-actions`, {
					method: 'POST',
					headers,
					body,
					retry: 0,
				});
				return answerSchema.parse(answer).message;
			} catch (error) {
				const said = error instanceof FetchError ? answerSchema.safeParse(error.data) : null;
				throw said?.success ? new Error(said.data.message, { cause: error }) : error;
			}
		},
		async sync() {
			await run(SYNC);
			return 'The services and Cal.com have been brought in step.';
		},
	};
}
