import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Fields } from '../../../shared/values/readers';
import { isFields, text } from '../../../shared/values/readers';
import { invalid } from '../../../shared/panel/invalid';
import { readJson } from '../shared/json';
import { isStandard, QUESTION_TYPES, questionKey } from '../../../shared/eventTypes/bookingFields';
import { entries, property, rows } from '../../../shared/eventTypes/inputs/input';

/** What the user says about the booking form; null when nothing. */
export interface FormChange {
	named: Fields[];
	removed: string[];
}

const HOW = 'bookingFieldsMode';

function yesNo(name: string, displayName: string, description: string): INodeProperties {
	return property('options', name, displayName, description, {
		options: [
			{ name: 'As It Is', value: 'keep' },
			{ name: 'No', value: 'no' },
			{ name: 'Yes', value: 'yes' },
		],
		default: 'keep',
	});
}

const types = [
	{ name: 'As It Is', value: 'keep' },
	{ name: "Cal.com's Email", value: 'email' },
	{ name: "Cal.com's Name", value: 'name' },
	...Object.entries(QUESTION_TYPES).map(([value, name]) => ({ name, value })),
].sort((a, b) => a.name.localeCompare(b.name));

const question: INodeProperties[] = [
	property(
		'string',
		'slug',
		'Slug',
		'What the question goes by. Cal.com has its own: name, email, title, notes, guests, location, rescheduleReason.',
		{
			placeholder: 'e.g. level',
		},
	),
	property('options', 'type', 'Type', 'How it is answered; a new question needs one', {
		options: types,
		default: 'keep',
	}),
	property('string', 'label', 'Label', 'What is asked; empty leaves it as it is', { placeholder: 'e.g. Your level' }),
	property('string', 'placeholder', 'Placeholder', 'The example in the empty field; empty leaves it as it is', {
		placeholder: 'e.g. I have played for two years',
	}),
	property('string', 'options', 'Choices', 'For lists, radio buttons and checkbox groups; separated by commas', {
		placeholder: 'e.g. beginner, intermediate, advanced',
	}),
	yesNo('required', 'Required', 'Whether it has to be answered'),
	yesNo('hidden', 'Hidden', 'Whether it is left out of the form'),
	yesNo('disableOnPrefill', 'Lock When Prefilled', 'Whether an answer that came with the link cannot be changed'),
];

/**
 * The fields of the panel for the booking form.
 *
 * @param existing whether there is a form already, of which questions can be removed
 */
export function bookingFieldsPanel(existing: boolean): INodeProperties[] {
	const how = property(
		'options',
		HOW,
		'Booking Form',
		existing
			? 'What to ask the booker. Questions that are not named keep as they are; nothing is deleted unless it is named under Remove Questions.'
			: "What to ask the booker, beside Cal.com's own questions",
		{
			default: 'none',
			options: [
				{ name: existing ? 'Leave as It Is' : 'Standard Questions', value: 'none' },
				{ name: existing ? 'Change Questions' : 'Add Questions', value: 'form' },
				{ name: existing ? 'Change Questions (JSON)' : 'Add Questions (JSON)', value: 'json' },
			],
		},
	);
	const form = property(
		'fixedCollection',
		'bookingFieldsForm',
		'Questions',
		'Found by slug; a new slug adds a question',
		{
			default: {},
			placeholder: 'Add question',
			typeOptions: { multipleValues: true },
			options: [{ displayName: 'Question', name: 'question', values: question }],
			displayOptions: { show: { [HOW]: ['form'] } },
		},
	);
	const json = property('json', 'bookingFieldsJson', 'Questions (JSON)', "A list in Cal.com's own form", {
		default: '[]',
		placeholder: 'e.g. [{"type": "text", "slug": "level", "label": "Your level", "required": true}]',
		displayOptions: { show: { [HOW]: ['json'] } },
	});
	const removed = property('string', 'bookingFieldsRemoved', 'Remove Questions', 'Slugs, separated by commas', {
		placeholder: 'e.g. level, goals',
		displayOptions: { show: { [HOW]: ['form', 'json'] } },
	});
	return existing ? [how, form, json, removed] : [how, form, json];
}

const YES_NO: Record<string, boolean | undefined> = { yes: true, no: false };

function questionOf(row: Fields): Fields {
	const choices = entries(row.options);
	const key = text(row.slug)?.trim();
	return {
		slug: key,
		type: row.type === 'keep' ? undefined : row.type,
		label: text(row.label) ?? undefined,
		placeholder: text(row.placeholder) ?? undefined,
		options: choices.length === 0 ? undefined : choices,
		required: YES_NO[String(row.required)],
		hidden: YES_NO[String(row.hidden)],
		disableOnPrefill: YES_NO[String(row.disableOnPrefill)],
	};
}

/** Questions in Cal.com's own form. */
export const questionList = z.array(z.custom<Fields>(isFields, 'must be an object, with slug, type and label'));

/** Questions are found by their slug. @throws NodeOperationError when one has none */
export function assertNamed(ctx: IExecuteFunctions, itemIndex: number, named: readonly Fields[]): void {
	if (named.every((field) => questionKey(field) !== null)) return;
	throw invalid(
		ctx,
		itemIndex,
		'QUESTION_INVALID',
		'A question of the booking form has no slug',
		'Give each question a slug: it is found by it.',
	);
}

/**
 * What the panel says about the booking form; null when it is to stay as it is.
 *
 * @throws NodeOperationError when it cannot be understood
 */
export function readFormChange(ctx: IExecuteFunctions, itemIndex: number): FormChange | null {
	const how = ctx.getNodeParameter(HOW, itemIndex, 'none');
	if (how !== 'form' && how !== 'json') return null;
	const named =
		how === 'form'
			? rows(ctx.getNodeParameter('bookingFieldsForm', itemIndex, {}), 'question').map(questionOf)
			: (readJson(ctx, itemIndex, { name: 'bookingFieldsJson', label: 'Questions (JSON)' }, questionList) ?? []);
	assertNamed(ctx, itemIndex, named);
	const removed = entries(ctx.getNodeParameter('bookingFieldsRemoved', itemIndex, ''));
	const standard = removed.find(isStandard);
	if (standard !== undefined) {
		throw invalid(
			ctx,
			itemIndex,
			'QUESTION_INVALID',
			`The question "${standard}" is Cal.com's own and cannot be removed`,
			'Add it under Questions and set Hidden to Yes instead.',
		);
	}
	return named.length === 0 && removed.length === 0 ? null : { named, removed };
}

/** Questions that are new to a form need a type. @throws NodeOperationError */
export function assertTypes(ctx: IExecuteFunctions, itemIndex: number, form: readonly Fields[]): void {
	const untyped = form.find((field) => text(field.type) === null && !isStandard(questionKey(field) ?? ''));
	if (untyped === undefined) return;
	throw invalid(
		ctx,
		itemIndex,
		'QUESTION_INVALID',
		`The question "${questionKey(untyped)}" has no type`,
		'It is new to this booking form. Choose how it is answered under Type, or correct its slug.',
	);
}
