import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import type { DataSchema } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import type { JsonObject } from '../../../shared/events/event';
import { isFields } from '../../../shared/values/readers';
import { readJson } from '../shared/json';
import type { BookingWish } from './existing';
import { readText } from './parameters';
import type { Question } from './questions';
import { fitAnswers, questionsOfEventType, questionsOfFirst } from './questions';

/** An object typed as JSON, or given by an expression. */
export const jsonObject: DataSchema<Record<string, unknown>> = z.record(z.unknown());

/** What the form holds: its own values, or those fields of the item that are named like a question. */
function formValues(ctx: IExecuteFunctions, itemIndex: number, questions: readonly Question[]) {
	const form: unknown = ctx.getNodeParameter('questions', itemIndex, {});
	if (!isFields(form)) return {};
	if (form.mappingMode !== 'autoMapInputData') return isFields(form.value) ? form.value : {};
	const json = ctx.getInputData()[itemIndex]?.json ?? {};
	return Object.fromEntries(questions.flatMap(({ slug }) => (slug in json ? [[slug, json[slug]]] : [])));
}

/**
 * The questions of the event type that is booked, read once per execution. They tell the types that
 * Cal.com wants; when they cannot be read (someone else's event type) the answers go as they are.
 */
async function questionsOf(
	session: Session,
	itemIndex: number,
	eventType: BookingWish['eventType'],
): Promise<Question[]> {
	const version = versionFor('eventTypes', session.edition);
	return await session.remember(`questions:${JSON.stringify(eventType)}`, null, async () => {
		if ('id' in eventType) {
			const path = `/event-types/${eventType.id}`;
			const read = await session.send(itemIndex, { method: 'GET', path, version }, questionsOfEventType);
			return read.ok ? read.data : [];
		}
		const { slug, username } = eventType;
		if (username === null) return [];
		const query = { username, eventSlug: slug };
		const request = { method: 'GET', path: '/event-types', version, query } as const;
		const read = await session.send(itemIndex, request, questionsOfFirst);
		return read.ok ? read.data : [];
	});
}

/** The answers to the event type's questions, in the types that it wants. */
export async function readAnswers(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	eventType: BookingWish['eventType'],
): Promise<JsonObject> {
	const from = readText(ctx, 'answers', itemIndex);
	if (from !== 'form' && from !== 'json') return {};
	const typed =
		from === 'json'
			? (readJson(ctx, itemIndex, { name: 'answersJson', label: 'Answers (JSON)' }, jsonObject) ?? {})
			: null;
	if (typed !== null && Object.keys(typed).length === 0) return {};
	const questions = await questionsOf(session, itemIndex, eventType);
	return fitAnswers(typed ?? formValues(ctx, itemIndex, questions), questions);
}
