import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import type { Fields } from '../../../shared/values/readers';
import { identifier, isFields, fields as readFields, text } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { toId } from '../../../shared/panel/identifiers';
import { invalid } from '../../../shared/panel/invalid';
import { shaped, simplify } from '../shared/simplify';
import { toZone } from '../../../shared/panel/instant';
import { meRequest, profileFields, SIMPLE_KEYS } from './fields';

type Reader = (ctx: IExecuteFunctions, itemIndex: number, value: unknown) => unknown;

function metadata(ctx: IExecuteFunctions, itemIndex: number, value: unknown): unknown {
	const given: unknown = typeof value === 'string' ? jsonParse(value, { fallbackValue: null }) : value;
	if (isFields(given)) return given;
	throw invalid(ctx, itemIndex, 'INVALID_JSON', 'Metadata is not a JSON object', 'Write it as {"key": "value"}.');
}

/** A name or an address may not be emptied by a field that was added and not filled in; a bio may. */
const wordsOrNothing: Reader = (_ctx, _itemIndex, value) => text(value) ?? undefined;

const READERS: Record<string, Reader> = {
	avatarUrl: wordsOrNothing,
	bio: (_ctx, _itemIndex, value) => text(value) ?? '',
	defaultScheduleId: (ctx, itemIndex, value) => toId(ctx, itemIndex, value, 'Default Schedule'),
	email: wordsOrNothing,
	locale: wordsOrNothing,
	metadata,
	name: wordsOrNothing,
	timeFormat: (_ctx, _itemIndex, value) => Number(value),
	timeZone: (ctx, itemIndex, value) => (identifier(value) === null ? undefined : toZone(ctx, itemIndex, value)),
	weekStart: wordsOrNothing,
};

function toBody(ctx: IExecuteFunctions, itemIndex: number, changes: Fields): IDataObject {
	const read = Object.entries(READERS)
		.filter(([name]) => changes[name] !== undefined)
		.map(([name, reader]) => [name, reader(ctx, itemIndex, changes[name])] as const);
	const body: unknown = Object.fromEntries(read.filter(([, value]) => value !== undefined));
	return dataObject.parse(body);
}

/** What to tell of a new address that Cal.com took, and does not use before it is confirmed. */
function waitingAddress(asked: string | null, now: string | null): string | null {
	if (asked === null || asked.toLowerCase() === now?.toLowerCase()) return null;
	return `The new email ${asked} waits for its confirmation: Cal.com has written to it. Until then ${now ?? 'the old one'} stays.`;
}

export const updateMe: Operation = {
	option: {
		name: 'Update Me',
		value: 'updateMe',
		action: 'Update my user',
		description: 'Change the profile of the user that the credential belongs to',
	},
	fields: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'What is left out stays as it is',
			options: profileFields,
		},
		simplify,
	],
	async execute(itemIndex, session) {
		const changes = readFields(this.getNodeParameter('updateFields', itemIndex, {})) ?? {};
		const body = toBody(this, itemIndex, changes);
		if (Object.keys(body).length === 0) {
			throw invalid(
				this,
				itemIndex,
				'NOTHING_TO_CHANGE',
				'There is nothing to change',
				'Add a field under Update Fields and fill it in.',
			);
		}
		const me = await session.request(itemIndex, { ...meRequest(session, 'PATCH'), body }, dataObject);
		const waiting = waitingAddress(text(body.email), text(me.email));
		if (waiting !== null) session.note(waiting);
		return shaped(this, itemIndex, me, SIMPLE_KEYS);
	},
};
