import { badRequest, coded, conflict, invalid } from './errors.mts';
import type { Issue } from './errors.mts';
import { newUuid } from './ids.mts';
import type { Json, JsonObject } from './json.mts';
import type { Edition, Webhook } from './types.mts';
import { nowIso } from './world.mts';
import type { World } from './world.mts';

const COMMUNITY = [
	'BOOKING_CREATED',
	'BOOKING_PAYMENT_INITIATED',
	'BOOKING_PAID',
	'BOOKING_RESCHEDULED',
	'BOOKING_REQUESTED',
	'BOOKING_CANCELLED',
	'BOOKING_REJECTED',
	'BOOKING_NO_SHOW_UPDATED',
	'FORM_SUBMITTED',
	'MEETING_ENDED',
	'MEETING_STARTED',
	'RECORDING_READY',
	'RECORDING_TRANSCRIPTION_GENERATED',
	'OOO_CREATED',
	'AFTER_HOSTS_CAL_VIDEO_NO_SHOW',
	'AFTER_GUESTS_CAL_VIDEO_NO_SHOW',
	'FORM_SUBMITTED_NO_EVENT',
	'DELEGATION_CREDENTIAL_ERROR',
	'WRONG_ASSIGNMENT_REPORT',
];
const HOSTED_ONLY = [
	'INSTANT_MEETING',
	'INSTANT_MEETING_ACCEPTED',
	'ROUTING_FORM_FALLBACK_HIT',
	'BOOKING_LOCATION_UPDATED',
	'BOOKING_REASSIGNED',
	'CALENDAR_ENTRY_REJECTED',
	'DELEGATION_CREDENTIAL_SECRET_ROTATION_FAILED',
	'DELEGATION_CREDENTIAL_ROTATION_REQUIRED',
	'DELEGATION_CREDENTIAL_SECRET_ROTATED',
];
const DELAYED = ['AFTER_HOSTS_CAL_VIDEO_NO_SHOW', 'AFTER_GUESTS_CAL_VIDEO_NO_SHOW'];
const VERSIONS: Record<Edition, string[]> = {
	selfHosted: ['2021-10-20'],
	hosted: ['2021-10-20', '2026-07-27'],
};
const UNITS = ['DAY', 'HOUR', 'MINUTE'];

/** The events an edition lets people subscribe to, in the order its error names them. */
export const triggersOf = (edition: Edition): string[] =>
	edition === 'hosted' ? [...COMMUNITY, ...HOSTED_ONLY] : COMMUNITY;

interface Rule {
	property: string;
	required: boolean;
	broken(value: Json, edition: Edition): Record<string, string> | null;
}

const isText = (property: string) => (value: Json) =>
	typeof value === 'string' ? null : { isString: `${property} must be a string` };

const RULES: Rule[] = [
	{ property: 'payloadTemplate', required: false, broken: isText('payloadTemplate') },
	{
		property: 'active',
		required: true,
		broken: (value) => (typeof value === 'boolean' ? null : { isBoolean: 'active must be a boolean value' }),
	},
	{ property: 'subscriberUrl', required: true, broken: isText('subscriberUrl') },
	{
		property: 'triggers',
		required: true,
		broken(value, edition) {
			const allowed = triggersOf(edition);
			const isEnum = `each value in triggers must be one of the following values: ${allowed.join(', ')}`;
			const constraints: Record<string, string> = { isEnum };
			if (!Array.isArray(value)) return { ...constraints, isArray: 'triggers must be an array' };
			return value.every((trigger) => allowed.includes(String(trigger))) ? null : constraints;
		},
	},
	{ property: 'secret', required: false, broken: isText('secret') },
	{
		property: 'version',
		required: false,
		broken: (value, edition) =>
			VERSIONS[edition].includes(String(value))
				? null
				: { isEnum: `version must be one of the following values: ${VERSIONS[edition].join(', ')}` },
	},
	{
		property: 'time',
		required: false,
		broken: (value) =>
			Number.isInteger(value) && Number(value) > 0 ? null : { isInt: 'time must be an integer number' },
	},
	{
		property: 'timeUnit',
		required: false,
		broken: (value) =>
			UNITS.includes(String(value))
				? null
				: { isEnum: `timeUnit must be one of the following values: ${UNITS.join(', ')}` },
	},
];

