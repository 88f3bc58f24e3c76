// Many people who are to be reminded at once, and whether each has got what is theirs.
import { type E2e, waitFor } from '../support/e2e.mts';
import { type Reminders, caller } from '../support/reminders.mts';

const phone = (number: number) => `+3161300${String(number).padStart(4, '0')}`;

/** Numbered from 0 on, each with a booking and a phone of their own. */
export function callersOf(e2e: E2e, reminders: Reminders) {
	const statuses = async () => (await reminders.rows()).map(({ status }) => status);
	return {
		/** So many bookings whose reminder is due. */
		async book(count: number): Promise<void> {
			for (let at = 0; at < count; at += 1) {
				const name = `P${String(at).padStart(2, '0')}`;
				await reminders.book({ uid: name, attendees: [caller(name, phone(at))] });
			}
		},
		/** Messages handed in (POST) and the list of them asked for (GET). Single ones are looked up for Twilio's reports. */
		requests: async (method: 'POST' | 'GET') =>
			(await e2e.twilio.requests()).filter(
				(request) => request.method === method && /\/Messages\.json/.test(request.path),
			).length,
		/** Who was sent something, each as often as it was. */
		recipients: async () => (await e2e.twilio.outbox()).map(({ to }) => to).sort(),
		/** Each of so many people once. */
		everyone: (count: number) => Array.from({ length: count }, (_, at) => phone(at)),
		statuses,
		/** Whatever Twilio has reported of them since. */
		allSent: (count: number) =>
			waitFor('all of them sent', async () => {
				const found = await statuses();
				return found.length === count && found.every((status) => status === 'sent' || status === 'delivered');
			}),
		async allDelivered(count: number): Promise<void> {
			const isSo = async () => {
				const found = await statuses();
				return found.length === count && found.every((status) => status === 'delivered');
			};
			await waitFor('all of them delivered', isSo).catch(async (error: unknown) => {
				// Never sent is another thing than sent, and Twilio's report of it lost.
				const [known, sent] = [await statuses(), (await e2e.twilio.outbox()).length];
				throw new Error(`${String(known)} are known, ${String(sent)} were sent`, { cause: error });
			});
		},
	};
}
export type Callers = ReturnType<typeof callersOf>;
