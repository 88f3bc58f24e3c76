/*
 * Which of the user's own questions ask for the attendee's own number, in English, German, Dutch, Polish, French, Spanish,
 * Italian and Portuguese. Words are compared without accents and case; those in a question's slug, such as `companyPhone`
 * or `notfall-telefon`, are taken apart. A space in the lists is where a word begins or ends.
 */

/** A number is asked for. */
// prettier-ignore
const NUMBER: readonly string[] = [
	'phone', 'mobil', 'mobiel', 'movil', 'telef', 'telemovel', 'whatsapp', ' whats app', 'handy', 'rufnummer', 'gsm', 'komork',
	'cellular', 'celular', 'portable', ' tel ', ' cell ', ' sms ',
];

/** It is somebody else's, or nobody's. */
// prettier-ignore
const SOMEONE_ELSE: readonly string[] = [
	// in an emergency
	'emergenc', 'emergenz', 'notfall', ' nood', 'urgence', 'urgenc', 'awaryj', 'naglych',
	// a company
	'compan', 'compagn', ' firm', 'bedrijf', 'entreprise', 'empresa', 'aziend', 'office', ' buro ', ' biur', 'employer',
	'arbeitgeber', 'werkgever', 'pracodaw',
	// a family
	'parent', 'eltern', ' ouder', 'rodzic', 'genitor', 'padre', 'madre', 'mother', 'father', 'mutter', ' vater', 'moeder',
	' vader', ' matk', ' ojca ', ' mere ', ' pere ', ' mae ', ' pai ', ' mum ', ' mom ', ' dad', 'guardian', 'vormund',
	'voogd', 'opiekun', 'tuteur', ' tutor', 'child', ' kind ', ' kindes ', 'dzieck', 'enfant', ' hijo ', ' hija ', ' figli',
	' filho ', ' filha ', 'partner', 'spouse', 'husband', ' wife ', ' friend', 'freund', ' vriend', ' ami ', ' amigo ',
	' amico ',
	// others
	'contact person', 'kontaktperson', 'contactpersoon', 'next of kin', 'doctor', ' arzt', 'huisarts', 'medecin', 'lekarz',
	'medico', 'teacher', 'lehrer', ' school', ' schul', 'landlord', 'vermieter', ' reference', 'referenz',
	// no number of a person
	' fax', ' model ',
];

/** More than a question has: what is longer is cut. */
const MAX_QUESTION = 300;

/**
 * Whether a question asks for the number of the person who answers.
 *
 * @param slug the question's name, as `mobilePhone`
 * @param label what people read, if that is told
 */
export function asksForOwnNumber(slug: string, label: string | null): boolean {
	const question = `${plainWords(slug)}${label === null ? '' : plainWords(label)}`;
	const says = (word: string): boolean => question.includes(word);
	return NUMBER.some(says) && !SOMEONE_ELSE.some(says);
}

function plainWords(text: string): string {
	const words = text
		.slice(0, MAX_QUESTION)
		.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/ł/g, 'l')
		.replace(/[^\p{L}\p{N}]+/gu, ' ');
	return ` ${words} `;
}
