import type { Json } from '../../../shared/values/json';
import type { Fields } from '../../../shared/values/readers';
import { text } from '../../../shared/values/readers';
import { inputNamed } from '../../../shared/eventTypes/inputs';
import { slugify } from '../../../shared/eventTypes/slugify';
import { calcomValue } from '../../merge/kinds';
import type { CalComField } from '../../resource';
import { FIELD_BY_NAME } from './fields';

/** Objects that Cal.com switches off with `{disabled: true}`; without them there is no "none". */
const CAN_BE_OFF = new Set([
	'bookerActiveBookingsLimit',
	'bookingLimitsCount',
	'bookingLimitsDuration',
	'bookingWindow',
	'confirmationPolicy',
	'disableCancelling',
	'disableRescheduling',
	'recurrence',
	'seats',
]);
const OFF = { disabled: true };
/** The two that forbid something: off means that it is allowed. */
const FORBIDS = new Set(['disableCancelling', 'disableRescheduling']);
/** Cal.com takes null for these: it then goes by something else (the length, the default schedule). */
const NULLABLE = new Set(['scheduleId', 'slotInterval', 'successRedirectUrl']);
/** Lists that may be empty. */
const CAN_BE_EMPTY = new Set(['lengthInMinutesOptions', 'bookingFields']);

/** What a request has for a blank value; undefined where Cal.com knows none. */
function blankOf({ name, kind }: CalComField): unknown {
	if (FORBIDS.has(name)) return { disabled: false };
	if (CAN_BE_OFF.has(name)) return OFF;
	if (NULLABLE.has(name)) return null;
	if (CAN_BE_EMPTY.has(name)) return [];
	return kind === 'text' ? '' : undefined;
}

const NEEDS_TEAM = 'only event types of a team have it';

/**
 * Why Cal.com would not take a change; true when it may be sent.
 *
 * @param to canonical: null is blank
 */
export function settableValue(field: CalComField, to: Json, object: Fields): true | string {
	if (field.name === 'schedulingType') {
		return 'change it in Cal.com: with the scheduling type Cal.com empties the hosts';
	}
	if (inputNamed(field.name)?.team === true && !isTeams(object)) return NEEDS_TEAM;
	if (to !== null) return true;
	if (field.required === true) return 'it is empty in the record, and Cal.com needs a value';
	return blankOf(field) === undefined ? 'it is empty in the record, and Cal.com cannot empty it' : true;
}

function isTeams({ teamId }: Fields): boolean {
	return teamId !== null && teamId !== undefined;
}

/** Blank as it is compared: nothing, blank text, or a list or an object without anything in it. */
const isBlank = (value: unknown): boolean => calcomValue(value, 'json').canonical === null;

/** The body of a change, with Cal.com's own way to say "none" where a value is blank. */
export function bodyOf(changes: Fields): Fields {
	return Object.fromEntries(
		Object.entries(changes).map(([name, value]) => {
			const field = FIELD_BY_NAME.get(name);
			if (field === undefined) return [name, value];
			return [name, isBlank(value) ? blankOf(field) : (inputNamed(name)?.fromJson(value) ?? value)];
		}),
	);
}

/** What a new event type is made with: blank values are left to Cal.com, a missing slug is made of the title. */
export function newBody(values: Fields): Fields {
	const filled = Object.fromEntries(
		Object.entries(values)
			.filter(([, value]) => !isBlank(value))
			.map(([name, value]) => [name, inputNamed(name)?.fromJson(value) ?? value]),
	);
	const title = text(filled.title);
	return title === null ? filled : { ...filled, slug: text(filled.slug) ?? slugify(title) };
}
