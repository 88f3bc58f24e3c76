import type { ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import { calComRequest } from '../../shared/api/client';
import { API_VERSION } from '../../shared/api/versions';
import type { FormQuestion } from '../actions/booking/questions';
import { questionsOfEventType, questionsOfFirst, SEVERAL } from '../actions/booking/questions';

/** Kinds of questions with a widget of their own in n8n; all others are typed as text. */
const WIDGETS: ReadonlyMap<string, ResourceMapperField['type']> = new Map([
	['boolean', 'boolean'],
	['number', 'number'],
	['radio', 'options'],
	['select', 'options'],
	['url', 'url'],
]);

/** n8n has no field for several choices: people write them, and are told what there is to write. */
function labelOf({ label, type, options }: FormQuestion): string {
	if (!SEVERAL.has(type)) return label;
	const what = options.length === 0 ? 'several, separated by commas' : `any of: ${options.join(', ')}`;
	return `${label} (${what})`;
}

/** A question of a booking form as a field of n8n's form. */
export function fieldOf(question: FormQuestion): ResourceMapperField {
	const type = WIDGETS.get(question.type) ?? 'string';
	return {
		id: question.slug,
		displayName: labelOf(question),
		required: question.required,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type,
		...(type === 'options' ? { options: question.options.map((option) => ({ name: option, value: option })) } : {}),
	};
}

function chosen(ctx: ILoadOptionsFunctions, name: string): string {
	const value: unknown = ctx.getCurrentNodeParameter(name, { extractValue: true });
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** What to ask Cal.com for the chosen event type; null while none is chosen. */
function requestFor(ctx: ILoadOptionsFunctions) {
	const version = API_VERSION.eventTypes;
	if (chosen(ctx, 'eventTypeFrom') !== 'slug') {
		const id = chosen(ctx, 'eventTypeId');
		return /^\d+$/.test(id) ? { path: `/event-types/${id}`, version, schema: questionsOfEventType } : null;
	}
	const query = { username: chosen(ctx, 'username'), eventSlug: chosen(ctx, 'eventTypeSlug') };
	if (query.username === '' || query.eventSlug === '') return null;
	return { path: '/event-types', version, query, schema: questionsOfFirst };
}

/** The questions of the chosen event type, as a form. A team's event type is found by its id only. */
export async function getBookingQuestions(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const request = requestFor(this);
	if (request === null) {
		return { fields: [], emptyFieldsNotice: 'Choose the event type first: its questions appear here.' };
	}
	const { schema, ...rest } = request;
	const questions = await calComRequest(this, { method: 'GET', ...rest }, schema);
	return { fields: questions.map(fieldOf) };
}
