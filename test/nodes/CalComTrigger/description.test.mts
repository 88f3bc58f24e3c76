import { readFileSync } from 'node:fs';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { CalCom } from '../../../nodes/CalCom/CalCom.node.ts';
import { CalComTrigger } from '../../../nodes/CalComTrigger/CalComTrigger.node.ts';
import { isOutOfReach } from '../../../nodes/CalComTrigger/reach.ts';
import { EVENT_CATALOG } from '../../../nodes/shared/events/catalog.ts';

const { description, methods } = new CalComTrigger();
const property = (name: string): INodeProperties => {
	const found = description.properties.find((one) => one.name === name);
	if (found === undefined) throw new Error(`No property ${name}`);
	return found;
};
const events = property('events').options as INodePropertyOptions[];

describe('the panel', () => {
	test('counts the actions of the Cal.com node, as n8n shows one entry for both', () => {
		const actions = new CalCom().description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options = [] }) => options);
		expect(description.description).toMatch(new RegExp(`^${String(actions.length)} actions `));
	});

	test('offers every event that can be subscribed to, grouped as in the catalog', () => {
		const offered = EVENT_CATALOG.filter(({ internal }) => !internal).map(({ event }) => event);
		expect(events.map(({ value }) => value)).toEqual(offered);
		expect(new Set(events.map(({ name }) => name)).size).toBe(offered.length);
	});

	test('keeps the events of a category together', () => {
		const categories = EVENT_CATALOG.filter(({ internal }) => !internal).map(({ category }) => category);
		const runs = categories.filter((category, index) => category !== categories[index - 1]);
		expect(new Set(runs).size).toBe(runs.length);
	});

	test('says which events an edition does not know', () => {
		for (const { event, editions, organizationOnly, internal } of EVENT_CATALOG) {
			const shown = events.find(({ value }) => value === event)?.description;
			const limited = organizationOnly === true || !editions.includes('selfHosted');
			if (!internal) expect([event, /only\)$/.test(shown ?? '')]).toEqual([event, limited]);
		}
	});

	test('starts with the three events of a booking’s life', () => {
		expect(property('events').default).toEqual(['BOOKING_CREATED', 'BOOKING_RESCHEDULED', 'BOOKING_CANCELLED']);
	});

	test('asks for the delay only where it counts', () => {
		const delayed = EVENT_CATALOG.filter(({ needsDelay }) => needsDelay).map(({ event }) => event);
		expect(property('delayTime').displayOptions?.show).toEqual({ registration: ['automatic'], events: delayed });
	});

	test('accepting unsigned deliveries is off, and for registration by hand', () => {
		expect(property('acceptUnsigned')).toMatchObject({
			default: false,
			displayOptions: { show: { registration: ['byHand'] } },
		});
	});

	test('every list search that it names is there', () => {
		const named = [...JSON.stringify(description.properties).matchAll(/"searchListMethod":"(\w+)"/g)].map(
			([, name]) => name,
		);
		expect([...new Set(named)].sort()).toEqual(Object.keys(methods.listSearch).sort());
	});

	test('has no option that makes n8n skip reading the body', () => {
		expect(JSON.stringify(property('options'))).not.toContain('binaryData');
	});
});

describe('the node', () => {
	test('has a name and a version of its own', () => {
		expect(description.name).toBe('calComTrigger');
		expect(description.version).toEqual([2]);
	});

	test('lets its own answer through, and tests the credential itself', () => {
		expect(description.webhooks).toEqual([
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'calcom' },
		]);
		expect(description.credentials?.[0]?.testedBy).toBe(Object.keys(methods.credentialTest)[0]);
	});

	test('its codex names it', () => {
		const codex = JSON.parse(
			readFileSync(new URL('../../../nodes/CalComTrigger/CalComTrigger.node.json', import.meta.url), 'utf8'),
		);
		expect(codex.node).toBe(`n8n-nodes-calcom-sync.${description.name}`);
	});
});

describe('reach', () => {
	test.each([
		['http://localhost:5678/webhook/x', true],
		['http://127.0.0.1:5678/x', true],
		['http://[::1]:5678/x', true],
		['http://192.168.1.4/x', true],
		['http://172.20.0.3/x', true],
		['http://n8n.local/x', true],
		['https://n8n.example.com/x', false],
		['https://172.40.0.3/x', false],
		['https://localhost.example.com/x', false],
	])('%s out of reach: %s', (url, expected) => expect(isOutOfReach(url)).toBe(expected));
});
