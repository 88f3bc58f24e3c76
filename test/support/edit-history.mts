// What must have become of what people typed on two sides while a sync ran in between: the yardstick of the edit
// storms. Goes by nothing but who typed what over what they saw, and knows nothing of how the sync decides.

export type Side = 'ours' | 'theirs';
export type Typed = string | number | boolean | null;

/** One edit of one field by a person. Values are typed once only, so that a value tells which edit it came from. */
export interface Edit {
	side: Side;
	/** What that side showed when it was typed over. */
	from: Typed;
	to: Typed;
}

/** One field of one service, once it is quiet. */
export interface Shown {
	ours: Typed;
	theirs: Typed;
	/** Whether people are shown that this field is in conflict. */
	flagged: boolean;
}

export interface Story {
	/** What both sides held before anyone typed. */
	first: Typed;
	edits: readonly Edit[];
	/** The side whose values alone count, which may then be typed more than once; null when both sides' do. */
	owner: Side | null;
	/** Values that were typed between a sync's last look and its write: no promise is made about these. */
	unpromised: ReadonlySet<Typed>;
}

/**
 * - `agreed`: both sides hold what was typed last;
 * - `conflict`: both typed without having seen the other's, and both values are kept and shown;
 * - `asked`: nothing was lost, but people are asked where what they saw would have told: a fault came between;
 * - `excused`: a value that nothing was promised about is gone.
 */
export type Ending = 'agreed' | 'conflict' | 'asked' | 'excused';
export type Judged = { ending: Ending } | { wrong: string };

/** What nobody has typed over: the last word, or two last words of people who had not seen each other's. */
export function lastWords({ first, edits }: Pick<Story, 'first' | 'edits'>): Set<Typed> {
	const left = new Set<Typed>([first, ...edits.map(({ to }) => to)]);
	for (const { from } of edits) left.delete(from);
	return left;
}

const told = (...values: readonly Typed[]) => values.map((value) => JSON.stringify(value)).join(' and ');

function judgeOwned({ first, edits, owner }: Story, { ours, theirs, flagged }: Shown): string | null {
	const last = edits.findLast(({ side }) => side === owner)?.to ?? first;
	return ours === last && theirs === last && !flagged ? null : `its owner (${String(owner)}) said ${told(last)} last`;
}

/** Judges how a field has ended up. */
export function judge(story: Story, shown: Shown): Judged {
	const { ours, theirs, flagged } = shown;
	const wrong = (why: string): Judged => ({
		wrong: `ours ${told(ours)}, theirs ${told(theirs)}${flagged ? ', flagged' : ''}: ${why}`,
	});
	if (story.owner !== null) {
		const why = judgeOwned(story, shown);
		return why === null ? { ending: 'agreed' } : wrong(why);
	}
	const words = lastWords(story);
	const gone = [...words].filter((word) => word !== ours && word !== theirs);
	const lost = gone.filter((word) => !story.unpromised.has(word));
	if (lost.length > 0) return wrong(`${told(...lost)} is lost, and nobody typed over it`);
	if (flagged !== (ours !== theirs)) return wrong(flagged ? 'a conflict about nothing' : 'no conflict is shown');
	if (gone.length > 0) return { ending: 'excused' };
	if (flagged) return { ending: words.size > 1 ? 'conflict' : 'asked' };
	return { ending: 'agreed' };
}
