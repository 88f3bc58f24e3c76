/**
 * A slug as Cal.com makes one of a title: small letters without accents, words joined by dashes.
 *
 * @example slugify('Élan & Trial lesson!') // 'elan-trial-lesson'
 */
export function slugify(title: string): string {
	return (
		title
			.toLowerCase()
			.normalize('NFD')
			.replace(/\p{Diacritic}/gu, '')
			.replace(/[^\p{L}\p{N}]+/gu, '-')
			// One at most: a run of anything has become one dash.
			.replace(/^-|-$/g, '')
	);
}
