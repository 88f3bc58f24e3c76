// The page of a running playground.
import { type Desk, type DeskBooking, openDesk } from '../desk.mts';
import type { Playground } from '../playground.mts';
import { openOffice } from '../office.mts';
import { readRows } from '../rows.mts';
import { CALLER_HEADER } from '../templates.mts';
import { readHealth, readServices, readSms } from '../views.mts';
import { sendAgain } from './again.mts';
import { openJourneys } from './journey.mts';
import { servePage } from './server.mts';
import { witnessOf } from './witness.mts';

const KEPT_DELIVERIES = 30;
/** The template with a form that customers book on. */
const FORM = '07-book-with-availability';

/** Serves the page for this playground until stopped. */
export async function startPage(
	playground: Playground,
	port: number,
): Promise<{ url: string; stop: () => Promise<void> }> {
	const { calcom, canvases, db, editorLogin, n8n, published, twilio, webhookSecret } = playground;
	const plain = openDesk(calcom);
	const office = openOffice(playground, plain);
	const { current, follow } = openJourneys(witnessOf(playground, office));
	return await servePage({
		port,
		desk: followed(plain, follow),
		office: { ...office, bookSoon: (hours) => follow(() => office.bookSoon(hours)) },
		journey: current,
		secret: { ...CALLER_HEADER, value: webhookSecret },
		problems: published.problems,
		login: editorLogin,
		links: [
			{ title: 'n8n', url: n8n.url },
			...(published.on.includes(FORM)
				? [{ title: 'The booking form for customers', url: `${n8n.url}/form/book` }]
				: []),
			...Object.entries(canvases).map(([slug, url]) => ({ title: `Workflow ${slug}`, url })),
		],
		again: async (id, forged) => {
			const found = calcom.deliveries.find((delivery) => delivery.id === id);
			if (!found) throw new Error('That delivery is no longer known.');
			return await sendAgain(found, forged);
		},
		state: async () => ({
			deliveries: calcom.deliveries
				.slice(-KEPT_DELIVERIES)
				.reverse()
				.map((delivery) => deliveryLine(delivery, playground)),
			bookings: await plain.bookings(),
			rows: await readRows(db),
			sms: readSms(twilio),
			services: await readServices(db, calcom),
			health: await readHealth(db),
		}),
	});
}

/** The desk, with all that it does at Cal.com followed on its way. */
function followed(desk: Desk, follow: (work: () => Promise<DeskBooking>) => Promise<DeskBooking>): Desk {
	return {
		book: (...about) => follow(() => desk.book(...about)),
		request: (...about) => follow(() => desk.request(...about)),
		reschedule: (...about) => follow(() => desk.reschedule(...about)),
		cancel: (...about) => follow(() => desk.cancel(...about)),
		confirm: (...about) => follow(() => desk.confirm(...about)),
		decline: (...about) => follow(() => desk.decline(...about)),
		bookings: desk.bookings,
	};
}

type Delivery = Playground['calcom']['deliveries'][number];

/** What is shown of a delivery; headers and body stay here. */
export function deliveryLine(delivery: Delivery, { receiver }: Pick<Playground, 'receiver'>) {
	const { id, event, status, answer, error, ms, sentAt, subscriberUrl } = delivery;
	return { id, event, to: receiver(subscriberUrl), status, answer: error ?? answer, ms, sentAt };
}
