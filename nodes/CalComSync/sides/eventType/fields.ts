import type { NodePropertyTypes } from 'n8n-workflow';
import type { Input } from '../../../shared/eventTypes/inputs/input';
import { INPUTS, READ_ONLY } from '../../../shared/eventTypes/inputs';
import type { ValueKind } from '../../merge/kinds';
import type { CalComField } from '../../resource';

/** What the panel of an event type asks for tells what a value is; whatever else is compared as JSON. */
const KINDS: Partial<Record<NodePropertyTypes, ValueKind>> = {
	boolean: 'boolean',
	number: 'number',
	options: 'text',
	string: 'text',
};
const SPECIAL_KINDS: Record<string, ValueKind> = { lengthInMinutesOptions: 'list', scheduleId: 'number' };

const REQUIRED = new Set(['title', 'slug', 'lengthInMinutes']);

/** Read-only fields, as the panel shows them. What to do instead is told in `READ_ONLY`. */
const SHOWN: Record<string, { label: string; kind: ValueKind }> = {
	bookingUrl: { label: 'Booking URL', kind: 'text' },
	currency: { label: 'Currency', kind: 'text' },
	forwardParamsSuccessRedirect: { label: 'Forward Parameters on Redirect', kind: 'boolean' },
	id: { label: 'ID', kind: 'number' },
	isInstantEvent: { label: 'Instant Event', kind: 'boolean' },
	metadata: { label: 'Metadata', kind: 'json' },
	ownerId: { label: 'Owner ID', kind: 'number' },
	parentEventTypeId: { label: 'Parent Event Type ID', kind: 'number' },
	price: { label: 'Price', kind: 'number' },
	seatsPerTimeSlot: { label: 'Seats per Time Slot', kind: 'number' },
	seatsShowAvailabilityCount: { label: 'Show Free Seats', kind: 'boolean' },
	team: { label: 'Team', kind: 'json' },
	teamId: { label: 'Team ID', kind: 'number' },
	users: { label: 'Users', kind: 'json' },
};

function settable(one: Input): CalComField {
	const { name, field } = one;
	const kind = SPECIAL_KINDS[name] ?? KINDS[field.type] ?? 'json';
	return {
		name,
		label: field.displayName,
		kind,
		writable: true,
		...(REQUIRED.has(name) ? { required: true } : {}),
		...(kind === 'json' ? { compared: one.compared } : {}),
	};
}

function readOnly(name: string): CalComField {
	const { label, kind } = SHOWN[name] ?? { label: name, kind: 'json' };
	return { name, label, kind, writable: false, why: READ_ONLY[name] };
}

/** Everything that Cal.com tells of an event type. */
export const FIELDS: readonly CalComField[] = [...INPUTS.map(settable), ...Object.keys(READ_ONLY).map(readOnly)];

export const FIELD_BY_NAME: ReadonlyMap<string, CalComField> = new Map(FIELDS.map((field) => [field.name, field]));
