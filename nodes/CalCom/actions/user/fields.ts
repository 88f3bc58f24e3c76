import type { INodeProperties } from 'n8n-workflow';
import type { ApiRequest } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import { scheduleLocator } from '../../../shared/panel/locators';

/** What people need of a user; the rest is picture and text of the public page. */
export const SIMPLE_KEYS = [
	'id',
	'name',
	'email',
	'username',
	'timeZone',
	'timeFormat',
	'weekStart',
	'defaultScheduleId',
	'organizationId',
];

export function meRequest(session: Session, method: ApiRequest['method']): ApiRequest {
	return { method, path: '/me', version: versionFor('me', session.edition) };
}

const WEEK_STARTS = ['Friday', 'Monday', 'Saturday', 'Sunday', 'Thursday', 'Tuesday', 'Wednesday'];

/** Everything that Cal.com lets users change about themselves. */
export const profileFields: INodeProperties[] = [
	{
		displayName: 'Avatar URL',
		name: 'avatarUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/anna.png',
	},
	{
		displayName: 'Bio',
		name: 'bio',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		description: 'The text on the public page',
	},
	{
		...scheduleLocator({ displayName: 'Default Schedule', name: 'defaultScheduleId' }),
		required: false,
		description: 'The hours of event types without a schedule of their own',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@email.com',
		description: 'Cal.com asks the new address for a confirmation; until then the old one stays',
	},
	{
		displayName: 'Locale',
		name: 'locale',
		type: 'string',
		default: '',
		placeholder: 'e.g. en',
		description: 'The language, as a code such as en, nl or pt-BR',
	},
	{
		displayName: 'Metadata (JSON)',
		name: 'metadata',
		type: 'json',
		default: '{}',
		description: 'At most 50 pairs; keys up to 40, values up to 500 characters',
	},
	{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Anna Example' },
	{
		displayName: 'Time Format',
		name: 'timeFormat',
		type: 'options',
		default: 24,
		options: [
			{ name: '12 Hours', value: 12 },
			{ name: '24 Hours', value: 24 },
		],
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Amsterdam',
	},
	{
		displayName: 'Week Start',
		name: 'weekStart',
		type: 'options',
		default: 'Monday',
		options: WEEK_STARTS.map((day) => ({ name: day, value: day })),
	},
];
