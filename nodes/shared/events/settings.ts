import type { IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { BookingTypeRule } from './bookingType';
import type { NormalizeContext } from './normalize';
import { knownCountry } from '../values/phone';
import type { Fields } from '../values/readers';
import { fields, identifier, list, text } from '../values/readers';

/** What comes out: the normalized event, that on one level, what Cal.com sent as it is, or the event with that in `raw`. */
export type EventOutput = 'normalized' | 'flat' | 'raw' | 'both';

export interface DeliverySettings {
	output: EventOutput;
	includePings: boolean;
	context: Omit<NormalizeContext, 'verified' | 'receivedAt' | 'instance'>;
}

const OUTPUTS: ReadonlySet<unknown> = new Set<EventOutput>(['normalized', 'flat', 'raw', 'both']);
const isOutput = (value: unknown): value is EventOutput => OUTPUTS.has(value);

/** A rule of the panel; one that was added and not filled in is left out. */
function toRule(value: unknown): BookingTypeRule[] {
	const rule = fields(value);
	const words = text(rule?.value);
	const name = text(rule?.name);
	if (rule === null || words === null || name === null) return [];
	return [{ match: rule.match === 'slugIs' ? 'slugIs' : 'titleContains', value: words, name }];
}

/** The rules of the panel's field *Booking Types*. */
export const readRules = (parameter: unknown): BookingTypeRule[] => list(fields(parameter)?.rules).flatMap(toRule);

/**
 * Reads what a trigger's panel says about what it hands over. With webhooks this runs for each delivery:
 * every parameter is read once, and by plain readers, which cost a tenth of a schema.
 */
export function readSettings(
	ctx: IWebhookFunctions | IPollFunctions,
	source: NormalizeContext['source'],
): DeliverySettings {
	const options: Fields = fields(ctx.getNodeParameter('options', {})) ?? {};
	const chosen = ctx.getNodeParameter('output', 'normalized');
	const output = isOutput(chosen) ? chosen : 'normalized';
	return {
		output,
		includePings: options.includePings === true,
		context: {
			source,
			tag: identifier(options.tag),
			includeSecrets: options.includeSecrets === true,
			includeRaw: output === 'raw' || output === 'both',
			defaultCountry: knownCountry(identifier(options.defaultCountry)),
			bookingTypeRules: readRules(ctx.getNodeParameter('bookingTypes', {})),
			defaultBookingType: identifier(options.defaultBookingType),
		},
	};
}
