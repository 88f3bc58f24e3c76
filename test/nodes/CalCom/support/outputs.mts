import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { SentRequest } from './fake-execute.mts';
import type { Operation } from '../../../../nodes/CalCom/actions/operation.ts';
import { RESOURCES } from '../../../../nodes/CalCom/actions/resources.ts';
import { routeOf } from './api-paths.mts';
import { shapeOf } from './shape.mts';

/** Where the outputs of operations are collected while `write-schemas.mts` runs the tests. */
export const OUTPUTS = 'CALCOM_COLLECT_OUTPUTS';

/**
 * Notes what an operation asked for and gave, when outputs are collected: the schemas that n8n's
 * editor shows before the first run are made of them, so they are as true as the tests.
 *
 * @param output null when the panel asked for another form than the usual one
 */
export function noteOutput(
	operation: Operation,
	requests: readonly SentRequest[],
	output: IDataObject | IDataObject[] | null,
): void {
	const folder = process.env[OUTPUTS];
	if (folder === undefined) return;
	const resource = RESOURCES.find(({ operations }) => operations.includes(operation));
	if (resource === undefined) return;
	const place = path.join(folder, resource.option.value, operation.option.value);
	mkdirSync(place, { recursive: true });
	const items = output === null ? [] : Array.isArray(output) ? output : [output];
	const shapes = items.map((one) => shapeOf(one));
	const asked = requests.map(({ method, path: where }) => routeOf(method, where)).filter((one) => one !== null);
	writeFileSync(path.join(place, `${randomUUID()}.json`), JSON.stringify({ shapes, asked }));
}
