import type { IWebhookFunctions } from 'n8n-workflow';
import type { BookingTypeRule } from '../shared/events/bookingType';
import type { NormalizeContext } from '../shared/events/normalize';
import type { Fields } from '../shared/events/readers';
import { fields, identifier, list, text } from '../shared/events/readers';

/** What a delivery becomes: the normalized event, the body as sent, or the event with the body in `raw`. */
export type Output = 'normalized' | 'raw' | 'both';

export interface DeliverySettings {
	output: Output;
	includePings: boolean;
	context: Omit<NormalizeContext, 'verified' | 'receivedAt'>;
}

const OUTPUTS: ReadonlySet<unknown> = new Set<Output>(['normalized', 'raw', 'both']);
const isOutput = (value: unknown): value is Output => OUTPUTS.has(value);

/** A rule of the panel; one that was added and not filled in is left out. */
function toRule(value: unknown): BookingTypeRule[] {
	const rule = fields(value);
	const words = text(rule?.value);
	const name = text(rule?.name);
	if (rule === null || words === null || name === null) return [];
	return [{ match: rule.match === 'slugIs' ? 'slugIs' : 'titleContains', value: words, name }];
}

/**
 * Reads what the node's panel says about deliveries. This runs for each of them: every parameter is
 * read once, and by plain readers, which cost a tenth of a schema.
 */
export function readSettings(ctx: IWebhookFunctions): DeliverySettings {
	const options: Fields = fields(ctx.getNodeParameter('options', {})) ?? {};
	const chosen = ctx.getNodeParameter('output', 'normalized');
	const output = isOutput(chosen) ? chosen : 'normalized';
	return {
		output,
		includePings: options.includePings === true,
		context: {
			source: 'webhook',
			tag: identifier(options.tag),
			includeSecrets: options.includeSecrets === true,
			includeRaw: output !== 'normalized',
			defaultCountry: identifier(options.defaultCountry)?.toUpperCase() ?? null,
			bookingTypeRules: list(fields(ctx.getNodeParameter('bookingTypes', {}))?.rules).flatMap(toRule),
			defaultBookingType: identifier(options.defaultBookingType),
		},
	};
}
