// What keeping services in step should come to, told as plainly as possible: the yardstick for what n8n, the node
// and the database really do. Knows nothing of how the node works.

/** What a service is on either side, in the words of the table. */
export interface Service {
	name: string;
	slug: string;
	description: string | null;
	duration_minutes: number;
	active: boolean;
}

export type Policy = 'flag' | 'calcom' | 'record';
export type Choice = 'ours' | 'theirs';
export type Outcome = 'changed' | 'conflict' | 'unchanged' | 'orphan';

export const FIELDS = ['name', 'slug', 'description', 'duration_minutes', 'active'] as const;
export type Field = (typeof FIELDS)[number];
type Value = Service[Field];

/** One service in both places. Null: it is not there. */
export interface Pair {
	ours: Service;
	theirs: Service | null;
	/** What both held when they last agreed; nothing about a field that they never agreed on. */
	base: Partial<Service>;
	/** Whether the record says that something is wrong with it: once it is not, that has to be written. */
	wrong?: boolean;
}

export interface Night {
	outcome: Outcome;
	/** Fields that differ on both sides from what was agreed. */
	conflicts: Field[];
	/** Whether anything was written to Cal.com. */
	sent: boolean;
}

/** Blank is blank, whatever it is written as; spaces around a text and the kind of line end do not count. */
function meant(value: Value | undefined): Value | undefined {
	if (typeof value !== 'string') return value ?? undefined;
	return value.replaceAll('\r\n', '\n').trim() || undefined;
}
const same = (a: Value | undefined, b: Value | undefined) => meant(a) === meant(b);

/** Who is followed: null when they disagree, `equal` when there is nothing to do. */
function followed({ ours, theirs, base }: Pair & { theirs: Service }, field: Field): Choice | 'equal' | null {
	const [mine, yours] = [ours[field], theirs[field]];
	if (same(mine, yours)) return 'equal';
	if (!(field in base)) return meant(mine) === undefined ? 'theirs' : meant(yours) === undefined ? 'ours' : null;
	if (same(mine, base[field])) return 'theirs';
	return same(yours, base[field]) ? 'ours' : null;
}

const DECIDED: Record<Policy, Choice | null> = { flag: null, calcom: 'theirs', record: 'ours' };

/** One run of the sync: every field two-way. Changes the pair as the run should. */
export function sync(pair: Pair, policy: Policy, choices: Partial<Record<Field, Choice>> = {}): Night {
	const { theirs } = pair;
	const night: Night = { outcome: 'unchanged', conflicts: [], sent: false };
	const wasWrong = pair.wrong === true;
	pair.wrong = theirs === null;
	if (theirs === null) return { ...night, outcome: 'orphan' };
	if (wasWrong) night.outcome = 'changed';
	for (const field of FIELDS) {
		const agreed = followed({ ...pair, theirs }, field);
		const winner = agreed ?? choices[field] ?? DECIDED[policy];
		if (winner === null) {
			night.conflicts.push(field);
			continue;
		}
		if (winner === 'ours') {
			Object.assign(theirs, { [field]: pair.ours[field] });
			night.sent = true;
		}
		if (winner === 'theirs') Object.assign(pair.ours, { [field]: theirs[field] });
		const news = winner !== 'equal' || !(field in pair.base) || !same(pair.base[field], theirs[field]);
		if (news) night.outcome = 'changed';
		Object.assign(pair.base, { [field]: theirs[field] });
	}
	pair.wrong = night.conflicts.length > 0;
	return pair.wrong ? { ...night, outcome: 'conflict' } : night;
}

/** A service as it is compared: what is written differently and means the same is the same. */
export const told = (service: Service) =>
	Object.fromEntries(FIELDS.map((field) => [field, meant(service[field]) ?? null]));
