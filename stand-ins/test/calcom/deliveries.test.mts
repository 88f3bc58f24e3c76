import { signature } from '../../src/calcom/deliver.mts';
import { isObject } from '../../src/calcom/json.mts';
import type { Json } from '../../src/calcom/json.mts';
import { deliveries } from './support/recordings.mts';
import { inSession } from '../../src/calcom/session.mts';
import type { Received } from '../../src/calcom/session.mts';
import { constantOf, shapeOf } from './support/shape.mts';
import { CASES, book } from './support/stories.mts';
import type { Case } from './support/stories.mts';

const parsed = (text: string, contentType: string): Json =>
	contentType === 'application/json' ? (JSON.parse(text) as Json) : text;

/** The body as a shape; form bodies and filled templates are compared word by word. */
function comparable(body: Json): Json {
	return isObject(body) && 'triggerEvent' in body ? shapeOf(body) : body;
}

async function capture({ story, subscriber, subscribe, index }: Case, event: string): Promise<Received> {
	let found: Received | undefined;
	await inSession(async (session) => {
		if (subscribe) await subscribe(session);
		else await session.subscribe('/all', subscriber);
		await story(session);
		const ofEvent = session.received.filter((delivery) => delivery.event === event);
		found = index === undefined ? ofEvent.at(-1) : ofEvent[index];
	});
	if (!found) throw new Error(`No ${event} arrived`);
	return found;
}

/** Recorded, and not held to: with the reason. */
const LEFT_OUT: Record<string, string> = {
	'203': 'the seats of a teacher whose calendar is a feed, given up all at once: 082 says the same of one seat',
};

describe('deliveries look like the recorded ones', () => {
	test('every recorded delivery has its story', () => {
		expect([...Object.keys(CASES), ...Object.keys(LEFT_OUT)].sort()).toEqual(
			deliveries.map(({ name }) => name.slice(0, 3)),
		);
	});

	const held = deliveries.filter(({ name }) => !(name.slice(0, 3) in LEFT_OUT));

	test.each(held)('$name', async ({ name, event, headerNames, contentType, signed, body }) => {
		const found = CASES[name.slice(0, 3)];
		if (!found) throw new Error('No story');
		const ours = await capture(
			found,
			event === 'TEMPLATE' && contentType !== 'application/json' ? 'TEMPLATE' : event,
		);
		expect(ours.method).toBe('POST');
		// Of the later ones only what Cal.com itself writes was kept.
		const whole = headerNames.includes('host');
		const names = Object.keys(ours.headers).filter((header) => whole || /^(content-type$|x-cal-)/.test(header));
		expect(names.sort()).toEqual(headerNames);
		expect(ours.headers['content-type']).toBe(contentType);
		expect(ours.headers['x-cal-signature-256'] !== 'no-secret-provided').toBe(signed);
		const sent = parsed(ours.text, contentType);
		expect(comparable(sent)).toEqual(comparable(body));
		// As text: the order of the members is part of what is signed.
		expect(JSON.stringify(constantOf(sent))).toEqual(JSON.stringify(constantOf(body)));
	});

	test('the signature is lowercase hex over the exact bytes', async () => {
		const { text, headers } = await capture({ story: book(3) }, 'BOOKING_CREATED');
		expect(headers['x-cal-signature-256']).toBe(signature('whsec-all-0001', text));
		expect(headers['x-cal-signature-256']).toMatch(/^[0-9a-f]{64}$/);
		expect(headers['x-cal-webhook-version']).toBe('2021-10-20');
	});
});
