import type { LinkObject, LinkOptions, LinkRecord, Linking } from './linking';
import { Links } from './links';
import type { Titled } from './titleLinks';
import { linkTitles } from './titleLinks';

/** Values by a key; those without a key are left out. */
function grouped(places: Iterable<number>, keysOf: (place: number) => readonly (string | null | undefined)[]) {
	const groups = new Map<string, number[]>();
	for (const place of places) {
		for (const key of keysOf(place)) {
			const bare = key?.trim() ?? '';
			if (bare === '') continue;
			const group = groups.get(bare);
			if (group === undefined) groups.set(bare, [place]);
			else if (!group.includes(place)) group.push(place);
		}
	}
	return groups;
}

function linkByIds(links: Links, records: readonly LinkRecord[], objects: readonly LinkObject[]): void {
	const byId = grouped(objects.keys(), (place) => [objects[place]?.id]);
	const byFormerId = grouped(objects.keys(), (place) => objects[place]?.formerIds ?? []);
	// The same object twice in a list (it moved between two pages) is one object.
	for (const [, ...again] of byId.values()) for (const place of again) links.takeOut(place);
	const idOf = (place: number): string | null => records[place]?.id?.trim() || null;
	const withId = [...records.keys()].filter((place) => idOf(place) !== null);
	const claims = new Map<number, { id: number[]; formerId: number[] }>();
	for (const place of withId) {
		const id = idOf(place) ?? '';
		const by = byId.has(id) ? 'id' : 'formerId';
		const found = (byId.get(id)?.slice(0, 1) ?? byFormerId.get(id) ?? []).filter((object) => !links.isOut(object));
		const [object, ...others] = found;
		if (object === undefined) links.say(place, { state: 'deletedInCalCom' });
		else if (others.length > 0)
			links.tie(
				place,
				by,
				found.map((at) => ({ object: at, score: 100 })),
			);
		else {
			const claim = claims.get(object) ?? { id: [], formerId: [] };
			claim[by].push(place);
			claims.set(object, claim);
		}
	}
	for (const [object, { id, formerId }] of claims) {
		const [by, first, later] =
			id.length > 0 ? (['id', id, formerId] as const) : (['formerId', formerId, []] as const);
		links.claim(first, by, object, 100);
		for (const place of later) links.double([...first, ...later], 'formerId', object, 100, [place]);
	}
}

/** An order that does not depend on the order given. */
const byIdOf =
	(objects: readonly LinkObject[]) =>
	(a: number, b: number): number =>
		(objects[a]?.id ?? '') < (objects[b]?.id ?? '') ? -1 : 1;

function linkBySlugs(links: Links, records: readonly LinkRecord[], objects: readonly LinkObject[]): void {
	const slugsOf = (of: readonly (LinkRecord | LinkObject)[]) => (place: number) => [of[place]?.slug?.toLowerCase()];
	const free = grouped(links.freeObjects(), slugsOf(objects));
	const taken = grouped(links.takenObjects(), slugsOf(objects));
	for (const [slug, places] of grouped(links.openRecords(), slugsOf(records))) {
		const found = free.get(slug) ?? [];
		const [object, ...others] = found;
		const [takenObject] = (taken.get(slug) ?? []).toSorted(byIdOf(objects));
		if (others.length > 0) {
			const candidates = found.map((at) => ({ object: at, score: 100 }));
			for (const place of places) links.tie(place, 'slug', candidates);
		} else if (object !== undefined) links.claim(places, 'slug', object, 100);
		else if (takenObject !== undefined) {
			links.double([...links.recordsOf(takenObject), ...places], 'slug', takenObject, 100, places);
		}
	}
}

function linkByTitles(
	links: Links,
	records: readonly LinkRecord[],
	objects: readonly LinkObject[],
	threshold: number,
): void {
	const titled = (places: Iterable<number>, of: readonly (LinkRecord | LinkObject)[]): Titled[] =>
		[...places].flatMap((place) => {
			const title = of[place]?.title ?? null;
			return title === null ? [] : [{ place, title }];
		});
	const { byRecord, contested } = linkTitles(
		titled(links.openRecords(), records),
		titled(links.freeObjects(), objects),
		threshold,
	);
	for (const object of contested) links.contest(object);
	for (const [place, verdict] of byRecord) {
		if (verdict.state === 'tie') links.tie(place, 'title', verdict.candidates);
		else if (verdict.state === 'linked') links.claim([place], 'title', verdict.object, verdict.score);
		else links.double(verdict.records, 'title', verdict.object, verdict.score, [place]);
	}
}

/**
 * Links records to Cal.com's objects, one to one: by the stored id, then by slug, then by title. Doubles and ties are
 * told, never guessed. The result does not depend on the order of either.
 */
export function linkRecords(
	records: readonly LinkRecord[],
	objects: readonly LinkObject[],
	options: LinkOptions,
): Linking {
	const links = new Links(records.length, objects);
	linkByIds(links, records, objects);
	if (options.bySlug) linkBySlugs(links, records, objects);
	if (options.byTitle) linkByTitles(links, records, objects, options.threshold);
	return links.result();
}
