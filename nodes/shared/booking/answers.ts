import type { Json, JsonObject } from '../values/json';
import { toJson } from '../values/json';
import { openJson } from '../values/openJson';
import { isFields, list, own, text, trimmed } from '../values/readers';
import { asksForOwnNumber } from './phoneQuestion';
import type { Fields } from '../values/readers';

/** Questions whose answers have a place of their own in the event. */
const SYSTEM_FIELDS: ReadonlySet<string> = new Set([
	'name',
	'email',
	'location',
	'guests',
	'title',
	'notes',
	'rescheduleReason',
	'attendeePhoneNumber',
	'smsReminderNumber',
	'aiAgentCallPhoneNumber',
]);

/**
 * The answer inside `{label, value?, isHidden}` (webhooks), `{value, response}` (routing forms) or the raw value
 * itself (instant meetings); undefined when it was left open. A question with a free part
 * (`{value, optionValue}`) gives what was typed, else what was chosen.
 */
export function answerOf(entry: unknown): unknown {
	if (typeof entry !== 'object' || entry === null) return entry;
	if (!isFields(entry)) return entry;
	if ('response' in entry) return formAnswer(entry);
	return isAnswer(entry) ? chosen(entry.value) : chosen(entry);
}

function isAnswer(entry: Fields): boolean {
	return 'label' in entry || 'isHidden' in entry || ('value' in entry && !('optionValue' in entry));
}

function chosen(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (!isFields(value) || !('optionValue' in value)) return value;
	return text(value.optionValue) ?? value.value;
}

/** A routing form's options come as ids or objects in one field and as labels in the other; people want the labels. */
function formAnswer(entry: Fields): unknown {
	const { value, response } = entry;
	if (value === undefined || isOption(value)) return optionLabels(response ?? value);
	return value;
}

function isOption(value: unknown): boolean {
	return Array.isArray(value) ? value.some(isFields) : isFields(value);
}

function optionLabels(option: unknown): unknown {
	if (Array.isArray(option)) return option.map(optionLabels);
	return isFields(option) ? (option.label ?? option.value ?? option.id ?? null) : option;
}

/** The answer to one question by its slug; undefined when it was not asked or left open. */
export function answer(responses: Fields | null, slug: string): unknown {
	return responses === null ? undefined : answerOf(own(responses, slug));
}

/** A text answer; null when it is blank or none. */
export function textAnswer(responses: Fields | null, slug: string): string | null {
	return text(answer(responses, slug));
}

/** All answers by slug, null when unanswered; the system's own questions left out when asked to. */
export function flattenAnswers(responses: Fields | null, keep: 'all' | 'notSystem'): JsonObject {
	const answers: JsonObject = {};
	if (responses === null) return answers;
	for (const slug of Object.keys(responses)) {
		if (slug === '__proto__' || (keep === 'notSystem' && SYSTEM_FIELDS.has(slug))) continue;
		answers[slug] = blankToNull(answerOf(responses[slug]));
	}
	return answers;
}

function blankToNull(value: unknown): Json {
	return typeof value === 'string' ? text(value) : toJson(value);
}

/** The answers to the user's own questions: a separate list where Cal.com sends one, else all of them. */
export function customAnswers(userFields: Fields | null, responses: JsonObject): JsonObject {
	return userFields === null ? { ...responses } : flattenAnswers(userFields, 'notSystem');
}

/** Whether any of them was answered; an empty list is no answer, a "no" is one. */
export function hasAnswers(answers: JsonObject): boolean {
	for (const slug in answers) {
		const value = answers[slug];
		if (value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)) return true;
	}
	return false;
}

export interface PlaceChoice {
	/** "integrations:zoom", "phone", "attendeeInPerson" …, or the place itself. */
	value: string | null;
	/** What the attendee typed for it: a number, an address. */
	optionValue: string | null;
}

/** What was chosen, and what was typed for it, in the question where to meet. */
export function chosenPlace(responses: Fields | null): PlaceChoice {
	const entry = responses === null ? undefined : own(responses, 'location');
	const choice = openJson(isFields(entry) && isAnswer(entry) ? entry.value : entry);
	if (!isFields(choice)) return { value: trimmed(choice), optionValue: null };
	return { value: trimmed(choice.value), optionValue: trimmed(choice.optionValue) };
}

/** The emails of the "additional guests" question, in whichever form they were given. */
export function guestAnswers(responses: Fields | null): string[] {
	const guests: string[] = [];
	for (const guest of list(openJson(answer(responses, 'guests')))) {
		const email = trimmed(isFields(guest) ? guest.email : guest);
		if (email !== null) guests.push(email);
	}
	return guests;
}

/** The texts answered to the user's own questions that ask, by slug or label, for the attendee's own number. */
export function phoneAnswers(responses: Fields | null): string[] {
	const numbers: string[] = [];
	if (responses === null) return numbers;
	for (const slug of Object.keys(responses)) {
		if (SYSTEM_FIELDS.has(slug)) continue;
		const entry = responses[slug];
		const given = trimmed(answerOf(entry));
		if (given === null) continue;
		const label = isFields(entry) ? trimmed(entry.label) : null;
		if (asksForOwnNumber(slug, label)) numbers.push(given);
	}
	return numbers;
}
