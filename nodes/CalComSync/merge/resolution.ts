import type { Json, JsonObject } from '../../shared/values/json';
import { toJson } from '../../shared/values/json';
import { openJson } from '../../shared/values/openJson';
import { isFields, own } from '../../shared/values/readers';
import type { FieldValues } from './merge';
import type { Value } from './kinds';
import { sameCanonical } from './kinds';
import type { Side } from './modes';

/** What a person decided about one field. */
export interface FieldChoice {
	choose: Side;
	/** The values that the person saw, when the decision carries them. */
	ours?: Json;
	theirs?: Json;
}

/** What a record's `sync_resolution` column holds. */
export interface Resolution {
	/** By Cal.com's name of the field. */
	choices: ReadonlyMap<string, FieldChoice>;
	/** What could not be read, as texts for the person. */
	problems: readonly string[];
}

/** What holds for a field: nothing was decided, the decision, or a decision about values that are gone. */
export type Decision = { choice?: Side; stale: boolean };

/** The words that people use for a side. */
const WORDS: Readonly<Record<string, Side>> = {
	ours: 'ours',
	mine: 'ours',
	record: 'ours',
	theirs: 'theirs',
	calcom: 'theirs',
	'cal.com': 'theirs',
};

function sideOf(word: unknown): Side | null | undefined {
	if (word === null || word === undefined) return null;
	if (typeof word !== 'string') return undefined;
	const bare = word.trim().toLowerCase();
	if (bare === '') return null;
	return Object.hasOwn(WORDS, bare) ? WORDS[bare] : undefined;
}

function readChoice(given: unknown): FieldChoice | null | undefined {
	const side = sideOf(isFields(given) ? own(given, 'choose') : given);
	if (side === null || side === undefined) return side;
	const choice: FieldChoice = { choose: side };
	if (!isFields(given)) return choice;
	if (own(given, 'ours') !== undefined) choice.ours = toJson(own(given, 'ours'));
	if (own(given, 'theirs') !== undefined) choice.theirs = toJson(own(given, 'theirs'));
	return choice;
}

/**
 * Reads a record's `sync_resolution`: `{field: "ours" | "theirs"}` or `{field: {choose, ours, theirs}}`, as an object
 * or as JSON text. A field without a choice is not decided. Never throws.
 */
export function readResolution(value: unknown): Resolution {
	const choices = new Map<string, FieldChoice>();
	const problems: string[] = [];
	if (value === null || value === undefined || (typeof value === 'string' && value.trim() === '')) {
		return { choices, problems };
	}
	const given = openJson(value);
	if (!isFields(given)) {
		if (given !== 'null') problems.push('sync_resolution is no JSON object. Write it like {"title": "ours"}');
		return { choices, problems };
	}
	for (const [field, choice] of Object.entries(given)) {
		const read = readChoice(choice);
		if (read === undefined) problems.push(`sync_resolution of ${field} is neither "ours" nor "theirs"`);
		if (read) choices.set(field, read);
	}
	return { choices, problems };
}

const isSeen = (seen: Json | undefined, now: Value | undefined): boolean =>
	seen === undefined || (now !== undefined && (sameCanonical(seen, now.canonical) || sameCanonical(seen, now.raw)));

/**
 * The decision about a field, as long as both sides still hold what the person saw: one that was changed since
 * would be overwritten unseen.
 */
export function decisionFor(
	{ choices }: Resolution,
	field: string,
	{ ours, theirs }: Pick<FieldValues, 'ours' | 'theirs'>,
): Decision {
	const choice = choices.get(field);
	if (choice === undefined) return { stale: false };
	return isSeen(choice.ours, ours) && isSeen(choice.theirs, theirs)
		? { choice: choice.choose, stale: false }
		: { stale: true };
}

/** A `sync_resolution` for a person to fill in: what is seen of each conflict, and a choice to be made. */
export function resolutionToFill(
	conflicts: readonly { field: string; ours: Value | undefined; theirs: Value }[],
): JsonObject {
	return Object.fromEntries(
		conflicts.map(({ field, ours, theirs }) => [
			field,
			{ choose: '', ours: ours?.canonical ?? null, theirs: theirs.canonical },
		]),
	);
}
