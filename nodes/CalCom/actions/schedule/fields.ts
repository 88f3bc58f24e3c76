import type { INodeProperties } from 'n8n-workflow';
import type { ApiRequest } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import { dataObject } from '../shared/answer';
import { scheduleLocator } from '../../../shared/panel/locators';

/** A schedule; the session turns answers of the old shape down. */
export const scheduleAnswer = dataObject;

export function scheduleRequest(session: Session, method: ApiRequest['method'], path = ''): ApiRequest {
	return { method, path: `/schedules${path}`, version: versionFor('schedules', session.edition) };
}

export const scheduleField: INodeProperties = scheduleLocator({
	description: 'The schedule, from the list or by its ID',
});

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Evening lessons',
};

export const defaultField: INodeProperties = {
	displayName: 'Default',
	name: 'isDefault',
	type: 'boolean',
	default: false,
	description: 'Whether event types without a schedule of their own use this one',
};

export const scheduleZoneField: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Amsterdam',
	description: 'IANA name of the zone that the hours are meant in',
};

const DAYS = ['Friday', 'Monday', 'Saturday', 'Sunday', 'Thursday', 'Tuesday', 'Wednesday'];

const times: INodeProperties[] = [
	{ displayName: 'Start Time', name: 'startTime', type: 'string', default: '09:00', placeholder: 'e.g. 09:00' },
	{ displayName: 'End Time', name: 'endTime', type: 'string', default: '17:00', placeholder: 'e.g. 17:00' },
];

export const availabilityField: INodeProperties = {
	displayName: 'Weekly Hours',
	name: 'availability',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Hours',
	default: {},
	options: [
		{
			displayName: 'Hours',
			name: 'entries',
			values: [
				{
					displayName: 'Days',
					name: 'days',
					type: 'multiOptions',
					default: [],
					options: DAYS.map((day) => ({ name: day, value: day })),
				},
				...times,
			],
		},
	],
};

export const overridesField: INodeProperties = {
	displayName: 'Date Overrides',
	name: 'overrides',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Override',
	default: {},
	description: 'Other hours on single days',
	options: [
		{
			displayName: 'Override',
			name: 'entries',
			values: [
				{
					displayName: 'Date',
					name: 'date',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2026-12-24',
				},
				...times,
			],
		},
	],
};
