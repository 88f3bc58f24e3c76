import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../operation';
import { invalid } from '../../../shared/panel/invalid';
import { bookingPath, bookingRequest, someBookings } from '../../../shared/api/bookings';
import { outputField, shape } from './output';
import { bookingField, readList, readText, readUid } from './parameters';

const HOST: ReadonlyMap<string, boolean> = new Map([
	['absent', true],
	['present', false],
]);

/** Marks who did not come, or takes it back. Cal.com allows it once the booking has begun. */
export const markAbsent: Operation = {
	option: {
		name: 'Mark Absent',
		value: 'markAbsent',
		action: 'Mark who was absent',
		description: 'Record that the host or attendees did not come, or that they did',
	},
	fields: [
		bookingField('The booking that someone missed. It must have begun.'),
		{
			displayName: 'Host',
			name: 'host',
			type: 'options',
			default: 'unchanged',
			options: [
				{ name: 'Leave as It Is', value: 'unchanged' },
				{ name: 'Was Absent', value: 'absent' },
				{ name: 'Was There', value: 'present' },
			],
			description: 'Whether the host came. The host whom the API key belongs to is meant.',
		},
		{
			displayName: 'Absent Attendees',
			name: 'absentAttendees',
			type: 'string',
			default: '',
			placeholder: 'e.g. ada@student.example',
			description: 'Email addresses of those who did not come, separated by commas',
		},
		{
			displayName: 'Present Attendees',
			name: 'presentAttendees',
			type: 'string',
			default: '',
			placeholder: 'e.g. bob@student.example',
			description: 'Email addresses of those who came, to take an absence back',
		},
		outputField,
	],
	async execute(itemIndex, session) {
		const uid = readUid(this, itemIndex);
		const host = HOST.get(readText(this, 'host', itemIndex));
		const marked = (name: string, absent: boolean): IDataObject[] =>
			readList(this.getNodeParameter(name, itemIndex, '')).map((email) => ({ email, absent }));
		const attendees = [...marked('absentAttendees', true), ...marked('presentAttendees', false)];
		// Cal.com answers an empty request as if it had done something.
		if (host === undefined && attendees.length === 0) {
			throw invalid(
				this,
				itemIndex,
				'NOTHING_CHOSEN',
				'Nobody is named',
				'Say whether the host came, or give the email addresses of attendees.',
			);
		}
		const body = { ...(host === undefined ? {} : { host }), ...(attendees.length === 0 ? {} : { attendees }) };
		const request = bookingRequest(session, 'POST', bookingPath(uid, '/mark-absent'), body);
		return shape(this, itemIndex, session, await session.request(itemIndex, request, someBookings));
	},
};
