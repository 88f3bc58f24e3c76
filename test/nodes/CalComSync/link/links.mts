// Records and objects of Cal.com to be linked, and links in short.
import fc from 'fast-check';
import type { Link, LinkObject, LinkRecord } from '../../../../nodes/CalComSync/link/linking.ts';

export const record = (title: string | null, rest: Partial<LinkRecord> = {}): LinkRecord => ({
	id: null,
	slug: null,
	title,
	...rest,
});
export const object = (id: string, title: string | null = null, rest: Partial<LinkObject> = {}): LinkObject => ({
	id,
	slug: null,
	title,
	...rest,
});

/** A link in short: "title 83 → 12", "double by id → 12", "tie by slug → 12, 13". */
export function short(link: Link, objects: readonly LinkObject[]): string {
	const idOf = (place: number): string => objects[place]?.id ?? '?';
	if (link.state === 'linked') return `${link.by} ${link.score} → ${idOf(link.object)}`;
	if (link.state === 'double') return `double by ${link.by} → ${idOf(link.object)}`;
	if (link.state !== 'tie') return link.state;
	const ids = link.candidates.map((candidate) => idOf(candidate.object)).sort();
	return `tie by ${link.by} → ${ids.join(', ')}`;
}

export const title = fc
	.array(fc.constantFrom('Lesson', 'Lessons', 'Piano', 'Trial', 'Cut', 'Haircut', '30', '60', 'men', 'Cours'), {
		maxLength: 4,
	})
	.map((words) => words.join(' '));
