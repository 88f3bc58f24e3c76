import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Session } from '../../../shared/api/session';
import { catalogEntry } from '../../../shared/events/catalog';
import { lostDelay } from '../../../shared/webhooks/lostDelay';
import type { Fields } from '../../../shared/values/readers';
import { httpUrl, list, number, text } from '../../../shared/values/readers';
import { invalid } from '../../../shared/panel/invalid';

/**
 * How long Cal.com waits before it looks who is missing, unless told: a new webhook for such events
 * needs it, one that exists has it.
 */
export function defaultDelay(events: unknown): IDataObject {
	const needsDelay = list(events).some((event) => catalogEntry(String(event))?.needsDelay === true);
	return needsDelay ? { time: 5, timeUnit: 'MINUTE' } : {};
}

function url(ctx: IExecuteFunctions, itemIndex: number, value: unknown): string {
	const address = httpUrl(value);
	if (address !== null) return address;
	const written = text(value);
	throw invalid(
		ctx,
		itemIndex,
		written === null ? 'FIELD_EMPTY' : 'NOT_A_WEB_ADDRESS',
		written === null ? 'Subscriber URL is empty' : `Subscriber URL "${written}" is not a web address`,
		'Use a full address that begins with https:// or http://, such as the Production URL of a Webhook node.',
	);
}

/**
 * The settings of a webhook that were filled in, as the body of the request has them. An empty secret
 * or template means none.
 *
 * @throws NodeOperationError when the URL is none
 */
export function webhookSettings(ctx: IExecuteFunctions, itemIndex: number, values: Fields): IDataObject {
	const { subscriberUrl, triggers, active, secret, payloadTemplate, time, timeUnit } = values;
	const delay = {
		...(number(time) === null ? {} : { time: number(time) }),
		...(text(timeUnit) === null ? {} : { timeUnit: text(timeUnit) }),
	};
	return {
		...(subscriberUrl === undefined ? {} : { subscriberUrl: url(ctx, itemIndex, subscriberUrl) }),
		...(triggers === undefined ? {} : { triggers: list(triggers).map(String) }),
		...(typeof active === 'boolean' ? { active } : {}),
		...(secret === undefined ? {} : { secret: text(secret) }),
		...(payloadTemplate === undefined ? {} : { payloadTemplate: text(payloadTemplate) }),
		...delay,
	};
}

/** Says which events Cal.com will never send, when the request was about them. */
export function tellLostDelay(session: Session, asked: IDataObject, webhook: IDataObject): void {
	if (!['triggers', 'time', 'timeUnit'].some((name) => name in asked)) return;
	const lost = lostDelay(list(webhook.triggers).map(String), session.edition, webhook.time);
	if (lost !== null) session.note(lost);
}
