import type { Fields } from '../../../shared/values/readers';
import { isSendable, questionKey, questionsOf } from '../../../shared/eventTypes/bookingFields';

/** What a question keeps when it becomes one of another type. */
const SHARED = new Set(['slug', 'label', 'required', 'hidden', 'disableOnPrefill', 'isDefault']);

const defined = (field: Fields): Fields =>
	Object.fromEntries(Object.entries(field).filter(([, value]) => value !== undefined));

function mergedQuestion(current: Fields, named: Fields): Fields {
	const changes = defined(named);
	const otherType = changes.type !== undefined && changes.type !== current.type;
	const kept = otherType ? Object.entries(current).filter(([key]) => SHARED.has(key)) : Object.entries(current);
	const merged: Fields = { ...Object.fromEntries(kept), ...changes };
	if (changes.type !== 'name' && changes.type !== 'splitName') return merged;
	return { ...merged, slug: changes.type };
}

/**
 * The whole form after a change. Questions are found by slug; what the user does not name, whole
 * questions and single settings alike, stays as it is. Merging the same again changes nothing.
 *
 * @param current the form as Cal.com shows it
 * @param named questions with the settings that the user gives; one with a new slug is added
 * @param removed slugs of questions that the user wants to be rid of
 */
export function mergeForm(current: readonly Fields[], named: readonly Fields[], removed: readonly string[]): Fields[] {
	const gone = new Set(removed);
	const form = new Map(
		current.map((field) => [questionKey(field) ?? '', field] as const).filter(([key]) => !gone.has(key)),
	);
	for (const field of named) {
		const key = questionKey(field) ?? '';
		const known = form.get(key);
		form.set(key, known === undefined ? defined(field) : mergedQuestion(known, field));
	}
	return [...form.values()];
}

/**
 * Why the form that Cal.com shows cannot be sent back whole; null when it can. A form always asks for
 * a name: without that question, Cal.com shows a part of the form only.
 */
export function incompleteForm(value: unknown): string | null {
	const form = questionsOf(value);
	if (!form.some((field) => questionKey(field) === 'name')) return 'Cal.com shows only a part of the booking form';
	const odd = form.find((field) => !isSendable(field));
	return odd === undefined
		? null
		: `The booking form has a question ("${questionKey(odd)}") of a type that the API does not take`;
}
