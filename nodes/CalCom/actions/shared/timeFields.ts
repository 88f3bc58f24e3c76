import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { toZone } from '../../../shared/panel/instant';

/** The zone that times of the panel are meant in, and that local times of the output are given in. */
export const timeZoneField: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Amsterdam',
	description:
		'IANA name of the zone that dates and times without an offset are meant in. Leave empty to use the time zone of the workflow.',
};

export function readZone(ctx: IExecuteFunctions, itemIndex: number): string {
	return toZone(ctx, itemIndex, ctx.getNodeParameter('timeZone', itemIndex, ''));
}