/** @throws ApiError 400 as class-validator says it */
export function checkWebhook(edition: Edition, body: JsonObject, isNew: boolean, forOrganization = false): void {
	const issues: Issue[] = [];
	for (const { property, required, broken } of RULES) {
		const value = body[property];
		if (value === undefined || value === null) {
			if (!required || !isNew) continue;
			const constraints = broken(null, edition);
			if (constraints) issues.push({ property, constraints });
			continue;
		}
		const constraints = broken(value, edition);
		if (constraints) issues.push({ property, value, constraints });
	}
	if (issues.length > 0) throw invalid(body, issues);
	const triggers = Array.isArray(body['triggers']) ? body['triggers'].map(String) : [];
	const forOrganizations = triggers.find((trigger) => trigger.startsWith('DELEGATION_CREDENTIAL'));
	if (forOrganizations && !forOrganization)
		throw badRequest(`${forOrganizations} trigger is only available for organization webhooks`);
	if (
		edition === 'hosted' &&
		triggers.some((trigger) => DELAYED.includes(trigger)) &&
		!(body['time'] && body['timeUnit'])
	)
		throw badRequest(
			'time and timeUnit are required for AFTER_HOSTS_CAL_VIDEO_NO_SHOW and AFTER_GUESTS_CAL_VIDEO_NO_SHOW triggers',
		);
}

/** Whose webhook it is: exactly one of the three is set. */
export interface Scope {
	userId: number | null;
	eventTypeId: number | null;
	organizationId: number | null;
}

const NOBODY: Scope = { userId: null, eventTypeId: null, organizationId: null };
export const ofUser = (userId: number): Scope => ({ ...NOBODY, userId });
export const ofEventType = (eventTypeId: number): Scope => ({ ...NOBODY, eventTypeId });
export const ofOrganization = (organizationId: number): Scope => ({ ...NOBODY, organizationId });

const sameScope = (webhook: Webhook, scope: Scope): boolean =>
	webhook.userId === scope.userId &&
	webhook.eventTypeId === scope.eventTypeId &&
	webhook.organizationId === scope.organizationId;

function ownerWord({ eventTypeId, organizationId }: Scope): string {
	if (organizationId !== null) return 'organization';
	return eventTypeId === null ? 'user' : 'event type';
}

/** Lists come in the order of the ids, which are random. */
export function webhooksOf(world: World, scope: Scope): Webhook[] {
	return world.state.webhooks.filter((webhook) => sameScope(webhook, scope)).sort((a, b) => a.id.localeCompare(b.id));
}

function take(edition: Edition, webhook: Webhook, body: JsonObject): void {
	if (typeof body['active'] === 'boolean') webhook.active = body['active'];
	if (typeof body['subscriberUrl'] === 'string') webhook.subscriberUrl = body['subscriberUrl'];
	if (Array.isArray(body['triggers'])) webhook.triggers = body['triggers'].map(String);
	if (body['secret'] !== undefined) webhook.secret = body['secret'] === null ? null : String(body['secret']);
	if (body['payloadTemplate'] !== undefined)
		webhook.payloadTemplate = body['payloadTemplate'] === null ? null : String(body['payloadTemplate']);
	if (typeof body['version'] === 'string') webhook.version = body['version'];
	// The community edition takes both, says yes and keeps neither.
	if (edition === 'selfHosted') return;
	if (typeof body['time'] === 'number') webhook.time = body['time'];
	if (typeof body['timeUnit'] === 'string') webhook.timeUnit = body['timeUnit'];
}

/** @throws ApiError 400, or 409 when this scope already has a webhook with the same URL */
export function createWebhook(world: World, scope: Scope, body: JsonObject): Webhook {
	checkWebhook(world.state.edition, body, true, scope.organizationId !== null);
	if (webhooksOf(world, scope).some(({ subscriberUrl }) => subscriberUrl === body['subscriberUrl']))
		throw conflict(`Webhook with this subscriber url already exists for this ${ownerWord(scope)}`);
	const webhook: Webhook = {
		id: newUuid(),
		...scope,
		subscriberUrl: '',
		triggers: [],
		active: true,
		secret: null,
		payloadTemplate: null,
		version: '2021-10-20',
		time: null,
		timeUnit: null,
		createdAt: nowIso(world),
	};
	take(world.state.edition, webhook, body);
	world.state.webhooks.push(webhook);
	return webhook;
}

/** @throws ApiError 400, or the database's own 409 */
export function updateWebhook(world: World, webhook: Webhook, body: JsonObject): Webhook {
	checkWebhook(world.state.edition, body, false, webhook.organizationId !== null);
	const others = webhooksOf(world, webhook).filter((other) => other !== webhook);
	if (others.some(({ subscriberUrl }) => subscriberUrl === body['subscriberUrl']))
		throw coded(409, 'CONFLICT', 'Invalid Input: Trying to create a record that already exists.');
	take(world.state.edition, webhook, body);
	return webhook;
}

export function removeWebhook(world: World, webhook: Webhook): void {
	world.state.webhooks = world.state.webhooks.filter((other) => other !== webhook);
}
