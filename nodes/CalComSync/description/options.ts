import type { INodeProperties } from 'n8n-workflow';
import { COLUMN_DEFAULTS, PROTECTED_DEFAULT } from '../columns';

function column(name: string, displayName: string, start: string, description: string): INodeProperties {
	return { displayName, name, type: 'string', default: start, placeholder: `e.g. ${start}`, description };
}

/** The sync's own columns of a record, by another name. */
const columns: INodeProperties = {
	displayName: 'Columns',
	name: 'columns',
	type: 'collection',
	placeholder: 'Add column',
	default: {},
	description: "The sync's own columns of a record, where they have other names",
	options: [
		column(
			'calcomId',
			'Cal.com ID',
			'calcom_event_type_id',
			'Holds the ID of the event type or the UID of the booking. Bookings: booking_uid unless you name another.',
		),
		column('error', 'Error', COLUMN_DEFAULTS.error, 'Holds why a record is not in step'),
		column('syncedAt', 'Last Sync', COLUMN_DEFAULTS.syncedAt, 'Holds when it was last compared'),
		column('resolution', 'Resolution', COLUMN_DEFAULTS.resolution, 'Holds what you decide about a conflict'),
		column('state', 'State', COLUMN_DEFAULTS.state, 'Holds the values last agreed. The sync needs it.'),
		column('status', 'Status', COLUMN_DEFAULTS.status, 'Holds synced, conflict, error, pending or never'),
		column('updatedAt', 'Updated', COLUMN_DEFAULTS.updatedAt, 'Holds when the record was changed last'),
	],
};

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Cancellation Reason',
			name: 'cancellationReason',
			type: 'string',
			default: '',
			placeholder: 'e.g. The teacher is ill',
			description: 'What attendees read when a record cancels a booking',
			displayOptions: { show: { '/resource': ['booking'] } },
		},
		columns,
		{
			displayName: 'Force',
			name: 'force',
			type: 'boolean',
			default: false,
			description: 'Whether fields that one side owns are written even where both sides look equal',
		},
		{
			displayName: 'Include Report',
			name: 'includeReport',
			type: 'boolean',
			default: false,
			description: 'Whether each record says what became of each field. A dry run always does.',
		},
		{
			displayName: 'Protected Columns',
			name: 'protectedColumns',
			type: 'string',
			default: PROTECTED_DEFAULT,
			placeholder: 'e.g. company_id, branch_id',
			description: 'Columns that are never written, separated by commas. Record Key never is either.',
		},
	],
};
