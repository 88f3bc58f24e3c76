import { readFileSync } from 'node:fs';
import { asksForOwnNumber } from '../../../../nodes/shared/booking/phoneQuestion.ts';
import { delivery, normalize } from '../events/support.mts';

describe('a question asks for the own number', () => {
	test.each([
		'Phone',
		'Your phone number',
		'mobilePhone',
		'Mobile',
		'Cell?',
		'tel',
		'WhatsApp number',
		'Which number may we text (SMS)?',
		'Handynummer',
		'Handy',
		'Rufnummer',
		'Telefonnummer',
		'Mobilnummer',
		'Mobiel',
		'Telefoonnummer',
		'GSM',
		'Numer komórkowy',
		'Numer telefonu',
		'Komórka',
		'Portable',
		'Numéro de téléphone',
		'Téléphone mobile',
		'Celular',
		'Móvil',
		'Teléfono',
		'Cellulare',
		'Numero di telefono',
		'Telemóvel',
		'Número de telefone',
		'mobile-phone_2',
		'MOBILE',
	])('%s', (question) => {
		expect(asksForOwnNumber('q7', question)).toBe(true);
		expect(asksForOwnNumber(question, null)).toBe(true);
	});
});

describe('a question asks for somebody else’s number, or for none', () => {
	test.each([
		'Phone of your emergency contact',
		'emergencyPhone',
		'Notfalltelefon',
		'Noodnummer telefoon',
		'Téléphone en cas d’urgence',
		'Teléfono de emergencia',
		'Telefono di emergenza',
		'Telefon awaryjny',
		'companyPhone',
		'Company phone',
		'Firmentelefon',
		'Telefoon van het bedrijf',
		'Téléphone de l’entreprise',
		'Teléfono de la empresa',
		'Telefono dell’azienda',
		'Telefon firmy',
		'Office phone',
		'Parent mobile',
		'Handynummer der Eltern',
		'Telefoon van de ouders',
		'Telefon rodzica',
		'Téléphone des parents',
		'Móvil de la madre',
		'Cellulare del padre',
		'Telemóvel da mãe',
		'Mum’s mobile',
		'guardian_phone',
		'Partner’s phone',
		'Phone of the contact person',
		'Telefon der Kontaktperson',
		'Phone of your doctor',
		'Fax',
		'Phone model',
	])('%s', (question) => {
		expect(asksForOwnNumber('q7', question)).toBe(false);
		expect(asksForOwnNumber(question, null)).toBe(false);
		// The slug of a question is made from its first wording: either of the two may tell whose it is.
		expect(asksForOwnNumber(question, 'Phone')).toBe(false);
	});
});

test.each(['Hotel', 'How old are you?', 'Notes', '', '电话'])('%p asks for no number', (question) => {
	expect(asksForOwnNumber(question, question)).toBe(false);
});

test('as reported: an emergency contact gets no reminders', () => {
	const file = new URL('../../../fixtures/cases/16-phone-question-of-someone-else.json', import.meta.url);
	const { delivery: body } = JSON.parse(readFileSync(file, 'utf8')) as { delivery: unknown };
	expect(normalize(body).attendee.phone).toBeNull();
});

test('the own number is taken, in whichever order the questions stand', () => {
	const answer = (label: string, value: string) => ({ label, value, isHidden: false });
	const company = answer('Company phone', '+31201234567');
	const own = answer('Mobiel nummer', '06 12345678');
	for (const responses of [
		{ companyPhone: company, mobile: own },
		{ mobile: own, companyPhone: company },
	])
		expect(normalize(delivery('BOOKING_CREATED', { responses })).attendee.phone).toBe('+31612345678');
});
