import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { readRules } from '../../../shared/events/settings';
import type { NormalizeContext } from '../../../shared/events/normalize';
import { knownCountry } from '../../../shared/values/phone';
import type { Fields } from '../../../shared/values/readers';
import { fields, identifier } from '../../../shared/values/readers';

/** The words of the user's own that a trigger adds to an event. */
export const eventOptions: INodeProperties = {
	displayName: 'Event Options',
	name: 'eventOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Default Booking Type',
			name: 'defaultBookingType',
			type: 'string',
			default: '',
			description: 'For bookings that no rule matches',
		},
		{
			displayName: 'Default Country',
			name: 'defaultCountry',
			type: 'string',
			default: '',
			placeholder: 'e.g. NL',
			description: 'Two letters (ISO 3166) for phone numbers written without a country code, as in the trigger',
		},
		{
			displayName: 'Tag',
			name: 'tag',
			type: 'string',
			default: '',
			placeholder: 'e.g. amsterdam',
			description: 'A word of yours in every event: which branch or company it is of, as in the trigger',
		},
	],
};

type EventWords = Pick<NormalizeContext, 'tag' | 'defaultCountry' | 'bookingTypeRules' | 'defaultBookingType'>;

export function readEventWords(ctx: IExecuteFunctions, itemIndex: number): EventWords {
	const options: Fields = fields(ctx.getNodeParameter('eventOptions', itemIndex, {})) ?? {};
	return {
		tag: identifier(options.tag),
		defaultCountry: knownCountry(identifier(options.defaultCountry)),
		bookingTypeRules: readRules(ctx.getNodeParameter('bookingTypes', itemIndex, {})),
		defaultBookingType: identifier(options.defaultBookingType),
	};
}
