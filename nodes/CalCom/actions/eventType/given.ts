import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Fields } from '../../../shared/values/readers';
import { isFields, own } from '../../../shared/values/readers';
import { invalid } from '../../../shared/panel/invalid';
import { readJson } from '../shared/json';
import type { FormChange } from './bookingFieldsPanel';
import { assertNamed, questionList, readFormChange } from './bookingFieldsPanel';
import { GROUP_NAMES, inputNamed, READ_ONLY } from '../../../shared/eventTypes/inputs';
import type { BelongsTo } from '../../../shared/eventTypes/scope';

/** What the user gives of an event type. */
export interface Given {
	/** By Cal.com's name; without the booking form. */
	values: Fields;
	/** What to do to the booking form; null when nothing. */
	form: FormChange | null;
}

const object = z.custom<Fields>(isFields, 'must be an object');

export const fieldsJson: INodeProperties = {
	displayName: 'Fields (JSON)',
	name: 'fieldsJson',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {{ {"title": $json.name, "lengthInMinutes": $json.minutes} }}',
	description:
		"More fields in Cal.com's own form, for records that come with an expression. Where a field is given above as well, this one counts.",
};

/** The values of a part of the panel, as Cal.com takes them; what is not filled in is left out. */
function panelValues(panel: Fields): Fields {
	const given = Object.entries(panel)
		.map(([name, value]) => [name, inputNamed(name)?.fromPanel(value)] as const)
		.filter(([, value]) => value !== undefined);
	return Object.fromEntries(given);
}

function jsonValues(json: Fields): Fields {
	return Object.fromEntries(
		Object.entries(json)
			.filter(([, value]) => value !== undefined)
			.map(([name, value]) => [name, inputNamed(name)?.fromJson(value) ?? value]),
	);
}

function formOfJson(ctx: IExecuteFunctions, itemIndex: number, value: unknown): FormChange | null {
	if (value === undefined || value === null) return null;
	const read = questionList.safeParse(value);
	if (!read.success) {
		throw invalid(
			ctx,
			itemIndex,
			'INVALID_JSON',
			'bookingFields in Fields (JSON) is not a list of questions',
			'Give a list such as [{"type": "text", "slug": "level", "label": "Your level"}].',
		);
	}
	assertNamed(ctx, itemIndex, read.data);
	return read.data.length === 0 ? null : { named: read.data, removed: [] };
}

/**
 * Reads what the panel gives of an event type.
 *
 * @param apart fields that the operation shows by themselves
 * @throws NodeOperationError when something cannot be understood
 */
export function readGiven(ctx: IExecuteFunctions, itemIndex: number, apart: readonly string[]): Given {
	const { bookingFields, ...json } =
		readJson(ctx, itemIndex, { name: 'fieldsJson', label: 'Fields (JSON)' }, object) ?? {};
	const groups = GROUP_NAMES.map((group) => ctx.getNodeParameter(group, itemIndex, {}));
	const single = [...apart, 'locations'].map((name) => {
		const value: unknown = ctx.getNodeParameter(name, itemIndex, null);
		return value === null ? {} : { [name]: value };
	});
	const panel: Fields = Object.assign({}, ...groups.filter(isFields), ...single);
	return {
		values: { ...panelValues(panel), ...jsonValues(json) },
		form: formOfJson(ctx, itemIndex, bookingFields) ?? readFormChange(ctx, itemIndex),
	};
}

/**
 * Refuses what Cal.com would drop in silence.
 *
 * @param except protected fields: those are not sent anyway
 * @throws NodeOperationError that names them
 */
export function assertSettable(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ values }: Given,
	belongsTo: BelongsTo,
	except: readonly string[] = [],
): void {
	const names = Object.keys(values).filter((name) => !except.includes(name));
	const readOnly = names.filter((name) => own(READ_ONLY, name) !== undefined);
	if (readOnly.length > 0) {
		const why = readOnly.map((name) => `${name}: ${String(own(READ_ONLY, name))}`);
		throw invalid(
			ctx,
			itemIndex,
			'FIELD_NOT_SETTABLE',
			`Cal.com does not let the API set ${readOnly.join(', ')}`,
			`Take ${readOnly.length === 1 ? 'it' : 'them'} out of the fields, or (on an update) name ${readOnly.length === 1 ? 'it' : 'them'} under Protected Fields. ${why.join(' ')}`,
		);
	}
	const ofTeams = belongsTo === 'account' ? names.filter((name) => inputNamed(name)?.team === true) : [];
	if (ofTeams.length > 0) {
		throw invalid(
			ctx,
			itemIndex,
			'FIELD_NOT_SETTABLE',
			`Only event types of a team have ${ofTeams.join(', ')}`,
			'Choose the team under Belongs To, or take these fields out.',
		);
	}
}
