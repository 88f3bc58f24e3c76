import type { Fields } from '../../../shared/values/readers';
import { isFields, own } from '../../../shared/values/readers';
import { isSendable, questionsOf, toFormInput } from '../../../shared/eventTypes/bookingFields';
import { INPUTS } from '../../../shared/eventTypes/inputs';
import { isUnknownLocation } from '../../../shared/eventTypes/inputs/locations';

/** What cannot go into a copy, in words for the user. */
export interface Copy {
	body: Fields;
	leftOut: string[];
}

/** `{disabled: true}` is what a new event type has anyway; beside a setting, `disabled: false` is Cal.com's addition. */
function withoutSwitch(name: string, value: unknown): unknown {
	if (!isFields(value) || name.startsWith('disable')) return value;
	const { disabled, ...rest } = value;
	return disabled === true || Object.keys(rest).length === 0 ? undefined : rest;
}

type ToInput = (value: unknown) => unknown;

/** Fields that answers show in another form than requests have. */
const FROM_ANSWER: Record<string, ToInput> = {
	bookingFields: (value) => toFormInput(questionsOf(value).filter(isSendable)),
	hosts: (value) => INPUTS.find(({ name }) => name === 'hosts')?.fromJson(value),
	locations: (value) => (Array.isArray(value) ? value.filter((one) => !isUnknownLocation(one)) : value),
};

function copied(name: string, value: unknown): unknown {
	if (value === null || value === undefined || value === '') return undefined;
	const copy = (FROM_ANSWER[name] ?? ((kept) => withoutSwitch(name, kept)))(value);
	return Array.isArray(copy) && copy.length === 0 ? undefined : copy;
}

/**
 * The settings of an event type as a request for a new one: everything that the API can set and that
 * is not at rest; ids, owner, price and metadata are Cal.com's.
 *
 * @param ofTeam whether the copy belongs to a team
 */
export function copyOf(eventType: Fields, ofTeam: boolean): Copy {
	// Either all members host it, or the hosts that are named: Cal.com takes one of the two.
	const everyone = eventType.assignAllTeamMembers === true;
	const values = INPUTS.filter(({ name, team }) => (ofTeam || !team) && !(everyone && name === 'hosts'))
		.map(({ name }) => [name, copied(name, own(eventType, name))] as const)
		.filter(([, value]) => value !== undefined);
	const body: Fields = Object.fromEntries(values);
	const oddLocations = questionsOf(eventType.locations).filter(isUnknownLocation).length;
	const oddQuestions = questionsOf(eventType.bookingFields).filter((field) => !isSendable(field)).length;
	return {
		body,
		leftOut: [
			...(oddLocations === 0 ? [] : ['a location of a type that the API does not take']),
			...(oddQuestions === 0 ? [] : ['a question of a type that the API does not take']),
		],
	};
}
