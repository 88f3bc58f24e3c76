import { describe, expect, test } from '@jest/globals';
import { createPrivateLink } from '../../../../nodes/CalCom/actions/eventType/createPrivateLink.operation.ts';
import { deletePrivateLink } from '../../../../nodes/CalCom/actions/eventType/deletePrivateLink.operation.ts';
import { getPrivateLinks } from '../../../../nodes/CalCom/actions/eventType/getPrivateLinks.operation.ts';
import { updatePrivateLink } from '../../../../nodes/CalCom/actions/eventType/updatePrivateLink.operation.ts';
import type { Operation } from '../../../../nodes/CalCom/actions/operation.ts';
import { fakeExecute, run } from '../support/fake-execute.mts';
import { locatorOf, SELF_HOSTED } from './support.mts';

/** As both specifications describe it; there is no recording. */
const LINK = {
	linkId: 'abc123def456',
	eventTypeId: 3,
	isExpired: false,
	bookingUrl: 'https://cal.com/d/abc123def456/trial-lesson',
	maxUsageCount: 1,
	usageCount: 0,
};
const base = { belongsTo: 'account', eventTypeId: locatorOf('3') };
const COLLECTION = '/event-types/3/private-links';

describe('private links', () => {
	test.each<[string, Operation, Record<string, unknown>, unknown, object, unknown]>([
		[
			'create, by uses',
			createPrivateLink,
			{ maxUsageCount: 5 },
			LINK,
			{ method: 'POST', path: COLLECTION, body: { maxUsageCount: 5 } },
			LINK,
		],
		[
			'create, by time in the zone of the workflow',
			createPrivateLink,
			{ expires: 'atTime', expiresAt: '2026-12-31T18:00' },
			LINK,
			{ method: 'POST', path: COLLECTION, body: { expiresAt: '2026-12-31T17:00:00.000Z' } },
			LINK,
		],
		[
			'list',
			getPrivateLinks,
			{ returnAll: true },
			[LINK],
			{ method: 'GET', path: COLLECTION, body: undefined },
			[LINK],
		],
		[
			'update',
			updatePrivateLink,
			{ linkId: 'abc123def456', maxUsageCount: 2 },
			LINK,
			{ method: 'PATCH', path: `${COLLECTION}/abc123def456`, body: { maxUsageCount: 2 } },
			LINK,
		],
		[
			'delete, by its address',
			deletePrivateLink,
			{ linkId: LINK.bookingUrl },
			{ linkId: 'abc123def456', message: 'Private link deleted successfully' },
			{ method: 'DELETE', path: `${COLLECTION}/abc123def456`, body: undefined },
			{ deleted: true },
		],
	])('%s', async (_what, operation, parameters, data, request, expected) => {
		const fake = fakeExecute({
			parameters: { ...base, ...parameters },
			answers: [{ data }],
			credential: SELF_HOSTED,
		});
		expect(await run(operation, fake)).toEqual(expected);
		expect(fake.requests).toHaveLength(1);
		expect(fake.requests[0]).toMatchObject({ ...request, version: null });
	});

	test('of an event type of a team of an organization', async () => {
		const parameters = {
			belongsTo: 'organizationTeam',
			organizationId: '9',
			teamId: locatorOf(4),
			teamEventTypeId: locatorOf(7),
		};
		const fake = fakeExecute({ parameters, answers: [{ data: [] }] });
		await run(getPrivateLinks, fake);
		expect(fake.requests[0]?.path).toBe('/organizations/9/teams/4/event-types/7/private-links');
	});

	test.each<[string, Operation, Record<string, unknown>, string]>([
		['no link', deletePrivateLink, {}, 'Private Link is empty'],
		['no time', createPrivateLink, { expires: 'atTime', expiresAt: '' }, 'Expires At is empty'],
		[
			'no such time',
			updatePrivateLink,
			{ linkId: 'a', expires: 'atTime', expiresAt: 'soon' },
			'Expires At "soon" is not a date and time',
		],
	])('%s: nothing is asked', async (_what, operation, parameters, message) => {
		const fake = fakeExecute({ parameters: { ...base, ...parameters } });
		await expect(run(operation, fake)).rejects.toMatchObject({ message, context: { itemIndex: 0 } });
		expect(fake.requests).toEqual([]);
	});

	test('a link id cannot reach another address', async () => {
		const fake = fakeExecute({ parameters: { ...base, linkId: '../../../webhooks' }, answers: [{ data: {} }] });
		await run(deletePrivateLink, fake);
		expect(fake.requests[0]?.path).toBe(`${COLLECTION}/..%2F..%2F..%2Fwebhooks`);
	});
});
