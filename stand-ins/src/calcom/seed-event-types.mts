import { applyInput, blankEventType } from './event-types.mts';
import { without } from './json.mts';
import type { JsonObject } from './json.mts';
import type { BookingField, EventType } from './types.mts';

const STUDIO: JsonObject = { type: 'address', address: 'Keizersgracht 1, Amsterdam', public: true };
const JITSI: JsonObject = { type: 'integration', integration: 'jitsi' };
const WEEKLY = (occurrences: number): JsonObject => ({ interval: 1, occurrences, frequency: 'weekly' });
const APPROVAL = (block: boolean): JsonObject => ({ type: 'always', blockUnconfirmedBookingsInBooker: block });
const GROUP = (showAttendeeInfo: boolean): JsonObject => ({
	seatsPerTimeSlot: 3,
	showAttendeeInfo,
	showAvailabilityCount: true,
});
const question = (type: string, slug: string, label: string, extra: JsonObject = {}): JsonObject => ({
	type,
	slug,
	label,
	required: false,
	...extra,
});

const GOALS = question('textarea', 'goals', 'What would you like to learn?', { placeholder: 'e.g. scales' });
const LEVEL = question('select', 'level', 'Your level', {
	placeholder: 'pick',
	options: ['beginner', 'intermediate', 'advanced'],
});

const TRIAL_QUESTIONS: JsonObject[] = [
	GOALS,
	LEVEL,
	question('multiselect', 'instruments', 'Instruments', { options: ['piano', 'violin', 'voice'] }),
	question('boolean', 'adult', 'I am an adult'),
	question('number', 'age', 'Age', { placeholder: '0' }),
	question('checkbox', 'days', 'Days', { options: ['mon', 'tue'] }),
	question('radio', 'mode', 'Mode', { options: ['online', 'offline'] }),
	question('phone', 'attendeePhoneNumber', 'Phone'),
	question('url', 'site', 'Website'),
	question('multiemail', 'cc', 'CC'),
	question('address', 'home', 'Home address'),
];

const SPLIT_NAME: JsonObject = {
	type: 'splitName',
	firstNameLabel: 'First',
	firstNamePlaceholder: '',
	lastNameLabel: 'Last',
	lastNamePlaceholder: '',
	lastNameRequired: true,
};

type Row = [id: number, title: string, slug: string, minutes: number, extra?: JsonObject];

const EVENT_TYPES: Row[] = [
	[3, 'Trial lesson', 'trial-lesson', 30, { description: 'A first lesson', bookingFields: TRIAL_QUESTIONS }],
	[4, 'Online lesson', 'online-lesson', 45],
	[5, 'Jitsi lesson', 'jitsi-lesson', 30, { locations: [JITSI] }],
	[6, 'Studio lesson', 'studio-lesson', 60, { locations: [STUDIO] }],
	[
		7,
		'Link lesson',
		'link-lesson',
		30,
		{ locations: [{ type: 'link', link: 'https://meet.school.example/room1', public: true }] },
	],
	[8, 'Call back', 'call-back', 15, { locations: [{ type: 'attendeePhone' }] }],
	[9, 'Call us', 'call-us', 15, { locations: [{ type: 'phone', phone: '+31201234567', public: true }] }],
	[10, 'Home lesson', 'home-lesson', 60, { locations: [{ type: 'attendeeAddress' }] }],
	[
		11,
		'Choose place',
		'choose-place',
		30,
		{
			locations: [
				{ type: 'integration', integration: 'cal-video' },
				STUDIO,
				{ type: 'attendeePhone' },
				{ type: 'attendeeDefined' },
			],
		},
	],
	[12, 'Intake (needs approval)', 'intake-approval', 30, { confirmationPolicy: APPROVAL(false) }],
	[13, 'Weekly piano', 'weekly-piano', 30, { recurrence: WEEKLY(4) }],
	[14, 'Group class', 'group-class', 60, { seats: GROUP(true) }],
	[15, 'Group class (hidden attendees)', 'group-class-hidden', 60, { seats: GROUP(false) }],
	[16, 'Variable length', 'variable-length', 30, { lengthInMinutesOptions: [15, 30, 60] }],
	[
		17,
		'Required question',
		'required-question',
		30,
		{ bookingFields: [question('text', 'why', 'Why?', { required: true, placeholder: 'x' })] },
	],
	[18, 'Weekly with approval', 'weekly-approval', 30, { recurrence: WEEKLY(3), confirmationPolicy: APPROVAL(true) }],
	[21, 'Paid lesson', 'paid-lesson', 30, { locations: [STUDIO] }],
	[22, 'Split name', 'split-name', 30, { bookingFields: [SPLIT_NAME] }],
	[23, 'Level Check', 'level-check', 30, { description: 'Find the right level', bookingFields: [GOALS, LEVEL] }],
];

function ownEventType([id, title, slug, lengthInMinutes, extra]: Row): EventType {
	const eventType = applyInput(blankEventType(id, 1), { title, slug, lengthInMinutes, ...extra });
	return slug === 'paid-lesson' ? { ...eventType, price: 4500, currency: 'eur' } : eventType;
}

const unlabelled = ({ isDefault, type, slug, ...rest }: BookingField): BookingField => ({
	isDefault,
	type,
	slug,
	...without(rest, 'label'),
});

/** The team's event types were made in Cal.com's web app, which asks in another order. */
function teamEventType(id: number, title: string, slug: string, extra: Partial<EventType>): EventType {
	const [name, email, ...rest] = applyInput(blankEventType(id, null), {}).bookingFields;
	const phone = {
		isDefault: true,
		type: 'phone',
		slug: 'attendeePhoneNumber',
		required: false,
		disableOnPrefill: false,
		hidden: true,
	};
	return {
		...blankEventType(id, null),
		teamId: 1,
		hostIds: [2, 3],
		title,
		slug,
		bookingFields: [...(name ? [unlabelled(name)] : []), ...(email ? [email] : []), phone, ...rest],
		...extra,
	};
}

/** The lessons of the school, in the order of their ids; two of them belong to its team. */
export function seedEventTypes(): EventType[] {
	return [
		teamEventType(1, 'Intake lesson (round robin)', 'intake-rr', {
			description: 'Intake lesson with one of our teachers',
			schedulingType: 'ROUND_ROBIN',
			locations: [JITSI],
		}),
		teamEventType(2, 'Panel (collective)', 'panel', {
			description: 'Both teachers',
			schedulingType: 'COLLECTIVE',
			locations: [STUDIO],
		}),
		...EVENT_TYPES.map(ownEventType),
	].map((eventType) => structuredClone(eventType));
}
