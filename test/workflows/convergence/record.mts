// Lives of bookings as the stand-in of Cal.com delivers them to the templates' own webhooks.
import { bookingToEvent } from '../../../nodes/shared/events/fromApi.ts';
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { type NormalizeContext, normalizeDelivery } from '../../../nodes/shared/events/normalize.ts';
import { ALL_TRIGGERS, START, type Session, startSession } from 'stand-ins/calcom/session';
import type { Job } from './ground.mts';
import { TEMPLATES, type Template } from './template-steps.mts';

export type Act = (session: Session) => Promise<void>;

/** One fact as Cal.com told it, to every webhook that asked for it. */
export interface Delivery {
	/** The event's name, for messages. */
	event: string;
	/** What each template that listens does with it. */
	jobs: Job[];
	/** The same fact from a second webhook of each template: sent a moment later. */
	again: Job[];
	/** The same fact told once more, minutes later: who declines twice is told of twice. */
	later: Job[];
}

export interface Recorded {
	/** In the order in which they were sent. */
	deliveries: Delivery[];
	/** The bookings as `GET /bookings` gives them at the end, made into events by the Cal.com node. */
	bookings: CalComEvent[];
	/** Cal.com's clock at the end. */
	now: string;
}

const contextOf = (template: Template | undefined): Omit<NormalizeContext, 'source' | 'verified'> => ({
	tag: null,
	instance: null,
	receivedAt: START.toISOString(),
	includeSecrets: false,
	includeRaw: false,
	defaultCountry: null,
	bookingTypeRules: template?.bookingTypeRules ?? [],
	defaultBookingType: null,
});

/** Which webhook a delivery came by: /<template>/<1 or 2>. */
const webhooks = TEMPLATES.flatMap((template) =>
	[1, 2].map((nth) => ({ path: `/${template.name}/${String(nth)}`, template, nth })),
);

export interface How {
	/** The triggers listen to all events, as some people tick them, and not to those of the template alone. */
	everything?: boolean;
	/** Each template has a second webhook, too. */
	twice?: boolean;
	/** Begins so many seconds later, so that two lives have no moment in common. */
	later?: number;
}

/** Lets the life happen at a stand-in of its own and records what the templates' webhooks are sent. */
export async function record(act: Act, { everything = false, twice = false, later = 0 }: How = {}): Promise<Recorded> {
	let ticks = later * 1000;
	// Each reading of the clock is a moment of its own, as at Cal.com: so no two webhooks are sent the same time.
	const session = await startSession({ now: () => new Date(START.getTime() + (ticks += 1)), rateLimit: 100_000 });
	try {
		for (const { path, template } of webhooks.filter(({ nth }) => twice || nth === 1))
			await session.subscribe(path, { triggers: everything ? ALL_TRIGGERS : template.events });
		await act(session);
		const facts = new Map<string, Delivery>();
		for (const { url, text } of session.received) {
			const webhook = webhooks.find(({ path }) => path === url);
			if (!webhook) throw new Error(`Nobody listens at ${url}`);
			const { template, nth } = webhook;
			const event = normalizeDelivery(JSON.parse(text), {
				...contextOf(template),
				source: 'webhook',
				verified: true,
			});
			const fact = facts.get(event.eventKey) ?? { event: event.event, jobs: [], again: [], later: [] };
			facts.set(event.eventKey, fact);
			const known = fact.jobs.find((job) => job.template === template.name)?.event;
			const late = known && Date.parse(event.occurredAt ?? '') - Date.parse(known.occurredAt ?? '') > 60_000;
			const list = late ? fact.later : nth === 1 ? fact.jobs : fact.again;
			list.push({ template: template.name, event });
		}
		const bookings = [];
		for (const { uid } of session.cal.state.bookings)
			bookings.push(
				bookingToEvent(await session.data('GET', `/bookings/${uid}`), {
					...contextOf(undefined),
					baseUrl: session.cal.url,
				}),
			);
		return {
			deliveries: [...facts.values()].map((fact) => ({
				...fact,
				jobs: inOrder(fact.jobs),
				again: inOrder(fact.again),
			})),
			bookings,
			now: clockOf(session),
		};
	} finally {
		await session.stop();
	}
}

const inOrder = (jobs: Job[]) =>
	jobs.toSorted(
		(one, other) =>
			TEMPLATES.findIndex(({ name }) => name === one.template) -
			TEMPLATES.findIndex(({ name }) => name === other.template),
	);

/** The last moment that anything at Cal.com knows of, and a minute. */
function clockOf({ cal }: Session): string {
	const sent = cal.deliveries.map(({ sentAt }) => Date.parse(sentAt));
	return new Date(Math.max(...sent) + 60_000).toISOString();
}
