import type { Input } from './input';
import { choice, count, entries, input, property, toggle, words } from './input';

/** As Cal.com names them; each language is written in itself. */
const LANGUAGES: Record<string, string> = {
	ar: 'العربية',
	az: 'Azərbaycanca',
	bg: 'Български',
	bn: 'বাংলা',
	ca: 'Català',
	cs: 'Čeština',
	da: 'Dansk',
	de: 'Deutsch',
	el: 'Ελληνικά',
	en: 'English',
	es: 'Español',
	'es-419': 'Español (Latinoamérica)',
	et: 'Eesti',
	eu: 'Euskara',
	fi: 'Suomi',
	fr: 'Français',
	he: 'עברית',
	hu: 'Magyar',
	it: 'Italiano',
	ja: '日本語',
	km: 'ភាសាខ្មែរ',
	ko: '한국어',
	nl: 'Nederlands',
	no: 'Norsk',
	pl: 'Polski',
	pt: 'Português',
	'pt-BR': 'Português (Brasil)',
	ro: 'Română',
	ru: 'Русский',
	'sk-SK': 'Slovenčina',
	sr: 'Српски',
	sv: 'Svenska',
	tr: 'Türkçe',
	uk: 'Українська',
	vi: 'Tiếng Việt',
	'zh-CN': '中文（简体）',
	'zh-TW': '中文（繁體）',
};

const languageOptions = [
	{ name: "Visitor's Browser Language", value: '' },
	...Object.entries(LANGUAGES).map(([value, name]) => ({ name, value })),
];

const minutes = (value: unknown): number[] =>
	entries(typeof value === 'number' ? [value] : value)
		.map(Number)
		.filter(Number.isFinite);

export const basics: Input[] = [
	words('basics', 'title', 'Title', 'The name that people see', { placeholder: 'e.g. Trial lesson' }),
	words('basics', 'slug', 'Slug', 'The last part of the address of the booking page', {
		placeholder: 'e.g. trial-lesson',
	}),
	count('basics', 'lengthInMinutes', 'Length in Minutes', 'How long a booking lasts', 30, 1),
	input(
		'basics',
		property(
			'string',
			'lengthInMinutesOptions',
			'Lengths to Choose From',
			'Minutes, separated by commas, when the booker may choose. The length above must be among them.',
			{ placeholder: 'e.g. 15, 30, 60' },
		),
		{ fromPanel: minutes, fromJson: minutes, compared: (value) => minutes(value).sort((a, b) => a - b) },
	),
	words('basics', 'description', 'Description', 'What the booking page says about it', {
		typeOptions: { rows: 4 },
		placeholder: 'e.g. A first lesson to get to know each other',
	}),
	toggle('basics', 'hidden', 'Hidden', 'Whether it is left off the public profile; its own link still works'),
	choice(
		'basics',
		'interfaceLanguage',
		'Interface Language',
		'The language of the booking page',
		languageOptions,
		'',
	),
	words('basics', 'successRedirectUrl', 'Redirect After Booking', 'The page that the booker is led to afterwards', {
		placeholder: 'e.g. https://school.example/thanks',
	}),
];
