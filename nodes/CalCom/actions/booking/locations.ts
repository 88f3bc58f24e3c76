import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { invalid } from '../../../shared/panel/invalid';
import type { Detail, LocationKind } from './locationKinds';
import { APPS, KINDS } from './locationKinds';
import { readText } from './parameters';

type Request = 'create' | 'update';

const kindsFor = (request: Request): LocationKind[] =>
	KINDS.filter(({ createOnly }) => request === 'create' || createOnly !== true);

const DETAIL_FIELDS: Record<Detail, INodeProperties> = {
	address: {
		displayName: 'Address',
		name: 'locationAddress',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Keizersgracht 1, Amsterdam',
		description: 'Where to meet',
	},
	phone: {
		displayName: 'Phone Number',
		name: 'locationPhone',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. +31612345678',
		description: 'The number to call, with its country code',
	},
	link: {
		displayName: 'Link',
		name: 'locationLink',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://meet.school.example/room1',
		description: 'The address to join at',
	},
	location: {
		displayName: 'Place',
		name: 'locationText',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Café Central',
		description: 'The place that the attendee named',
	},
	integration: {
		displayName: 'App',
		name: 'locationApp',
		type: 'options',
		options: APPS,
		default: 'cal-video',
		description: 'The video app; it must be connected in Cal.com',
	},
};

function detailField(detail: Detail, request: Request): INodeProperties {
	const kinds = kindsFor(request)
		.filter((kind) => kind[request] === detail)
		.map(({ value }) => value);
	return { ...DETAIL_FIELDS[detail], displayOptions: { show: { location: kinds } } };
}

const kindOptions = (request: Request): INodePropertyOptions[] =>
	kindsFor(request).map(({ name, value, description }) => ({ name, value, description }));

const PLACE_FIELDS: Record<Request, INodeProperties> = {
	create: {
		displayName: 'Location',
		name: 'location',
		type: 'options',
		options: [
			{ name: 'As the Event Type Has It', value: 'eventType', description: 'Its first location' },
			...kindOptions('create'),
		],
		default: 'eventType',
		description: 'Where the booking takes place; the event type must offer it',
	},
	update: {
		displayName: 'Location',
		name: 'location',
		type: 'options',
		options: kindOptions('update'),
		default: 'link',
		description: 'Where the booking takes place from now on',
	},
};

/** The choice of a place and what that place needs. */
export function locationFields(request: Request): INodeProperties[] {
	const details = new Set(kindsFor(request).flatMap((kind) => kind[request] ?? []));
	return [PLACE_FIELDS[request], ...[...details].map((detail) => detailField(detail, request))];
}

/**
 * The place that was chosen, as the API wants it; null for the event type's own.
 *
 * @throws NodeOperationError when a detail that it needs is empty
 */
export function chosenLocation(ctx: IExecuteFunctions, itemIndex: number, request: Request): IDataObject | null {
	const type = readText(ctx, 'location', itemIndex);
	const kind = kindsFor(request).find(({ value }) => value === type);
	if (kind === undefined) return null;
	const detail = kind[request];
	if (detail === undefined) return { type };
	const { name, displayName } = DETAIL_FIELDS[detail];
	const value = readText(ctx, name, itemIndex);
	if (value !== '') return { type, [detail]: value };
	throw invalid(
		ctx,
		itemIndex,
		'FIELD_EMPTY',
		`${displayName} is empty`,
		`The location "${kind.name}" needs it. Fill it in, or choose another location.`,
	);
}
