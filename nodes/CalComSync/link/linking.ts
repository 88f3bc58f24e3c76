// What linking takes and what comes of it.

/** What a record brings to be linked by. */
export interface LinkRecord {
	/** The Cal.com id that the record holds; null when it is not linked yet. */
	id: string | null;
	slug: string | null;
	title: string | null;
}

/** What a Cal.com object brings to be linked by. */
export interface LinkObject {
	id: string;
	slug: string | null;
	title: string | null;
	/** Ids that it had before: a reschedule gives a booking a new one. */
	formerIds?: readonly string[];
}

export interface LinkOptions {
	bySlug: boolean;
	byTitle: boolean;
	/** How alike titles must be, in percent. */
	threshold: number;
}

export type LinkedBy = 'id' | 'formerId' | 'slug' | 'title';

/** An object that a record might belong to. */
export interface Candidate {
	/** Its place in the objects given. */
	object: number;
	/** How alike they are, in percent: 100 for the same id, slug or title. */
	score: number;
}

/**
 * What became of a record:
 * - `linked`: to this object, and no other record is;
 * - `neverCreated`: nothing at Cal.com is like it;
 * - `deletedInCalCom`: the object that it was linked to is gone;
 * - `double`: other records claim the same object, by the same right or a better one;
 * - `tie`: several objects fit, and which one is meant would be a guess.
 */
export type Link =
	| { state: 'linked'; by: LinkedBy; object: number; score: number }
	| { state: 'neverCreated' }
	| { state: 'deletedInCalCom' }
	| { state: 'double'; by: LinkedBy; object: number; score: number; records: readonly number[]; reason: string }
	| { state: 'tie'; by: LinkedBy; candidates: readonly Candidate[]; reason: string };

export interface Linking {
	/** One for each record, in their order. */
	records: readonly Link[];
	/**
	 * The places of objects that no record has anything to do with. One that takes part in a double or a tie is not
	 * among them: importing it would make another double.
	 */
	onlyInCalCom: readonly number[];
}
