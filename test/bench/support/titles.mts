// Ten thousand titles that share a small vocabulary, and how else a person writes them.
const ADJECTIVES = [
	'Premium',
	'Classic',
	'Express',
	'Private',
	'Evening',
	'Weekend',
	'Junior',
	'Senior',
	'Trial',
	'Group',
];
const SUBJECTS = [
	'Piano',
	'Violin',
	'Dutch',
	'Yoga',
	'Massage',
	'Haircut',
	'Coaching',
	'Physiotherapy',
	'Drawing',
	'Chess',
];
const PLACES = ['Amsterdam', 'Utrecht', 'Leiden', 'Delft', 'Gouda', 'Haarlem', 'Breda', 'Tilburg', 'Arnhem', 'Zwolle'];

/** A title of its own for each of 10,000, of a few words that all share. */
export function titleOf(index: number): string {
	const pick = (words: readonly string[], at: number): string => words[Math.floor(index / at) % words.length] ?? '';
	return `${pick(ADJECTIVES, 1)} ${pick(SUBJECTS, 10)} lesson ${pick(PLACES, 100)} ${Math.floor(index / 1000) + 1}`;
}

/** As a person writes it in another place: another order, a letter more or less, other capitals. */
export function rewritten(title: string, index: number): string {
	const [adjective = '', subject = '', ...rest] = title.split(' ');
	if (index % 3 === 0) return title.toUpperCase();
	if (index % 3 === 1) return [subject, adjective, ...rest].join(' ');
	return `${adjective} ${subject.slice(0, -1)} ${rest.join(' ')}`;
}
