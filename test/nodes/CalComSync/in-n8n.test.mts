// The node under n8n's own reading of the panel: its defaults, hidden fields and expressions.
import { describe, expect, test } from '@jest/globals';
import { ExecuteContext } from 'n8n-core';
import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeParameters,
	INodeType,
	INodeTypes,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import { CalComSync } from '../../../nodes/CalComSync/CalComSync.node.ts';
import { eventType, NODE, service } from './support.mts';

const node = new CalComSync();
const nodeTypes = {
	getByName: () => node,
	getByNameAndVersion: (): INodeType => node,
	getKnownTypes: () => ({}),
} as unknown as INodeTypes;

/** What n8n would pass to `execute`, with credential and network replaced. */
function inN8n(parameters: INodeParameters, records: IDataObject[], list: unknown[]) {
	const stored = { ...NODE, parameters };
	const workflow = new Workflow({ id: 'w1', nodes: [stored], connections: {}, active: false, nodeTypes });
	const items = records.map((json) => ({ json }));
	const context = new ExecuteContext(
		workflow,
		workflow.getNode(NODE.name) ?? stored,
		{
			executionId: '77',
			webhookWaitingBaseUrl: 'https://hooks.school.example/webhook-waiting',
			formWaitingBaseUrl: 'https://hooks.school.example/form-waiting',
			instanceBaseUrl: 'https://n8n.school.example/',
		} as ConstructorParameters<typeof ExecuteContext>[2],
		'manual',
		createRunExecutionData(),
		0,
		items,
		{ main: [items] },
		{ node: stored, data: { main: [items] }, source: null },
		[],
	);
	const sent: Array<[method: string, body: unknown]> = [];
	Object.assign(context, { getCredentials: async () => ({ baseUrl: 'https://api.cal.com/v2', edition: 'detect' }) });
	Object.assign(context.helpers, {
		async httpRequestWithAuthentication(_type: string, { method = 'GET', body }: IHttpRequestOptions) {
			sent.push([method, body]);
			const data = method === 'GET' ? list : { ...(list[0] as object), ...(body as object) };
			return { statusCode: 200, headers: {}, body: { status: 'success', data } };
		},
	});
	return { ctx: context as unknown as IExecuteFunctions, sent };
}

const linked = { calcom_event_type_id: 1, sync_state: '{"v":1,"id":"1","base":{"title":"Lesson 1"}}' };
const NAME = { recordField: 'name', calcomField: 'title' };

describe('in n8n', () => {
	test('a node fresh from the panel makes a dry run over the services table', async () => {
		const { ctx, sent } = inN8n({}, [service(1, { ...linked, name: 'Ours' })], [eventType(1)]);
		const [changed, ...others] = await node.execute.call(ctx);
		expect(sent).toEqual([['GET', undefined]]);
		expect(changed?.[0]?.json).toMatchObject({
			id: 1,
			dry_run: true,
			sync_report: { fields: { title: { outcome: 'toCalCom', recordField: 'name' }, hidden: {}, slug: {} } },
		});
		expect(others).toHaveLength(5);
	});

	test('rows that were stored without their defaults are filled in', async () => {
		const stored = { apply: 'write', preset: 'custom', fields: { pairs: [NAME] } };
		const { ctx, sent } = inN8n(stored, [service(1, { ...linked, name: 'Ours' })], [eventType(1)]);
		const [changed] = await node.execute.call(ctx);
		expect(sent).toEqual([
			['GET', undefined],
			['PATCH', { title: 'Ours' }],
		]);
		expect(changed?.[0]).toMatchObject({ json: { id: 1, sync_status: 'synced' }, pairedItem: { item: 0 } });
	});

	test('options, linking and columns reach the node', async () => {
		const stored: INodeParameters = {
			preset: 'custom',
			apply: 'write',
			recordKey: 'row_number',
			fields: { pairs: [{ ...NAME, recordField: 'label', mode: 'calcom' }] },
			linking: { bySlug: false, titleColumn: '={{ "la" + "bel" }}', threshold: 50 },
			options: { includeReport: true, columns: { calcomId: 'cal_id', state: 'cal_state', status: 'cal_status' } },
		};
		const { ctx } = inN8n(
			stored,
			[{ row_number: 4, label: 'Lesson one' }],
			[eventType(1, { title: 'Lesson One!' })],
		);
		const [changed] = await node.execute.call(ctx);
		expect(changed?.[0]?.json).toEqual({
			row_number: 4,
			label: 'Lesson One!',
			cal_status: 'synced',
			last_calcom_sync: expect.any(String),
			sync_error: null,
			cal_id: 1,
			cal_state: '{"v":1,"id":"1","base":{"title":"Lesson One!"}}',
			sync_report: expect.objectContaining({ link: expect.objectContaining({ by: 'title' }) }),
		});
	});

	test('bookings are asked for by their preset, too', async () => {
		const { ctx, sent } = inN8n({ resource: 'booking' }, [{ id: 1, booking_uid: null }], []);
		const outputs = await node.execute.call(ctx);
		expect(sent).toEqual([['GET', undefined]]);
		expect(outputs.map((items) => items.length)).toEqual([0, 0, 0, 0, 1, 0]);
	});
});
