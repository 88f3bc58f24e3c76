import type { IHookFunctions, IPollFunctions } from 'n8n-workflow';
import { operationError } from '../api/nodeErrors';
import { knownCountry } from '../values/phone';
import { fields, identifier } from '../values/readers';

/**
 * Refuses a country that does not exist, while somebody is there to read it: when publishing or testing. A delivery never
 * fails by it, and is read as if no country was set.
 *
 * @throws NodeOperationError that names the word and what to write
 */
export function assertDefaultCountry(ctx: IHookFunctions | IPollFunctions): void {
	const written = identifier(fields(ctx.getNodeParameter('options', {}))?.defaultCountry);
	if (written === null || knownCountry(written) !== null) return;
	throw operationError(
		ctx.getNode(),
		'DEFAULT_COUNTRY_UNKNOWN',
		`Default Country "${written.slice(0, 40)}" is no country`,
		{
			description:
				'Write the two letters of ISO 3166: GB for the United Kingdom, DE for Germany, NL for the Netherlands, US for the United States. Or leave it out: then the time zone of each attendee tells.',
		},
	);
}
