import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Fields } from '../../../shared/values/readers';
import { toJsonObject } from '../../../shared/values/json';
import { pick } from '../shared/answer';
import { wantsSimple } from '../shared/simplify';

/** What most workflows need of an event type. */
const SIMPLE = [
	'id',
	'title',
	'slug',
	'description',
	'lengthInMinutes',
	'locations',
	'price',
	'currency',
	'hidden',
	'bookingUrl',
] as const;

/** An event type as the user wants to see it: simplified, or as Cal.com gives it. */
export function eventTypeOutput(ctx: IExecuteFunctions, itemIndex: number, eventType: Fields): IDataObject {
	const whole: IDataObject = toJsonObject(eventType);
	return wantsSimple(ctx, itemIndex) ? pick(whole, SIMPLE) : whole;
}
