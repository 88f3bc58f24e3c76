import type { Candidate, Link, LinkedBy, Linking, LinkObject } from './linking';

const SHOWN_OBJECTS = 3;

/** What makes records claim an object, in words for the person. */
const CLAIMS: Readonly<Record<LinkedBy, string>> = {
	id: 'hold its id',
	formerId: 'hold its id or one that it had before',
	slug: 'have its slug, or its id',
	title: 'have a title as much like its own',
};

/** The links found so far. */
export class Links {
	private readonly objects: readonly LinkObject[];
	private readonly links: (Link | undefined)[];
	/** Objects that a record is linked to, or has something to do with. */
	private readonly taken = new Set<number>();
	private readonly linkedTo = new Map<number, number[]>();
	private readonly out = new Set<number>();

	constructor(records: number, objects: readonly LinkObject[]) {
		this.objects = objects;
		this.links = Array.from({ length: records }, () => undefined);
	}

	/** From now on this object is not there. */
	takeOut(object: number): void {
		this.out.add(object);
	}

	isOut(object: number): boolean {
		return this.out.has(object);
	}

	/** Records of which nothing is said yet. */
	openRecords(): number[] {
		return [...this.links.keys()].filter((place) => this.links[place] === undefined);
	}

	/** Objects that no record has anything to do with yet. */
	freeObjects(): number[] {
		return [...this.objects.keys()].filter((place) => !this.taken.has(place) && !this.out.has(place));
	}

	takenObjects(): Iterable<number> {
		return this.taken;
	}

	/** The records that claim an object. */
	recordsOf(object: number): readonly number[] {
		return this.linkedTo.get(object) ?? [];
	}

	say(record: number, link: Link): void {
		this.links[record] = link;
	}

	/** Links the one record that claims an object; several are doubles. */
	claim(records: readonly number[], by: LinkedBy, object: number, score: number): void {
		const [record, ...others] = records;
		if (record !== undefined && others.length === 0) {
			this.take(object, records);
			this.say(record, { state: 'linked', by, object, score });
		} else this.double(records, by, object, score, records);
	}

	/** @param records all that claim the object; @param those the ones among them that are not linked for it */
	double(records: readonly number[], by: LinkedBy, object: number, score: number, those: readonly number[]): void {
		this.take(object, records);
		const sorted = [...new Set(records)].sort((a, b) => a - b);
		const reason = `${sorted.length} records ${CLAIMS[by]}: ${this.named(object)} in Cal.com. Keep the link in one of them`;
		for (const record of those) this.say(record, { state: 'double', by, object, score, records: sorted, reason });
	}

	/** An object that some record may belong to. */
	contest(object: number): void {
		if (!this.taken.has(object)) this.take(object, []);
	}

	tie(record: number, by: LinkedBy, candidates: readonly Candidate[]): void {
		for (const { object } of candidates) this.contest(object);
		const shown = candidates.slice(0, SHOWN_OBJECTS).map(({ object }) => this.named(object));
		const more = candidates.length > shown.length ? ' and more' : '';
		const fitting = shown.length === 0 ? 'too many to choose from' : `${shown.join(', ')}${more}`;
		this.say(record, {
			state: 'tie',
			by,
			candidates,
			reason: `Several in Cal.com fit and none is certain: ${fitting}. Write the Cal.com id of the right one into the record`,
		});
	}

	result(): Linking {
		return {
			records: this.links.map((link) => link ?? { state: 'neverCreated' }),
			onlyInCalCom: this.freeObjects(),
		};
	}

	private take(object: number, records: readonly number[]): void {
		this.taken.add(object);
		const known = this.linkedTo.get(object) ?? [];
		this.linkedTo.set(object, [...new Set([...known, ...records])]);
	}

	private named(object: number): string {
		const { id, title } = this.objects[object] ?? { id: '?', title: null };
		return title === null ? id : `"${title}" (${id})`;
	}
}
