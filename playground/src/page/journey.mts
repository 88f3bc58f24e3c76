// How far what a person has just done has come, and when it got there: Cal.com has it, n8n has taken the webhooks in, the
// signatures fitted, the rows are written, the SMS is out.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from 'stand-ins/calcom';
import type { DeskBooking } from '../desk.mts';

const NAMES = ['booked', 'delivered', 'verified', 'rows', 'sms'] as const;
export type StationName = (typeof NAMES)[number];

export interface Station {
	name: StationName;
	/** `none`: there is nothing to come, e.g. no SMS is due. */
	state: 'waiting' | 'done' | 'failed' | 'none';
	/** Since the button was pressed. */
	ms: number | null;
	/** What came of it, in a few words. */
	says: string;
}

export interface Journey {
	/** Another one for each. */
	id: number;
	stations: Station[];
	isOver: boolean;
}

/** What the inbox knows of a booking since a moment. */
export interface Inbox {
	/** When the first workflow took the event in, which it does with a signature that fits only. */
	received: Date;
	/** How many workflows have begun, and how many of them are done. */
	begun: number;
	done: number;
	/** When the last of them that had something to write was. */
	processed: Date | null;
	/** Why one failed. */
	error: string | null;
}

/** Where to look. */
export interface Witness {
	onDelivery(listener: (delivery: Delivery) => void): () => void;
	/** How many workflows that write rows listen at these addresses. */
	writers(deliveries: Pick<Delivery, 'subscriberUrl'>[]): number;
	inbox(uid: string, since: Date): Promise<Inbox | null>;
	/** Sends what is due; null where nothing sends. */
	remind: (() => Promise<unknown>) | null;
	/** The first SMS about a booking since a moment. */
	sms(uid: string, since: Date): Promise<{ at: Date; text: string } | null>;
}

export interface Patience {
	rowsMs: number;
	everyMs: number;
}

const PATIENCE: Patience = { rowsMs: 30_000, everyMs: 50 };

export function openJourneys(witness: Witness, { rowsMs, everyMs }: Patience = PATIENCE) {
	let current: Journey | null = null;
	let last = Date.now();

	/** Follows what is done at Cal.com; resolves with its booking, while rows and SMS may still be to come. */
	async function follow(work: () => Promise<DeskBooking>): Promise<DeskBooking> {
		const began = new Date();
		const stations = NAMES.map((name): Station => ({ name, state: 'waiting', ms: null, says: '' }));
		last += 1;
		const journey: Journey = { id: last, stations, isOver: false };
		current = journey;
		const since = (at: Date | number) => Math.max(0, Math.round(Number(at) - began.getTime()));
		const reach = (name: StationName, state: Station['state'], ms: number | null, says: string) => {
			const station = stations.find((one) => one.name === name);
			if (station?.state === 'waiting') Object.assign(station, { state, ms, says });
		};
		const end = (says: string) => {
			for (const { name } of stations) reach(name, 'none', null, says);
			journey.isOver = true;
		};

		const deliveries: Delivery[] = [];
		const stopHearing = witness.onDelivery((delivery) => {
			deliveries.push(delivery);
			reach('booked', 'done', since(new Date(delivery.sentAt)), 'Cal.com has it');
		});
		let booking: DeskBooking;
		try {
			booking = await work();
		} catch (error) {
			reach('booked', 'failed', since(Date.now()), error instanceof Error ? error.message : String(error));
			end('not reached');
			throw error;
		} finally {
			stopHearing();
		}
		reach('booked', 'done', since(Date.now()), 'Cal.com has it');
		void arrive(booking, deliveries)
			.catch((error: unknown) => {
				const waiting = stations.find(({ state }) => state === 'waiting');
				if (waiting)
					reach(waiting.name, 'failed', null, error instanceof Error ? error.message : String(error));
			})
			.then(() => {
				end('not reached');
			});
		return booking;

		async function arrive({ uid }: DeskBooking, sent: Delivery[]): Promise<void> {
			if (sent.length === 0) {
				end('Nobody listens.');
				return;
			}
			const answered = Math.max(...sent.map(({ sentAt, ms }) => since(new Date(sentAt)) + ms));
			const silent = sent.find(({ status }) => status === null);
			const refused = sent.find(({ status }) => status !== null && (status < 200 || status > 299));
			if (silent) {
				reach('delivered', 'failed', answered, silent.error ?? 'no answer');
				return;
			}
			// The answer is on its way while the workflow already runs: it may come after the next stations.
			const handedOver = Math.max(...sent.map(({ sentAt }) => since(new Date(sentAt))));
			reach('delivered', 'done', handedOver, `n8n has taken ${counted(sent.length, 'webhook')}`);
			if (refused) {
				reach('verified', 'failed', answered, `n8n answered ${String(refused.status)}`);
				return;
			}
			const found = await untilWritten(uid, witness.writers(sent));
			if (found && found.error !== null) {
				reach('rows', 'failed', null, found.error);
				return;
			}
			if (!found || found.done < found.begun) {
				reach(found ? 'rows' : 'verified', 'failed', null, `nothing after ${String(rowsMs / 1000)} s`);
				return;
			}
			if (found.processed)
				reach('rows', 'done', since(found.processed), `written by ${counted(found.done, 'workflow')}`);
			else reach('rows', 'none', null, 'nothing new to write');
			if (!witness.remind) {
				reach('sms', 'none', null, 'no workflow sends any');
				return;
			}
			await witness.remind();
			const sms = await witness.sms(uid, began);
			if (sms) reach('sms', 'done', since(sms.at), sms.text);
			else reach('sms', 'none', null, 'none is due');
		}

		async function untilWritten(uid: string, writers: number): Promise<Inbox | null> {
			let found: Inbox | null = null;
			for (const deadline = Date.now() + rowsMs; Date.now() < deadline; await sleep(everyMs)) {
				found = await witness.inbox(uid, began);
				if (!found) continue;
				reach('verified', 'done', since(found.received), 'the signature fits');
				if (found.error !== null || (found.begun >= writers && found.done === found.begun)) return found;
			}
			return found;
		}
	}

	return {
		follow,
		/** The latest, or null before the first. */
		current: () => current,
	};
}

const counted = (count: number, what: string) => `${String(count)} ${what}${count === 1 ? '' : 's'}`;
