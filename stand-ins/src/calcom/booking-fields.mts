import { isObject, without } from './json.mts';
import type { JsonObject } from './json.mts';
import type { BookingField } from './types.mts';

/** The questions every event type has, as API version 2024-06-14 shows them. */
const SYSTEM: Record<string, BookingField> = {
	name: { isDefault: true, type: 'name', slug: 'name', required: true, label: 'your_name', disableOnPrefill: false },
	email: { isDefault: true, type: 'email', slug: 'email', required: true, disableOnPrefill: false, hidden: false },
	location: { isDefault: true, type: 'radioInput', slug: 'location', required: false, hidden: false },
	title: { isDefault: true, type: 'text', slug: 'title', required: true, disableOnPrefill: false, hidden: true },
	notes: {
		isDefault: true,
		type: 'textarea',
		slug: 'notes',
		required: false,
		disableOnPrefill: false,
		hidden: false,
	},
	guests: {
		isDefault: true,
		type: 'multiemail',
		slug: 'guests',
		required: false,
		disableOnPrefill: false,
		hidden: false,
	},
	rescheduleReason: {
		isDefault: true,
		type: 'textarea',
		slug: 'rescheduleReason',
		required: false,
		disableOnPrefill: false,
		hidden: false,
	},
};
const BEFORE = ['name', 'email', 'location'];
const AFTER = ['title', 'notes', 'guests', 'rescheduleReason'];

/** What Cal.com asks before it has a label of its own: the keys of its translation files. */
const DEFAULT_LABELS: Record<string, string> = {
	name: 'your_name',
	splitName: 'your_name',
	email: 'email_address',
	location: 'location',
	attendeePhoneNumber: 'phone_number',
	title: 'what_is_this_meeting_about',
	notes: 'additional_notes',
	guests: 'additional_guests',
	rescheduleReason: 'reason_for_reschedule',
};

function systemSlug(field: JsonObject): string | null {
	if (field['type'] === 'name' || field['type'] === 'splitName') return 'name';
	if (field['type'] === 'email') return 'email';
	const slug = field['slug'];
	return typeof slug === 'string' && slug in SYSTEM ? slug : null;
}

function splitName(field: JsonObject): BookingField {
	return {
		isDefault: true,
		...without(field, 'type'),
		type: 'splitName',
		slug: 'splitName',
		disableOnPrefill: false,
	};
}

function customField(field: JsonObject): BookingField {
	const { type, slug, label, required, placeholder, options, ...rest } = field;
	const isPhone = slug === 'attendeePhoneNumber';
	return {
		isDefault: isPhone,
		type: String(type),
		slug: String(slug),
		label: label ?? '',
		required: required === true,
		...(typeof placeholder === 'string' || type === 'url' ? { placeholder: placeholder ?? '' } : {}),
		disableOnPrefill: rest['disableOnPrefill'] === true,
		...(Array.isArray(options) ? { options } : {}),
		hidden: rest['hidden'] === true,
	};
}

function systemField(slug: string, field: JsonObject): BookingField {
	const original = SYSTEM[slug];
	return { ...original, ...field, isDefault: true, type: String(field['type'] ?? original?.type), slug };
}

/** The full form of an event type: the system's questions around the ones that were sent. */
export function fullForm(input: readonly unknown[]): BookingField[] {
	const system = { ...SYSTEM };
	const custom: BookingField[] = [];
	for (const field of input) {
		if (!isObject(field)) continue;
		const slug = systemSlug(field);
		if (field['type'] === 'splitName') system['name'] = splitName(field);
		else if (slug !== null) system[slug] = systemField(slug, field);
		else custom.push(customField(field));
	}
	const pick = (slugs: string[]) => slugs.flatMap((slug) => system[slug] ?? []);
	return [...pick(BEFORE), ...custom, ...pick(AFTER)].map((field) => ({ ...field }));
}

export const answerSlug = (field: BookingField): string => (field.slug === 'splitName' ? 'name' : field.slug);

export function labelOf(field: BookingField): string {
	const label = field['label'];
	return typeof label === 'string' && label !== '' ? label : (DEFAULT_LABELS[field.slug] ?? field.slug);
}

const isHidden = (field: BookingField): boolean =>
	field['hidden'] === true || (field.slug === 'attendeePhoneNumber' && field.isDefault);

/** `{label, value?, isHidden}` by slug; `value` is absent when nothing was answered. */
export function labelledAnswers(fields: BookingField[], answers: JsonObject): JsonObject {
	const labelled: JsonObject = {};
	for (const field of fields) {
		const slug = answerSlug(field);
		const value = answers[slug];
		labelled[slug] = {
			label: labelOf(field),
			...(value === undefined ? {} : { value }),
			isHidden: isHidden(field),
		};
	}
	return labelled;
}

/** The form as CREATED and RESCHEDULED see it: the phone question is there even when nobody asked for it. */
export function formWithPhone(fields: BookingField[]): BookingField[] {
	if (fields.some((field) => field.slug === 'attendeePhoneNumber')) return fields;
	return [{ isDefault: true, type: 'phone', slug: 'attendeePhoneNumber', hidden: true }, ...fields];
}

export const customFields = (fields: BookingField[]): BookingField[] => fields.filter((field) => !field.isDefault);
