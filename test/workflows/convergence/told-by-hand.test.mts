// Lives that the stand-in of Cal.com does not tell, told by hand: in every order, with repeats, and also where only one
// of the templates is in use.
import { depth } from '../../support/depth.mts';
import { bookingEvent } from '../event-builder.mts';
import { STORIES } from '../stories.mts';
import { LIVES } from './expected.mts';
import { type Grounds, startGround } from './ground.mts';
import { endAsInOrder } from './orders.mts';
import { TEMPLATES } from './template-steps.mts';

let ground: Grounds;
beforeAll(async () => {
	ground = await startGround(bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0 }));
	await ground.query(
		"INSERT INTO calcom.services (name, calcom_event_type_id, branch_id, price) VALUES ('Level Check', 1, 'north', 45)",
	);
}, 120_000);
afterAll(() => ground.stop());

const NOW = '2026-12-20T09:00:00.000Z';
const BOTH = TEMPLATES.map(({ name }) => name);
/** What has more deliveries is tried in some orders in the gate, and by both templates. */
const SHORT = depth(4, Infinity);

const TRIED = STORIES.filter(({ life }) => life === undefined || depth(false, true)).flatMap((story) =>
	[BOTH, ...(story.deliveries.length > SHORT ? [] : BOTH.map((name) => [name]))].map((templates) => ({
		...story,
		templates,
		by: templates.join(' and '),
	})),
);

test.each(TRIED)(
	'$name, by $by',
	async ({ deliveries, templates }) => {
		const jobs = deliveries.map((event) => templates.map((template) => ({ template, event })));
		await endAsInOrder(ground, NOW, jobs, deliveries.length > SHORT ? { drawn: 2 } : {});
	},
	120_000,
);

test('what is left to the lives is there', () => {
	const known = LIVES.map(({ name }) => name);
	for (const { life } of STORIES) if (life !== undefined) expect(known).toContain(life);
});
