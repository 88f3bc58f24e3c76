import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Session } from '../../../shared/api/session';
import { toJsonObject } from '../../../shared/values/json';
import type { Fields } from '../../../shared/values/readers';
import { isFields } from '../../../shared/values/readers';
import { notTaken } from '../../../shared/values/difference';
import { dataObject } from '../shared/answer';
import { invalid } from '../../../shared/panel/invalid';
import { questionsOf, toFormInput } from '../../../shared/eventTypes/bookingFields';
import { incompleteForm, mergeForm } from './bookingFieldsMerge';
import type { FormChange } from './bookingFieldsPanel';
import { assertTypes } from './bookingFieldsPanel';
import type { Given } from './given';
import { comparedValue, inputNamed } from '../../../shared/eventTypes/inputs';
import type { EventTypeScope } from '../../../shared/eventTypes/scope';
import { requestOf } from '../../../shared/eventTypes/scope';

/** The whole booking form after a change, as a request has it. @throws NodeOperationError */
function formAfter(
	ctx: IExecuteFunctions,
	itemIndex: number,
	current: readonly Fields[],
	change: FormChange,
): Fields[] {
	const form = mergeForm(current, change.named, change.removed);
	assertTypes(ctx, itemIndex, form);
	return toFormInput(form);
}

/** What a new event type is made with. @throws NodeOperationError */
export function newValues(ctx: IExecuteFunctions, itemIndex: number, { values, form }: Given): Fields {
	return form === null ? values : { ...values, bookingFields: formAfter(ctx, itemIndex, [], form) };
}

/**
 * What an existing event type is to become: objects that are set member by member keep the members
 * that were not given, and so does the booking form.
 *
 * @throws NodeOperationError when the form that Cal.com shows cannot be sent back whole
 */
export function changedValues(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ values, form }: Given,
	current: Fields,
): Fields {
	const merged = Object.entries(values).map(([name, value]) => {
		const now = current[name];
		const merges = inputNamed(name)?.merges === true && isFields(now) && isFields(value);
		return [name, merges ? { ...now, ...value } : value] as const;
	});
	const wanted: Fields = Object.fromEntries(merged);
	if (form === null) return wanted;
	const problem = incompleteForm(current.bookingFields);
	if (problem !== null) {
		throw invalid(
			ctx,
			itemIndex,
			'FORM_UNREADABLE',
			`${problem}, so nothing was sent`,
			'Cal.com takes the booking form as a whole: sending what it shows would delete the rest. Open the event type in Cal.com, save its booking questions there once, then run this again.',
		);
	}
	return { ...wanted, bookingFields: formAfter(ctx, itemIndex, questionsOf(current.bookingFields), form) };
}

/** Makes an event type and tells the user which fields Cal.com did not take. */
export async function createEventType(
	itemIndex: number,
	session: Session,
	scope: EventTypeScope,
	body: Fields,
): Promise<IDataObject> {
	const request = { ...requestOf(scope, 'POST'), body: toJsonObject(body) };
	const made = await session.request(itemIndex, request, dataObject);
	const refused = notTaken(body, made, comparedValue);
	if (refused.length > 0) {
		session.note(`Cal.com made the event type but did not take: ${refused.join(', ')}.`);
	}
	return made;
}
