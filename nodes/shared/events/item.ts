import type { IDataObject } from 'n8n-workflow';
import type { CalComEvent } from './event';
import type { Output } from './settings';

/** What the workflow gets of an event, in the shape chosen in the panel. */
export function toItem(event: CalComEvent, output: Output): IDataObject {
	const { raw } = event;
	if (output === 'raw' && typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw;
	return { ...event };
}
