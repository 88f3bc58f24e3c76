import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { dataObject } from '../../../shared/api/answer';
import { codeOfFailure } from '../../../shared/api/errors';
import type { ApiFailure } from '../../../shared/api/failure';
import { operationError } from '../../../shared/api/nodeErrors';
import { quietly, sendOnce } from '../../../shared/api/outcome';
import type { ApiRequest } from '../../../shared/api/request';
import type { Session } from '../../../shared/api/session';
import { toJsonObject } from '../../../shared/values/json';
import type { Fields } from '../../../shared/values/readers';
import { identifier, text } from '../../../shared/values/readers';
import { comparedValue } from '../../../shared/eventTypes/inputs';
import { readScope, requestOf } from '../../../shared/eventTypes/scope';
import { notTaken } from '../../../shared/values/difference';
import type { SyncSide } from '../../resource';
import { bodyOf, newBody } from './body';

const listOfObjects = z.array(dataObject);

/** Errors of the whole node, and those of a record, which are told with the record: no item is to blame. */
const ITEM = 0;

/** Whether it is the object that is missing, not the whole route. */
const isGone = (failure: ApiFailure): boolean => codeOfFailure(failure) === 'NOT_FOUND';

/** Whose event types the panel chose, as what is asked and sent. @throws NodeOperationError */
export async function openEventTypes(ctx: IExecuteFunctions, session: Session): Promise<SyncSide> {
	const scope = await readScope(ctx, ITEM, session);
	const one = (id: string, method: ApiRequest['method']): ApiRequest => ({
		...requestOf(scope, method),
		path: `${scope.path}/${encodeURIComponent(id)}`,
	});

	const list = async (): Promise<IDataObject[]> =>
		await session.request(ITEM, requestOf(scope, 'GET'), listOfObjects);

	async function read(id: string): Promise<IDataObject | null> {
		const result = await session.send(ITEM, one(id, 'GET'), dataObject);
		if (result.ok) return result.data;
		if (isGone(result.failure)) return null;
		throw session.error(ITEM, result.failure);
	}

	return {
		list,
		read,
		async write(id, changes, _object, until) {
			const body = toJsonObject(bodyOf(changes));
			return await sendOnce(session, ITEM, { ...one(id, 'PATCH'), body, until }, dataObject, async () => {
				const after = await read(id);
				return after !== null && notTaken(body, after, comparedValue).length === 0 ? after : null;
			});
		},
		async create(values, known) {
			const body = toJsonObject(newBody(values));
			const missing = ['title', 'slug', 'lengthInMinutes'].find((name) => body[name] === undefined);
			if (missing !== undefined) {
				throw operationError(
					ctx.getNode(),
					'FIELD_EMPTY',
					`Cal.com makes no event type without "${missing}": fill it in in the record, and pair its column with it`,
				);
			}
			const result = await session.send(ITEM, { ...requestOf(scope, 'POST'), body }, dataObject);
			if (result.ok) return result.data;
			const { failure } = result;
			const mayBeThere = failure.unknownOutcome === true || codeOfFailure(failure) === 'SLUG_TAKEN';
			const found = mayBeThere ? newWithSlug((await quietly(list)) ?? [], String(body.slug), known) : undefined;
			if (found === undefined) throw session.error(ITEM, failure);
			session.note('An event type that Cal.com said it did not make was there: the record was linked to it.');
			return found;
		},
	};
}

function newWithSlug(objects: readonly IDataObject[], slug: string, known: ReadonlySet<string>): Fields | undefined {
	return objects.find((object) => text(object.slug) === slug && !known.has(identifier(object.id) ?? ''));
}
