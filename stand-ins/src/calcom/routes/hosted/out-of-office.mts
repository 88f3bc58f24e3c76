import { invalid, notFound } from '../../errors.mts';
import type { Issue } from '../../errors.mts';
import { created, ok, param, textIn } from '../../http.mts';
import type { ApiRequest, Reply, Route } from '../../http.mts';
import { newUuid } from '../../ids.mts';
import type { JsonObject } from '../../json.mts';
import { nextId, userById } from '../../store.mts';
import { isIsoDate } from '../../time.mts';
import type { OutOfOffice } from '../../types.mts';
import { memberIn, organizationIn } from './guards.mts';
import { paged } from './teams.mts';

const REASONS = ['unspecified', 'vacation', 'travel', 'sick', 'public_holiday'];

const view = ({ userId, toUserId, id, uuid, start, end, notes, reason }: OutOfOffice): JsonObject => ({
	userId,
	...(toUserId === null ? {} : { toUserId }),
	id,
	uuid,
	start,
	end,
	...(notes === null ? {} : { notes }),
	reason,
});

/** @throws ApiError 400 with everything that is wrong */
function check(body: JsonObject, isNew: boolean): void {
	const issues: Issue[] = [];
	for (const property of ['start', 'end']) {
		const value = body[property];
		if (value === undefined ? isNew : !isIsoDate(value))
			issues.push({
				property,
				...(value === undefined ? {} : { value }),
				constraints: { isDate: `${property} must be a Date instance` },
			});
	}
	const { reason } = body;
	if (reason !== undefined && !REASONS.includes(String(reason)))
		issues.push({
			property: 'reason',
			value: reason,
			constraints: { isEnum: `reason must be one of the following values: ${REASONS.join(', ')}` },
		});
	if (issues.length > 0) throw invalid(body, issues);
}

/** Absences begin with their first day and end with their last one, whatever time was sent. */
const dayEdge = (text: string, edge: 'start' | 'end'): string =>
	`${new Date(text).toISOString().slice(0, 10)}T${edge === 'start' ? '00:00:00.000' : '23:59:59.999'}Z`;

function take(entry: OutOfOffice, body: JsonObject): OutOfOffice {
	const [start, end] = [textIn(body, 'start'), textIn(body, 'end')];
	if (start !== null) entry.start = dayEdge(start, 'start');
	if (end !== null) entry.end = dayEdge(end, 'end');
	entry.notes = textIn(body, 'notes') ?? entry.notes;
	entry.reason = textIn(body, 'reason') ?? entry.reason;
	if (typeof body['toUserId'] === 'number') entry.toUserId = body['toUserId'];
	return entry;
}

/** @throws ApiError 404 */
function entryIn(request: ApiRequest): OutOfOffice {
	const { id: userId } = memberIn(request);
	const id = param(request, 'oooId');
	const entry = request.world.state.outOfOffice.find(
		(candidate) => String(candidate.id) === id && candidate.userId === userId,
	);
	if (!entry) throw notFound(`Out-of-office entry with id=${id} not found for user with id=${userId}`);
	return entry;
}

function list(request: ApiRequest, visible: (entry: OutOfOffice) => boolean): Reply {
	const { query, world } = request;
	const direction = (query.get('sortStart') ?? query.get('sortEnd')) === 'desc' ? -1 : 1;
	const key = query.has('sortEnd') ? 'end' : 'start';
	const found = world.state.outOfOffice
		.filter(visible)
		.sort((a, b) => direction * (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : a.id - b.id));
	return ok(paged(request, found).map(view));
}

const base = '/organizations/:orgId/users/:userId/ooo';
const shared = { access: 'key', versions: 'any' } as const;

export const outOfOfficeRoutes: Route[] = [
	{
		...shared,
		method: 'GET',
		path: '/organizations/:orgId/ooo',
		handle(request) {
			const { memberIds } = organizationIn(request);
			const email = request.query.get('email');
			const { state } = request.world;
			return list(
				request,
				({ userId }) =>
					memberIds.includes(userId) && (email === null || userById(state, userId).email === email),
			);
		},
	},
	{
		...shared,
		method: 'GET',
		path: base,
		handle(request) {
			const { id } = memberIn(request);
			return list(request, ({ userId }) => userId === id);
		},
	},
	{
		...shared,
		method: 'POST',
		path: base,
		handle(request) {
			const { id: userId } = memberIn(request);
			const { body, world } = request;
			check(body, true);
			const entry = take(
				{
					id: nextId(world.state, 'outOfOffice'),
					uuid: newUuid(),
					userId,
					toUserId: null,
					start: '',
					end: '',
					notes: null,
					reason: 'unspecified',
				},
				body,
			);
			world.state.outOfOffice.push(entry);
			return created(view(entry));
		},
	},
	{
		...shared,
		method: 'PATCH',
		path: `${base}/:oooId`,
		handle(request) {
			check(request.body, false);
			return ok(view(take(entryIn(request), request.body)));
		},
	},
	{
		...shared,
		method: 'DELETE',
		path: `${base}/:oooId`,
		handle(request) {
			const { state } = request.world;
			const entry = entryIn(request);
			state.outOfOffice = state.outOfOffice.filter((candidate) => candidate !== entry);
			return ok(view(entry));
		},
	},
];
