import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

const KEYS = ['id', 'subscriberUrl', 'active', 'triggers', 'payloadTemplate', 'time', 'timeUnit', 'createdAt'];
/** What it belongs to: the scopes name it in different fields. */
const OWNERS = ['userId', 'eventTypeId', 'teamId'];

/**
 * A webhook as it comes out: all scopes and operations give the same fields. Whether it has a secret
 * is always told, the secret itself only to who asked for it.
 */
export function webhookOutput(ctx: IExecuteFunctions, itemIndex: number, webhook: IDataObject): IDataObject {
	const { secret } = webhook;
	const shown = Object.fromEntries([...KEYS, ...OWNERS].map((key) => [key, webhook[key] ?? null]));
	const asked = ctx.getNodeParameter('includeSecret', itemIndex, false) === true;
	return {
		...shown,
		hasSecret: typeof secret === 'string' && secret !== '',
		...(asked ? { secret: secret ?? null } : {}),
	};
}
