import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ENTRIES } from '../../../nodes/CalComSync/resources.ts';
import { Account, eventType, run, service } from './support.mts';

const TITLE = { recordField: 'name', calcomField: 'title', mode: 'twoWay' };

/** Runs with these rows and gives the error and how many requests were made until then. */
async function problemOf(
	rows: IDataObject[],
	stored: INodeParameters = {},
): Promise<{ message: string; asked: number }> {
	const account = new Account([eventType(1)]);
	let asked = 0;
	account.fault = () => {
		asked++;
		return undefined;
	};
	const resource = stored.resource ?? 'eventType';
	const table = resource === 'booking' ? 'bookingFields' : 'fields';
	const parameters = { preset: 'custom', [table]: { pairs: rows as INodeParameters[] }, ...stored };
	const outcome = await run(account, [service(1)], parameters).then(
		() => '',
		(error: Error) => error.message,
	);
	return { message: outcome, asked };
}

describe('a table of fields that cannot be used is refused before anything is asked', () => {
	test.each<[string, IDataObject[], INodeParameters, RegExp]>([
		['nothing in it', [], {}, /^No fields are kept in step/],
		['nothing but what is ignored', [{ ...TITLE, mode: 'ignore' }], {}, /^No fields are kept in step/],
		...['record', 'recordFillBlanks', 'twoWay'].map((mode): [string, IDataObject[], INodeParameters, RegExp] => [
			`a read-only field with the owner ${mode}`,
			[{ recordField: 'price', calcomField: 'price', mode }],
			{},
			/^"Price" of Cal\.com cannot be set/,
		]),
		[
			'a path that belongs to the record',
			[{ recordField: 'x', calcomField: 'path', path: 'metadata.x', mode: 'record' }],
			{},
			/cannot be set/,
		],
		[
			'a path that is none',
			[{ recordField: 'x', calcomField: 'path', path: 'a..b', mode: 'calcom' }],
			{},
			/path for "x"/,
		],
		['no column', [{ ...TITLE, recordField: ' ' }], {}, /no record field/],
		['one column twice', [TITLE, { ...TITLE, calcomField: 'slug' }], {}, /column "name" is in two rows/],
		[
			'one field twice',
			[TITLE, { ...TITLE, recordField: 'label' }],
			{},
			/field "title" of Cal\.com is in two rows/,
		],
		[
			'a transform of another kind',
			[{ ...TITLE, transform: 'not' }],
			{},
			/transform "Opposite" does not fit "Title"/,
		],
		['an owner that there is not', [{ ...TITLE, mode: 'both' }], {}, /Row 1 of Fields is not filled in: mode/],
		['a field that there is not', [{ ...TITLE, calcomField: 'colour' }], {}, /event types have no field "colour"/],
		[
			'the column of the key, owned by Cal.com',
			[{ recordField: 'id', calcomField: 'id', mode: 'calcom' }],
			{},
			/"id" is never written/,
		],
		[
			'a protected column, both ways',
			[{ ...TITLE, recordField: 'company_id' }],
			{},
			/"company_id" is never written/,
		],
		['a column of the sync', [{ ...TITLE, recordField: 'sync_state' }], {}, /the sync's own/],
		[
			'a booking field whose switch is off',
			[{ recordField: 'start_time', calcomField: 'start', mode: 'record' }],
			{ resource: 'booking' },
			/not allowed: "Start"/,
		],
	])('%s', async (_what, rows, stored, words) => {
		expect(await problemOf(rows, stored)).toEqual({ message: expect.stringMatching(words), asked: 0 });
	});

	test.each<[string, IDataObject[], INodeParameters]>([
		['a read-only field that Cal.com owns', [{ recordField: 'price', calcomField: 'price', mode: 'calcom' }], {}],
		['a protected column that the record owns', [{ ...TITLE, recordField: 'company_id', mode: 'record' }], {}],
		[
			'a column that is no longer protected',
			[{ ...TITLE, recordField: 'company_id' }],
			{ options: { protectedColumns: '' } },
		],
		['a doubled column that is ignored once', [TITLE, { ...TITLE, calcomField: 'slug', mode: 'ignore' }], {}],
	])('%s is fine', async (_what, rows, stored) => {
		expect(await problemOf(rows, stored)).toEqual({ message: '', asked: 1 });
	});

	test('a key that is empty', async () => {
		expect(await problemOf([TITLE], { recordKey: ' ' })).toEqual({ message: 'Record Key is empty', asked: 0 });
	});

	test('every field of every resource is named once', () => {
		for (const [, { resource }] of ENTRIES) {
			const names = resource.fields.map(({ name }) => name);
			expect(new Set(names).size).toBe(names.length);
		}
	});
});
