import type { IDataObject } from 'n8n-workflow';
import type { CalComEvent } from './event';
import { flatEvent } from './flat';
import type { EventOutput } from './settings';

/** What the workflow gets of an event, in the shape chosen in the panel. */
export function toItem(event: CalComEvent, output: EventOutput): IDataObject {
	if (output === 'flat') return flatEvent(event);
	const { raw } = event;
	if (output === 'raw' && typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw;
	return { ...event };
}
