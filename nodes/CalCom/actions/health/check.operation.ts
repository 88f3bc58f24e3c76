import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import type { ApiRequest } from '../../../shared/api/client';
import { explain } from '../../../shared/api/errors';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import { text } from '../../../shared/values/readers';
import { webhookRequest } from '../../../shared/webhooks/request';
import { ACCOUNT_WEBHOOKS, webhooksPath } from '../../../shared/webhooks/scope';
import type { Operation } from '../operation';
import { addressesOf, listedWebhook, pointsAt } from './webhooks';

const person = z.object({
	id: z.number(),
	email: z.string().nullish(),
	name: z.string().nullish(),
	username: z.string().nullish(),
	timeZone: z.string().nullish(),
	organizationId: z.number().nullish(),
});
const eventTypes = z.array(z.object({ id: z.number() }));

interface Findings {
	webhooks: IDataObject[];
	problems: string[];
}

function get(session: Session, group: 'me' | 'eventTypes', path: string): ApiRequest {
	return { method: 'GET', path, version: versionFor(group, session.edition) };
}

/** This execution's resume URL: the only place where n8n tells nodes the address of its webhooks. */
function resumeUrl(ctx: IExecuteFunctions, itemIndex: number): string | null {
	return text(ctx.evaluateExpression('{{ $execution.resumeUrl }}', itemIndex));
}

/** The lists of webhooks to look through, with the event type that each belongs to. */
async function collections(
	session: Session,
	itemIndex: number,
	withEventTypes: boolean,
): Promise<Array<{ path: string; eventTypeId: number | null }>> {
	const account = { path: ACCOUNT_WEBHOOKS, eventTypeId: null };
	if (!withEventTypes) return [account];
	const found = await session.request(itemIndex, get(session, 'eventTypes', '/event-types'), eventTypes);
	const ofEventTypes = found.map(async ({ id }) => ({
		path: await webhooksPath('eventType', () => String(id)),
		eventTypeId: id,
	}));
	return [account, ...(await Promise.all(ofEventTypes))];
}

/** A list that cannot be read (a missing scope of OAuth2) is a problem to tell, not the end of the check. */
async function findWebhooks(
	session: Session,
	itemIndex: number,
	withEventTypes: boolean,
	addresses: string[],
): Promise<Findings> {
	const findings: Findings = { webhooks: [], problems: [] };
	try {
		for (const { path, eventTypeId } of await collections(session, itemIndex, withEventTypes)) {
			const pages = session.pages(itemIndex, webhookRequest('GET', path), listedWebhook, null);
			for await (const page of pages) {
				const ours = page.filter((webhook) => pointsAt(webhook, addresses));
				findings.webhooks.push(...ours.map((webhook) => ({ ...webhook, eventTypeId })));
			}
		}
	} catch (error) {
		findings.problems.push(
			`The webhooks could not be read: ${error instanceof Error ? error.message : String(error)}`,
		);
	}
	return findings;
}

function inactive(webhooks: IDataObject[]): string[] {
	const off = webhooks.filter(({ active }) => active === false).map(({ subscriberUrl }) => String(subscriberUrl));
	return off.map((url) => `The webhook to ${url} is switched off in Cal.com: nothing arrives there`);
}

function rateLimit({ rateLimit: seen }: Session): IDataObject | null {
	if (seen === null) return null;
	const { limit, remaining, resetAt } = seen;
	return { limit, remaining, resetsAt: new Date(resetAt).toISOString() };
}

export const check: Operation = {
	option: {
		name: 'Check',
		value: 'check',
		action: 'Check the connection to Cal.com',
		description:
			'Whether Cal.com answers, as whom, how much of the rate limit is left, and which webhooks point at this n8n',
	},
	fields: [
		{
			displayName: 'Include Webhooks of Event Types',
			name: 'withEventTypes',
			type: 'boolean',
			default: false,
			description: 'Whether to look at the webhooks of each event type too: one more request for each of them',
		},
	],
	async execute(itemIndex, session) {
		const { baseUrl, host, edition } = session;
		const addresses = addressesOf(this.getInstanceBaseUrl(), resumeUrl(this, itemIndex));
		const place = { edition, baseUrl, n8nAddresses: addresses };
		const me = await session.send(itemIndex, get(session, 'me', '/me'), person);
		if (!me.ok) {
			const { message, description } = explain(me.failure, host);
			const limit = rateLimit(session);
			return {
				ok: false,
				reason: message,
				howToFix: description,
				...place,
				user: null,
				rateLimit: limit,
				webhooks: [],
				problems: [],
			};
		}
		const withEventTypes = this.getNodeParameter('withEventTypes', itemIndex, false) === true;
		const { webhooks, problems } = await findWebhooks(session, itemIndex, withEventTypes, addresses);
		return {
			ok: true,
			reason: null,
			howToFix: null,
			...place,
			user: {
				id: me.data.id,
				name: me.data.name ?? null,
				email: me.data.email ?? null,
				username: me.data.username ?? null,
				timeZone: me.data.timeZone ?? null,
				organizationId: me.data.organizationId ?? null,
			},
			rateLimit: rateLimit(session),
			webhooks,
			problems: [...problems, ...inactive(webhooks)],
		};
	},
};
