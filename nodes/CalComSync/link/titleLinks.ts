import type { Candidate } from './linking';
import type { TitleForm } from './similarity';
import { titleForm } from './similarity';
import type { Nearest } from './titleIndex';
import { TitleIndex } from './titleIndex';

/** A record or an object with a title. */
export interface Titled {
	/** Its place in what was given. */
	place: number;
	title: string;
}

/** Everything on one side that has the same title. */
interface Group {
	form: TitleForm;
	places: number[];
}

/** What the titles say about a record; one that is not told has none alike. */
export type TitleVerdict =
	| { state: 'linked'; object: number; score: number }
	| { state: 'double'; object: number; score: number; records: readonly number[] }
	| { state: 'tie'; candidates: readonly Candidate[] };

/** As many as a person can choose from. */
const SHOWN_CANDIDATES = 10;

/** What all titles together say. */
export interface TitleVerdicts {
	/** By the place of the record; one that is not told has no object alike. */
	byRecord: ReadonlyMap<number, TitleVerdict>;
	/** All objects that take part in a tie, also those that are not shown as candidates. */
	contested: ReadonlySet<number>;
}

/** In the order of their titles, so that nothing depends on the order given. */
function groupsOf(titled: readonly Titled[]): Group[] {
	const byKey = new Map<string, Group>();
	for (const { place, title } of titled) {
		const form = titleForm(title);
		const group = byKey.get(form.key);
		if (group !== undefined) group.places.push(place);
		else if (form.key !== '') byKey.set(form.key, { form, places: [place] });
	}
	return [...byKey.values()].sort((a, b) => (a.form.key < b.form.key ? -1 : 1));
}

/** Records that have an object as their best. */
interface Claim {
	records: Group;
	score: number;
}

/**
 * Links records to objects by their titles, one to one. A record is linked to the object that is most like it when no
 * other object is as much like it and no other record claims that object by an equal or better likeness. A record
 * that loses its best object to a better one is not given its second best: that would be a guess.
 *
 * @param threshold how alike titles must be, in percent
 */
export function linkTitles(records: readonly Titled[], objects: readonly Titled[], threshold: number): TitleVerdicts {
	const objectGroups = groupsOf(objects);
	const forms = objectGroups.map(({ form }) => form);
	const index = new TitleIndex(forms, Math.min(100, Math.max(1, threshold)));
	const byRecord = new Map<number, TitleVerdict>();
	const contested = new Set<number>();
	const say = (group: Group, verdict: TitleVerdict): void => {
		for (const place of group.places) byRecord.set(place, verdict);
	};
	const placesOf = (objectGroup: number): number[] => objectGroups[objectGroup]?.places ?? [];
	const tieOf = (...found: Nearest[]): TitleVerdict => {
		const candidates = found.flatMap(({ best, score }) =>
			best.flatMap(placesOf).map((object) => ({ object, score })),
		);
		// Where not all were looked at, any of them may be meant: none may be taken for a new one.
		const isAnyMeant = found.some(({ complete }) => !complete);
		for (const { place } of isAnyMeant ? objects : []) contested.add(place);
		for (const { object } of candidates) contested.add(object);
		return { state: 'tie', candidates: candidates.slice(0, SHOWN_CANDIDATES) };
	};

	const nearestTo = (objectGroup: number, score: number): Nearest => ({ best: [objectGroup], score, complete: true });

	const claimsOf = new Map<number, Claim[]>();
	for (const group of groupsOf(records)) {
		const nearest = index.nearest(group.form);
		const [best, ...equals] = nearest.best;
		if (!nearest.complete || equals.length > 0) say(group, tieOf(nearest));
		else if (best !== undefined) {
			const claim: Claim = { records: group, score: nearest.score };
			const claims = claimsOf.get(best);
			if (claims === undefined) claimsOf.set(best, [claim]);
			else claims.push(claim);
		}
	}

	/** The best claim wins the object; of the others, one that could be meant for another object is told. */
	const settle = (objectGroup: number, object: number, winner: Claim, others: readonly Claim[]): void => {
		say(winner.records, { state: 'linked', object, score: winner.score });
		for (const { records: group, score } of others) {
			const second = index.nearest(group.form, (place) => !claimsOf.has(place));
			if (second.best.length > 0 || !second.complete) say(group, tieOf(nearestTo(objectGroup, score), second));
		}
	};

	for (const [objectGroup, claims] of claimsOf) {
		const [winner, ...others] = claims.toSorted((a, b) => b.score - a.score);
		const [object, ...twins] = placesOf(objectGroup);
		if (winner === undefined || object === undefined) continue;
		const isClear = winner.records.places.length === 1 && others[0]?.score !== winner.score;
		if (twins.length > 0) {
			for (const { records: group, score } of claims) say(group, tieOf(nearestTo(objectGroup, score)));
		} else if (isClear) settle(objectGroup, object, winner, others);
		else {
			const claimants = claims.flatMap((claim) => claim.records.places).sort((a, b) => a - b);
			for (const { records: group, score } of claims) {
				say(group, { state: 'double', object, score, records: claimants });
			}
		}
	}
	return { byRecord, contested };
}
