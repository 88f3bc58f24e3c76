import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import type { DataSchema } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import type { JsonObject } from '../../../shared/values/json';
import { isFields } from '../../../shared/values/readers';
import { readJson } from '../shared/json';
import type { BookingWish } from './existing';
import { readText } from './parameters';
import type { BookedType, FormQuestion } from './questions';
import { bookedType, firstBookedType, fitAnswers, UNKNOWN_TYPE } from './questions';

/** An object typed as JSON, or given by an expression. */
export const jsonObject: DataSchema<Record<string, unknown>> = z.record(z.unknown());

/** What the form holds: its own values, or those fields of the item that are named like a question. */
function formValues(ctx: IExecuteFunctions, itemIndex: number, questions: readonly FormQuestion[]) {
	const form: unknown = ctx.getNodeParameter('questions', itemIndex, {});
	if (!isFields(form)) return {};
	if (form.mappingMode !== 'autoMapInputData') return isFields(form.value) ? form.value : {};
	const json = ctx.getInputData()[itemIndex]?.json ?? {};
	return Object.fromEntries(questions.flatMap(({ slug }) => (slug in json ? [[slug, json[slug]]] : [])));
}

/**
 * The event type that is booked, read once per execution. Its questions tell the types that Cal.com wants; when it cannot
 * be read (someone else's event type) the answers go as they are.
 */
async function typeOf(session: Session, itemIndex: number, eventType: BookingWish['eventType']): Promise<BookedType> {
	const version = versionFor('eventTypes', session.edition);
	return await session.remember(`bookedType:${JSON.stringify(eventType)}`, null, async () => {
		if ('id' in eventType) {
			const path = `/event-types/${eventType.id}`;
			const read = await session.send(itemIndex, { method: 'GET', path, version }, bookedType);
			return read.ok ? read.data : UNKNOWN_TYPE;
		}
		const { slug, username } = eventType;
		if (username === null) return UNKNOWN_TYPE;
		const query = { username, eventSlug: slug };
		const request = { method: 'GET', path: '/event-types', version, query } as const;
		const read = await session.send(itemIndex, request, firstBookedType);
		return read.ok ? read.data : UNKNOWN_TYPE;
	});
}

export interface Answers {
	answers: JsonObject;
	/** Known where there are answers: only for them the event type is read. */
	firstPlace: string | null;
}

const NONE: Readonly<Answers> = { answers: {}, firstPlace: null };

/** The answers to the event type's questions, in the types that it wants. */
export async function readAnswers(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	eventType: BookingWish['eventType'],
): Promise<Answers> {
	const from = readText(ctx, 'answers', itemIndex);
	if (from !== 'form' && from !== 'json') return NONE;
	const typed =
		from === 'json'
			? (readJson(ctx, itemIndex, { name: 'answersJson', label: 'Answers (JSON)' }, jsonObject) ?? {})
			: null;
	if (typed !== null && Object.keys(typed).length === 0) return NONE;
	const { questions, firstPlace } = await typeOf(session, itemIndex, eventType);
	return { answers: fitAnswers(typed ?? formValues(ctx, itemIndex, questions), questions), firstPlace };
}
