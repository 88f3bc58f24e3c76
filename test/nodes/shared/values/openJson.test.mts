import { openJson } from '../../../../nodes/shared/values/openJson.ts';
import { delivery, normalize } from '../events/support.mts';

describe('openJson', () => {
	const object = { a: [1, { b: 'c' }] };
	const once = JSON.stringify(object);
	const twice = JSON.stringify(once);
	const thrice = JSON.stringify(twice);

	test.each<[string, unknown, unknown]>([
		['an object', object, object],
		['an object encoded once', once, object],
		['an object encoded twice', twice, object],
		['an object encoded three times stays text', thrice, thrice],
		['an array', '[1,2]', [1, 2]],
		['spaces around it', `\n ${once} `, object],
		['an empty object', '{}', {}],
		['a text', 'Play Bach', 'Play Bach'],
		['a text that looks like JSON', '{not json', '{not json'],
		['a text in quotes', '"quoted"', '"quoted"'],
		['JSON null', 'null', 'null'],
		['a number as text', '12', '12'],
		['an empty text', '', ''],
		['null', null, null],
		['undefined', undefined, undefined],
		['a number', 7, 7],
	])('%s', (_name, value, expected) => {
		expect(openJson(value)).toEqual(expected);
	});
});

describe('what a proxy encoded again', () => {
	const plain = delivery('BOOKING_CREATED', {
		metadata: { leadId: '42' },
		responses: { goals: { label: 'Goals', value: 'Bach' } },
		recurringEvent: { freq: 2, interval: 1, count: 4 },
	});
	const payload = plain.payload;

	test.each<[string, unknown]>([
		['the whole body once', JSON.stringify(plain)],
		['the whole body twice', JSON.stringify(JSON.stringify(plain))],
		['the payload once', { ...plain, payload: JSON.stringify(payload) }],
		['the payload twice', { ...plain, payload: JSON.stringify(JSON.stringify(payload)) }],
		['every object and array of the payload', { ...plain, payload: encodedMembers(payload) }],
	])('%s gives the same event', (_name, body) => {
		expect(normalize(body)).toEqual(normalize(plain));
	});

	function encodedMembers(value: unknown): unknown {
		const members = Object.entries(value ?? {}).map(([key, member]) => [
			key,
			typeof member === 'object' && member !== null ? JSON.stringify(member) : member,
		]);
		return Object.fromEntries(members);
	}
});
