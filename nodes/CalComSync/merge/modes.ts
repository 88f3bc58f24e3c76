/** The two sides of a merge: ours is the user's record, theirs is Cal.com's object. */
export type Side = 'ours' | 'theirs';

/** Who owns a field; see {@link MODES}. */
export type Mode = 'calcom' | 'record' | 'calcomFillBlanks' | 'recordFillBlanks' | 'twoWay' | 'ignore';

/** What becomes of a two-way field that was changed on both sides; see {@link CONFLICT_POLICIES}. */
export type ConflictPolicy = 'calcom' | 'record' | 'recent' | 'flag';

/** What the panel says about a choice. */
export interface Wording {
	readonly label: string;
	readonly description: string;
}

export const MODES: Readonly<Record<Mode, Wording>> = {
	calcom: { label: 'Cal.com', description: "Cal.com's value always replaces the record's" },
	record: { label: 'Record', description: "The record's value always replaces Cal.com's" },
	calcomFillBlanks: {
		label: 'Cal.com, Fill Blanks',
		description: "Cal.com's value wins, but where Cal.com has none, the record's is taken",
	},
	recordFillBlanks: {
		label: 'Record, Fill Blanks',
		description: "The record's value wins, but where the record has none, Cal.com's is taken",
	},
	twoWay: {
		label: 'Two-Way',
		description: 'A change follows the side that made it; changed on both sides is a conflict',
	},
	ignore: { label: 'Ignore', description: 'Never read, never written' },
};

export const CONFLICT_POLICIES: Readonly<Record<ConflictPolicy, Wording>> = {
	calcom: { label: 'Cal.com Wins', description: "Cal.com's value replaces the record's" },
	record: { label: 'Record Wins', description: "The record's value replaces Cal.com's" },
	recent: { label: 'Most Recent Wins', description: 'The value of the side that was changed last is taken' },
	flag: { label: 'Flag', description: 'Neither side is touched, and the record comes out as a conflict' },
};

/** The owner of a field that one side owns; null for a two-way or ignored one. */
export function ownerOf(mode: Mode): Side | null {
	if (mode === 'calcom' || mode === 'calcomFillBlanks') return 'theirs';
	return mode === 'record' || mode === 'recordFillBlanks' ? 'ours' : null;
}

/** Whether a blank owner takes the other side's value. */
export function fillsBlanks(mode: Mode): boolean {
	return mode === 'calcomFillBlanks' || mode === 'recordFillBlanks';
}

/** Whether a mode may change a field at Cal.com: such a mode needs a field that Cal.com lets be set. */
export function mayWriteToCalCom(mode: Mode): boolean {
	return mode === 'record' || mode === 'recordFillBlanks' || mode === 'twoWay';
}
