import type { Fields } from './readers';
import { isFields, own } from './readers';

/**
 * What became of one field of an update:
 * - `changed`: sent, and Cal.com shows the new value;
 * - `unchanged`: Cal.com had this value already;
 * - `protected`: given, but never sent;
 * - `notTaken`: sent, but Cal.com shows another value. Cal.com drops what it does not take in silence.
 */
export type UpdateOutcome = 'changed' | 'unchanged' | 'protected' | 'notTaken';

export interface UpdateRules {
	/** Whether fields that Cal.com shows the same already are left out of the request. */
	onlyDifferences: boolean;
	/** Fields that are never sent, whoever gives them. */
	protectedFields: readonly string[];
}

/** How a field's value is to be looked at when two of them are compared: answers carry more than requests. */
export type View = (field: string, value: unknown) => unknown;

export interface UpdatePlan {
	/** The body of the request; empty when there is nothing to send. */
	send: Fields;
	/** What is known of the other fields without sending anything. */
	settled: Readonly<Record<string, 'unchanged' | 'protected'>>;
}

export interface UpdateReport {
	/** Whether a request was made. */
	sent: boolean;
	fields: Readonly<Record<string, UpdateOutcome>>;
	/** The values of changed fields, before and after. */
	changes: Readonly<Record<string, { from: unknown; to: unknown }>>;
}

/** By field: the fields that Cal.com would reset if they were missing from a request that sends it. */
export type Together = Readonly<Record<string, readonly string[]>>;

const asIs: View = (_field, value) => value;

/** What Cal.com leaves out, or fills in, without a difference in meaning. */
function isNothing(value: unknown): boolean {
	if (value === null || value === undefined || value === '' || value === false) return true;
	// JSON has no such number: a request says null.
	if (typeof value === 'number') return !Number.isFinite(value);
	if (Array.isArray(value)) return value.length === 0;
	return isFields(value) && Object.values(value).every(isNothing);
}

function keysOf(...objects: Fields[]): string[] {
	return [...new Set(objects.flatMap((object) => Object.keys(object)))];
}

/** Whether two values mean the same; null, "", false, an empty list and a missing key all mean nothing. */
export function same(a: unknown, b: unknown): boolean {
	if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
	if (Array.isArray(a) && Array.isArray(b)) {
		return a.length === b.length && a.every((item, index) => same(item, b[index]));
	}
	if (isFields(a) && isFields(b)) return keysOf(a, b).every((key) => same(own(a, key), own(b, key)));
	return a === b;
}

/** Whether a value holds everything that was wanted; what it holds beside that does not matter. */
export function contains(actual: unknown, wanted: unknown): boolean {
	if (isNothing(wanted)) return isNothing(actual);
	if (Array.isArray(actual) && Array.isArray(wanted)) {
		return actual.length === wanted.length && wanted.every((item, index) => contains(actual[index], item));
	}
	if (isFields(actual) && isFields(wanted)) {
		return Object.keys(wanted).every((key) => contains(own(actual, key), own(wanted, key)));
	}
	return actual === wanted;
}

/**
 * Decides what an update sends. Values that are undefined were not given.
 *
 * @param wanted the values that the user gives, by Cal.com's name of the field
 * @param current what Cal.com shows now
 */
export function planUpdate(
	wanted: Fields,
	current: Fields,
	rules: UpdateRules,
	{ view = asIs, together = {} }: { view?: View; together?: Together } = {},
): UpdatePlan {
	const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
	const isProtected = (field: string): boolean => rules.protectedFields.includes(field);
	const differs = (field: string): boolean =>
		!rules.onlyDifferences || !same(view(field, own(wanted, field)), view(field, own(current, field)));
	const different = given.map(([field]) => field).filter((field) => !isProtected(field) && differs(field));
	const along = different.flatMap((field) => (Object.hasOwn(together, field) ? (together[field] ?? []) : []));
	const sent = new Set([...different, ...along]);
	const isSent = (field: string): boolean => sent.has(field) && !isProtected(field);
	return {
		send: Object.fromEntries(given.filter(([field]) => isSent(field))),
		settled: Object.fromEntries(
			given
				.filter(([field]) => !isSent(field))
				.map(([field]) => [field, isProtected(field) ? 'protected' : 'unchanged'] as const),
		),
	};
}

/** The fields of a plan that an answer does not show as they were sent. */
export function notTaken(send: Fields, after: Fields, view: View = asIs): string[] {
	return Object.keys(send).filter(
		(field) => !contains(view(field, own(after, field)), view(field, own(send, field))),
	);
}

/** Judges each field of an update by what Cal.com showed before and after. */
export function reportUpdate(plan: UpdatePlan, before: Fields, after: Fields, view: View = asIs): UpdateReport {
	const refused = new Set(notTaken(plan.send, after, view));
	const outcomeOf = (field: string): UpdateOutcome => {
		if (refused.has(field)) return 'notTaken';
		return same(view(field, own(before, field)), view(field, own(after, field))) ? 'unchanged' : 'changed';
	};
	const sent = Object.keys(plan.send).map((field) => [field, outcomeOf(field)] as const);
	const changed = sent.filter(([, outcome]) => outcome === 'changed');
	return {
		sent: sent.length > 0,
		fields: { ...plan.settled, ...Object.fromEntries(sent) },
		changes: Object.fromEntries(
			changed.map(([field]) => [field, { from: own(before, field) ?? null, to: own(after, field) ?? null }]),
		),
	};
}
