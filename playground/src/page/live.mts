// The page of a running playground.
import { openDesk } from '../desk.mts';
import type { Playground } from '../playground.mts';
import { readRows } from '../rows.mts';
import { sendAgain } from './again.mts';
import { servePage } from './server.mts';

const KEPT_DELIVERIES = 30;

/** Serves the page for this playground until stopped. */
export async function startPage(
	playground: Playground,
	port: number,
): Promise<{ url: string; stop: () => Promise<void> }> {
	const { calcom, canvases, db, editorLogin, n8n } = playground;
	const desk = openDesk(calcom);
	return await servePage({
		port,
		desk,
		login: editorLogin,
		links: [
			{ title: 'n8n', url: n8n.url },
			...Object.entries(canvases).map(([slug, url]) => ({ title: `Workflow ${slug}`, url })),
		],
		again: async (id, forged) => {
			const found = calcom.deliveries.find((delivery) => delivery.id === id);
			if (!found) throw new Error('That delivery is no longer known.');
			return await sendAgain(found, forged);
		},
		state: async () => ({
			deliveries: calcom.deliveries.slice(-KEPT_DELIVERIES).reverse().map(deliveryLine),
			bookings: await desk.bookings(),
			rows: await readRows(db),
		}),
	});
}

type Delivery = Playground['calcom']['deliveries'][number];

/** What is shown of a delivery; headers and body stay here. */
export function deliveryLine({ id, event, status, answer, error, ms, sentAt }: Delivery) {
	return { id, event, status, answer: error ?? answer, ms, sentAt };
}
