import type { INodeProperties, INodePropertyOptions, NodePropertyTypes } from 'n8n-workflow';
import type { Fields } from '../../values/readers';
import { boolean, fields, isFields, list, number, own, text } from '../../values/readers';

/** The collection of the panel that a field is in. */
export type Group =
	'basics' | 'booker' | 'limits' | 'availability' | 'confirmation' | 'seats' | 'calendar' | 'video' | 'team';

/** One thing that Cal.com lets us set of an event type. */
export interface Input {
	/** Cal.com's name, and the name of the field of the node. */
	name: string;
	group: Group;
	field: INodeProperties;
	/** What the field of the node holds, as Cal.com takes it; undefined when nothing was filled in. */
	fromPanel: (value: unknown) => unknown;
	/** A value that was given in Cal.com's own form, with numbers and booleans that came as text put right. */
	fromJson: (value: unknown) => unknown;
	/** The part of a value that two of them are compared by. */
	compared: (value: unknown) => unknown;
	/** Event types of a team only. */
	team: boolean;
	/** An object whose members are set one by one: what was not named keeps its value. */
	merges: boolean;
}

type Choice = Pick<INodePropertyOptions, 'name' | 'value' | 'description'>;
type Extra = Partial<Pick<Input, 'fromPanel' | 'fromJson' | 'compared' | 'team' | 'merges'>>;

const asIs = (value: unknown): unknown => value;

/** `{disabled: true}` is how Cal.com says "none"; `disabled: false` beside the rest says nothing. */
export function withoutOff(value: unknown): unknown {
	if (!isFields(value)) return value;
	const { disabled, ...rest } = value;
	return disabled === true ? null : rest;
}

export function input(group: Group, field: INodeProperties, extra: Extra = {}): Input {
	return {
		name: field.name,
		group,
		field,
		fromPanel: asIs,
		fromJson: asIs,
		compared: asIs,
		team: group === 'team',
		merges: false,
		...extra,
	};
}

/** A field of the panel, in the order in which people read it. */
export function property(
	type: NodePropertyTypes,
	name: string,
	displayName: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return { displayName, name, type, default: '', description, ...more };
}

export function toggle(group: Group, name: string, displayName: string, description: string): Input {
	const fromJson = (value: unknown) => boolean(value) ?? value;
	const field = property('boolean', name, displayName, description, { default: true });
	return input(group, field, { fromPanel: fromJson, fromJson });
}

/** @param start what the field holds when it is added to the panel */
export function count(
	group: Group,
	name: string,
	displayName: string,
	description: string,
	start: number,
	minValue = 0,
): Input {
	const fromJson = (value: unknown) => number(value) ?? value;
	const more = { default: start, typeOptions: { minValue, numberPrecision: 0 } };
	return input(group, property('number', name, displayName, description, more), { fromPanel: fromJson, fromJson });
}

export function words(
	group: Group,
	name: string,
	displayName: string,
	description: string,
	more: Partial<INodeProperties> = {},
): Input {
	return input(group, property('string', name, displayName, description, more));
}

export function choice(
	group: Group,
	name: string,
	displayName: string,
	description: string,
	options: Choice[],
	start: string,
): Input {
	return input(group, property('options', name, displayName, description, { options, default: start }));
}

/**
 * An object of Cal.com, filled in as a small form of its own.
 *
 * @param values the fields of that form
 * @param toApi makes Cal.com's object of them
 */
export function form(
	group: Group,
	field: { name: string; displayName: string; description: string },
	values: INodeProperties[],
	toApi: (values: Fields) => unknown,
	extra: Extra = {},
): Input {
	const more: Partial<INodeProperties> = {
		default: {},
		options: [{ displayName: field.displayName, name: 'values', values }],
	};
	const property_ = property('fixedCollection', field.name, field.displayName, field.description, more);
	const fromPanel = (value: unknown) => {
		const filled = fields(own(fields(value) ?? {}, 'values'));
		return filled === null ? undefined : toApi(filled);
	};
	return input(group, property_, { fromPanel, ...extra });
}

/** An object of Cal.com whose members are added one by one. */
export function members(
	group: Group,
	field: { name: string; displayName: string; description: string },
	options: INodeProperties[],
): Input {
	const more: Partial<INodeProperties> = { default: {}, placeholder: 'Add setting', options };
	const property_ = property('collection', field.name, field.displayName, field.description, more);
	const fromPanel = (value: unknown) => (isFields(value) && Object.keys(value).length > 0 ? value : undefined);
	return input(group, property_, { fromPanel, merges: true });
}

/** The entries of a list that are filled in: from an array, or from text with commas or line breaks. */
export function entries(value: unknown): string[] {
	const rows = Array.isArray(value) ? value : (text(value)?.split(/[,\n]/) ?? []);
	return rows.map((row) => String(row).trim()).filter((row) => row !== '');
}

/** The rows of a fixedCollection that takes several. */
export function rows(value: unknown, name: string): Fields[] {
	return list(own(fields(value) ?? {}, name)).filter(isFields);
}
