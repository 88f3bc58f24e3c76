import type { JsonObject } from '../json.mts';
import type { BookingField } from '../types.mts';

const DEFAULT_SOURCE = { id: 'default', type: 'default', label: 'Default' };
const USER_SOURCE = { id: 'user', type: 'user', label: 'User', fieldRequired: true };

const system = (
	name: string,
	type: string,
	defaultLabel: string,
	required: boolean,
	extra: JsonObject = {},
): JsonObject => ({
	name,
	type,
	sources: [DEFAULT_SOURCE],
	editable: 'system-but-optional',
	required,
	defaultLabel,
	...extra,
});

const place = (type: string) => ({ type, required: true, placeholder: '' });
const part = (name: string, required: boolean) => ({ name, type: 'text', label: '', required, placeholder: '' });

/** The questions every form has, as Cal.com stores them. */
const SYSTEM: Record<string, JsonObject> = {
	name: system('name', 'name', 'your_name', true, {
		editable: 'system',
		variant: 'fullName',
		variantsConfig: {
			variants: {
				fullName: { fields: [{ name: 'fullName', type: 'text', label: 'your_name', required: true }] },
				firstAndLastName: { fields: [part('firstName', true), part('lastName', false)] },
			},
		},
	}),
	email: system('email', 'email', 'email_address', true),
	location: system('location', 'radioInput', 'location', false, {
		editable: 'system',
		getOptionsAt: 'locations',
		optionsInputs: { phone: place('phone'), somewhereElse: place('text'), attendeeInPerson: place('address') },
		hideWhenJustOneOption: true,
	}),
	title: system('title', 'text', 'what_is_this_meeting_about', true, { hidden: true, defaultPlaceholder: '' }),
	notes: system('notes', 'textarea', 'additional_notes', false, { defaultPlaceholder: 'share_additional_notes' }),
	guests: system('guests', 'multiemail', 'additional_guests', false, { hidden: false, defaultPlaceholder: 'email' }),
	rescheduleReason: system('rescheduleReason', 'textarea', 'reason_for_reschedule', false, {
		views: [{ id: 'reschedule', label: 'Reschedule View' }],
		defaultPlaceholder: 'reschedule_placeholder',
	}),
};

/** Labels of these types are stored as HTML too. */
const WITH_HTML = ['boolean', 'url'];

function custom(field: BookingField): JsonObject {
	const label = String(field['label'] ?? '');
	const options = field['options'];
	return {
		name: field.slug,
		type: field.type,
		label,
		hidden: field['hidden'] === true,
		...(Array.isArray(options) ? { options: options.map((value) => ({ label: value, value })) } : {}),
		sources: [USER_SOURCE],
		editable: 'user',
		required: field['required'] === true,
		...(field['placeholder'] === undefined ? {} : { placeholder: field['placeholder'] }),
		...(WITH_HTML.includes(field.type) ? { labelAsSafeHtml: `<p>${label}</p>\n` } : {}),
		disableOnPrefill: false,
	};
}

/** A form as the oldest API version shows it: the database's own words. */
export function legacyForm(fields: BookingField[]): JsonObject[] {
	return fields.map((field) => {
		if (field.slug === 'attendeePhoneNumber')
			return system('attendeePhoneNumber', 'phone', 'phone_number', false, {
				label: String(field['label'] ?? 'Phone'),
				disableOnPrefill: false,
			});
		return SYSTEM[field.slug === 'splitName' ? 'name' : field.slug] ?? custom(field);
	});
}
