import type { Fields } from '../values/readers';
import { isFields, list, text } from '../values/readers';

/*
 * The questions of the booking form. Cal.com has seven of its own, which every event type keeps, and
 * takes the whole list at every update: a question that is not in it is lost. So changes are merged
 * into the list that Cal.com shows, and the whole list is sent.
 */

/** One of Cal.com's own questions: what it is when nobody changed it, and what a request says of it. */
interface Standard {
	required: boolean;
	hidden: boolean;
	/** The key of Cal.com's own words for it. */
	label?: string;
	sends: readonly string[];
}

const STANDARD: Record<string, Standard> = {
	name: {
		required: true,
		hidden: false,
		label: 'your_name',
		sends: ['type', 'label', 'placeholder', 'disableOnPrefill'],
	},
	email: {
		required: true,
		hidden: false,
		sends: ['type', 'label', 'placeholder', 'required', 'hidden', 'disableOnPrefill'],
	},
	location: { required: false, hidden: false, sends: ['slug', 'label'] },
	title: {
		required: true,
		hidden: true,
		sends: ['slug', 'required', 'hidden', 'label', 'placeholder', 'disableOnPrefill'],
	},
	notes: {
		required: false,
		hidden: false,
		sends: ['slug', 'required', 'hidden', 'label', 'placeholder', 'disableOnPrefill'],
	},
	guests: {
		required: false,
		hidden: false,
		sends: ['slug', 'required', 'hidden', 'label', 'placeholder', 'disableOnPrefill'],
	},
	rescheduleReason: {
		required: false,
		hidden: false,
		sends: ['slug', 'required', 'hidden', 'label', 'placeholder', 'disableOnPrefill'],
	},
};
/** What a request says of a name in two parts, Cal.com's other way to ask for it. */
const SPLIT_NAME = [
	'type',
	'firstNameLabel',
	'firstNamePlaceholder',
	'lastNameLabel',
	'lastNamePlaceholder',
	'lastNameRequired',
	'disableOnPrefill',
];

/** The types of questions that Cal.com takes, beside its own `name`, `splitName` and `email`. */
export const QUESTION_TYPES: Record<string, string> = {
	address: 'Address',
	boolean: 'Checkbox (Yes or No)',
	checkbox: 'Checkbox Group',
	multiemail: 'Emails',
	text: 'Line of Text',
	multiselect: 'List, Several Choices',
	select: 'List, One Choice',
	number: 'Number',
	phone: 'Phone',
	radio: 'Radio Buttons',
	textarea: 'Text Area',
	url: 'Web Address',
};

/** What a question goes by: its slug; the name is one question, whether it is asked in one part or in two. */
export function questionKey(field: Fields): string | null {
	const key = text(field.slug) ?? text(field.type);
	return key === 'splitName' ? 'name' : key;
}

export const isStandard = (key: string): boolean => Object.hasOwn(STANDARD, key);

export function questionsOf(value: unknown): Fields[] {
	return list(value).filter(isFields);
}

function standardOf(field: Fields): Standard | undefined {
	const key = questionKey(field) ?? '';
	return isStandard(key) ? STANDARD[key] : undefined;
}

/** Whether one of Cal.com's own questions is as it is in a new event type: no need to send it, it stays. */
function isUntouched(field: Fields): boolean {
	const standard = standardOf(field);
	if (standard === undefined || field.type === 'splitName') return false;
	const { required, hidden, label, placeholder, disableOnPrefill } = field;
	return (
		(required ?? standard.required) === standard.required &&
		(hidden ?? standard.hidden) === standard.hidden &&
		(text(label) === null || label === standard.label) &&
		text(placeholder) === null &&
		disableOnPrefill !== true
	);
}

function only(field: Fields, names: readonly string[]): Fields {
	return Object.fromEntries(names.filter((name) => field[name] !== undefined).map((name) => [name, field[name]]));
}

/**
 * Cal.com insists on label and placeholder for its questions of a type (name, email); elsewhere they may
 * be missing. An empty label leaves Cal.com's own words.
 */
function toStandardInput(key: string, field: Fields, { sends, label }: Standard): Fields {
	const complete = sends.includes('type') ? { type: key, label: label ?? '', placeholder: '', ...field } : field;
	return only(complete, sends);
}

/** A question as requests have it, from what an answer or a user says. */
export function toQuestionInput(field: Fields): Fields {
	if (field.type === 'splitName') return only(field, SPLIT_NAME);
	const key = questionKey(field) ?? '';
	const standard = standardOf(field);
	if (standard !== undefined) return toStandardInput(key, field, standard);
	const said = Object.entries(field).filter(([name]) => name !== 'isDefault');
	return { label: key, required: false, hidden: false, ...Object.fromEntries(said) };
}

/** The list that a request has for a form: Cal.com adds its own questions that nobody changed. */
export function toFormInput(form: readonly Fields[]): Fields[] {
	return form.filter((field) => !isUntouched(field)).map(toQuestionInput);
}

/** A form by question, for comparing: the order of the list is Cal.com's. */
export function comparedForm(value: unknown): Fields {
	const form = questionsOf(value).filter((field) => !isUntouched(field));
	return Object.fromEntries(
		form.map((field) => {
			const { placeholder, ...rest } = toQuestionInput(field);
			return [questionKey(field) ?? '', { ...rest, slug: questionKey(field), placeholder: text(placeholder) }];
		}),
	);
}

/** Whether the API takes a question back that it shows. */
export function isSendable(field: Fields): boolean {
	const type = String(field.type);
	return isStandard(questionKey(field) ?? '') || Object.hasOwn(QUESTION_TYPES, type);
}
