import type { Explanation } from '../shared/api/errors';
import { explain } from '../shared/api/errors';
import type { ApiFailure } from '../shared/api/failure';
import type { Edition } from '../shared/api/edition';
import { catalogEntry } from '../shared/events/catalog';
import type { WebhookScope } from '../shared/webhooks/scope';

export interface RegistrationAttempt {
	scope: WebhookScope;
	events: readonly string[];
	url: string;
	host: string;
	edition: Edition;
}

const nameOf = (event: string): string => catalogEntry(event)?.name ?? event;
const listOf = (events: readonly string[]): string => events.map(nameOf).join(', ');

/** `each value in triggers must be one of the following values: A, B` */
const ALLOWED_LIST = /following values:\s*(\S.*)$/s;
/** `DELEGATION_CREDENTIAL_ERROR trigger is only available for organization webhooks` */
const ORGANIZATION_ONLY = /^([A-Z_]+) trigger is only available for organization webhooks/;

/**
 * Which of the chosen events Cal.com turned down, by its own list of allowed ones where it gives
 * one, else by our catalog. Empty when the failure is not about events.
 */
export function refusedEvents(failure: ApiFailure, attempt: Pick<RegistrationAttempt, 'events' | 'edition'>): string[] {
	if (failure.status !== 400) return [];
	const named = ORGANIZATION_ONLY.exec(failure.text ?? '')?.[1];
	if (named !== undefined) {
		const alike = attempt.events.filter((event) => catalogEntry(event)?.organizationOnly === true);
		return [...new Set([named, ...alike])];
	}
	const constraint = failure.constraints.find(({ property }) => property.split('.')[0] === 'triggers');
	if (constraint === undefined) return [];
	const allowed = ALLOWED_LIST.exec(constraint.text)?.[1]
		?.split(',')
		.map((event) => event.trim());
	if (allowed !== undefined) return attempt.events.filter((event) => !allowed.includes(event));
	return attempt.events.filter((event) => catalogEntry(event)?.editions.includes(attempt.edition) === false);
}

function eventsRefused(events: string[], { edition }: RegistrationAttempt): Explanation {
	const organizationOnly = events.every((event) => catalogEntry(event)?.organizationOnly === true);
	return {
		code: 'EVENTS_NOT_OFFERED',
		message: `This Cal.com does not offer: ${listOf(events)}`,
		description: organizationOnly
			? 'Only webhooks of an organization can have these events. Take them out of Events, or set Scope to Organization (hosted Cal.com).'
			: `Take ${events.length === 1 ? 'it' : 'them'} out of Events. ${edition === 'selfHosted' ? 'Some events exist only on hosted Cal.com.' : 'It may be named differently by now: look at the list in Cal.com under Settings > Developer > Webhooks.'}`,
	};
}

const FORBIDDEN: Record<WebhookScope, Explanation> = {
	account: {
		code: 'FORBIDDEN',
		message: 'Cal.com does not let the owner of this API key make webhooks',
		description: 'Use the API key of a user who may, or ask an admin.',
	},
	eventType: {
		code: 'FORBIDDEN',
		message: 'The event type does not belong to the owner of this API key',
		description:
			'Choose one of their own event types, use the API key of its owner, or set Scope to Account. For the event type of a team, set Scope to Team Event Type (hosted Cal.com).',
	},
	teamEventType: {
		code: 'FORBIDDEN',
		message: 'The owner of this API key may not make webhooks for this team event type',
		description: 'Only admins and owners of a team can. Use the API key of one of them, or ask for that role.',
	},
	organization: {
		code: 'FORBIDDEN',
		message: 'The owner of this API key may not make webhooks for the organization',
		description: 'Only admins and owners of an organization can. Use the API key of one of them.',
	},
};

const MISSING: Partial<Record<WebhookScope, Explanation>> = {
	eventType: {
		code: 'NOT_FOUND',
		message: 'Cal.com does not know the event type',
		description: 'It may have been deleted. Choose another one in this node, or set Scope to Account.',
	},
	teamEventType: {
		code: 'NOT_FOUND',
		message: 'Cal.com does not know the team or its event type',
		description:
			'Choose both again in this node: they may have been deleted, or the event type belongs to another team.',
	},
	organization: {
		code: 'NOT_FOUND',
		message: 'Cal.com does not know the organization',
		description: 'Check the organization id, or leave it empty to use the one of the API key.',
	},
};

const HOSTED_SCOPES: ReadonlySet<WebhookScope> = new Set<WebhookScope>(['teamEventType', 'organization']);

/** Says why a webhook could not be registered, in terms of what was chosen in the node. */
export function explainRegistration(failure: ApiFailure, attempt: RegistrationAttempt): Explanation {
	const general = explain(failure, attempt.host);
	const refused = refusedEvents(failure, attempt);
	if (refused.length > 0) return eventsRefused(refused, attempt);
	if (failure.notTheApi) return general;
	if (failure.status === 403) return FORBIDDEN[attempt.scope];
	if (general.code === 'ROUTE_UNKNOWN') {
		if (!HOSTED_SCOPES.has(attempt.scope)) return general;
		return {
			code: 'HOSTED_ONLY',
			message: 'This Cal.com has no webhooks for teams and organizations',
			description: 'They exist only on hosted Cal.com. Set Scope to Account or Event Type.',
		};
	}
	if (failure.status === 404) return MISSING[attempt.scope] ?? general;
	if (failure.status === 409) {
		return {
			code: 'WEBHOOK_URL_TAKEN',
			message: 'Another webhook in Cal.com already has the URL of this trigger',
			description: `Delete the webhook for ${attempt.url} in Cal.com under Settings > Developer > Webhooks (or under the event type), then publish again. To keep it, set Registration to By Hand.`,
		};
	}
	return general;
}
