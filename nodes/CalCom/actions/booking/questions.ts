import { z } from 'zod';
import type { DataSchema } from '../../../shared/api/client';
import type { Json, JsonObject } from '../../../shared/values/json';
import { toJson } from '../../../shared/values/json';
import { openJson } from '../../../shared/values/openJson';

/** A question of an event type's booking form, as far as answering it needs to know. */
export interface FormQuestion {
	slug: string;
	label: string;
	type: string;
	required: boolean;
	options: string[];
	placeholder: string;
	/** Cal.com's own question, with a name that people know otherwise. */
	isDefault: boolean;
}

const question = z.object({
	slug: z.string(),
	type: z.string().catch('text'),
	label: z.string().catch(''),
	required: z.boolean().catch(false),
	hidden: z.boolean().catch(false),
	isDefault: z.boolean().catch(false),
	placeholder: z.string().catch(''),
	options: z.array(z.string()).catch([]),
});

const eventType = z.object({ bookingFields: z.array(z.unknown()).catch([]) });

/** Asked for elsewhere in the panel, or never by the person who books. */
const ASKED_ELSEWHERE = new Set(['name', 'splitName', 'email', 'location', 'guests', 'rescheduleReason']);

/** Cal.com keeps keys of its translations as labels of its own questions. */
const OWN_LABELS: ReadonlyMap<string, string> = new Map([
	['attendeePhoneNumber', 'Phone'],
	['notes', 'Additional notes'],
	['title', 'What is this meeting about?'],
	['smsReminderNumber', 'Number for SMS reminders'],
]);

/** The questions of an event type that a booking may answer; hidden ones have no place in a form. */
export const questionsOfEventType: DataSchema<FormQuestion[]> = eventType.transform(({ bookingFields }) =>
	bookingFields.flatMap((field) => {
		const read = question.safeParse(field);
		if (!read.success || read.data.hidden || ASKED_ELSEWHERE.has(read.data.slug)) return [];
		const { slug, label, type, required, options, placeholder, isDefault } = read.data;
		const own = isDefault ? OWN_LABELS.get(slug) : undefined;
		return [{ slug, type, required, options, placeholder, isDefault, label: own ?? (label || slug) }];
	}),
);

/** The same from a list of event types: that of the one it begins with. */
export const questionsOfFirst: DataSchema<FormQuestion[]> = z
	.array(z.unknown())
	.transform((list) => (list.length === 0 ? [] : questionsOfEventType.parse(list[0])));

/** An event type, as far as booking it needs to know. */
export interface BookedType {
	questions: FormQuestion[];
	/** The kind of its first place, where a booking without a place takes place; null when that is not known. */
	firstPlace: string | null;
}

export const UNKNOWN_TYPE: Readonly<BookedType> = { questions: [], firstPlace: null };

const places = z.object({ locations: z.array(z.object({ type: z.string() })).catch([]) });

export const bookedType: DataSchema<BookedType> = z.unknown().transform((read) => {
	const found = places.safeParse(read);
	return {
		questions: questionsOfEventType.parse(read),
		firstPlace: (found.success ? found.data.locations[0]?.type : null) ?? null,
	};
});

/** The same from a list of event types: that of the one it begins with. */
export const firstBookedType: DataSchema<BookedType> = z
	.array(z.unknown())
	.transform((list) => (list.length === 0 ? UNKNOWN_TYPE : bookedType.parse(list[0])));

/** Kinds of questions that take several answers. */
export const SEVERAL: ReadonlySet<string> = new Set(['multiselect', 'checkbox', 'multiemail']);

const TRUE = /^(true|yes|1)$/i;
const FALSE = /^(false|no|0)$/i;

function several(value: unknown): Json {
	const opened = openJson(value);
	if (Array.isArray(opened)) return toJson(opened);
	if (typeof value !== 'string') return [toJson(value)];
	return value
		.split(/[,\n]/)
		.map((one) => one.trim())
		.filter((one) => one !== '');
}

function truth(value: unknown): Json {
	const written = String(value).trim();
	if (TRUE.test(written)) return true;
	return FALSE.test(written) ? false : toJson(value);
}

function numeric(value: unknown): Json {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : toJson(value);
}

/** An answer in the type that Cal.com wants for the question; what does not fit goes as it is, to be refused by name. */
function fitted(value: unknown, type: string): Json {
	if (SEVERAL.has(type)) return several(value);
	if (type === 'boolean') return truth(value);
	if (type === 'number') return numeric(value);
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : toJson(value);
}

/** Whether nothing was filled in. A "no" is an answer. */
function isOpen(value: unknown): boolean {
	return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/**
 * The answers in the types that their questions want; those left open are left out. Without the
 * questions (someone else's event type may not be readable) they go as they are.
 */
export function fitAnswers(answers: Readonly<Record<string, unknown>>, questions: readonly FormQuestion[]): JsonObject {
	const types = new Map(questions.map(({ slug, type }) => [slug, type]));
	const given = Object.entries(answers).filter(([, value]) => !isOpen(value));
	return Object.fromEntries(
		given.map(([slug, value]) => {
			const type = types.get(slug);
			return [slug, type === undefined ? toJson(value) : fitted(value, type)];
		}),
	);
}
