import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { isFields } from '../values/readers';
import type { ApiFailure } from './failure';
import type { HttpAnswer } from './httpAnswer';
import { mayHaveHappened, readFailure } from './failure';
import { isOldFormat } from './oldFormat';
import type { ApiRequest } from './request';

/** Reads the `data` of an answer; tolerant of fields that Cal.com adds. */
export type DataSchema<T> = z.ZodType<T, z.ZodTypeDef, unknown>;

/** Any object that Cal.com answers: JSON, so always fit for an item. */
export const dataObject = z.custom<IDataObject>(isFields);

export type Read<T> =
	| {
			ok: true;
			data: T;
			nextCursor: string | null;
			/** What a list with totals says of itself; null where there is no such word. */
			hasNextPage: boolean | null;
	  }
	| { ok: false; failure: ApiFailure };

const success = z.object({ status: z.literal('success'), data: z.unknown(), pagination: z.unknown() });
const totals = z.object({ hasNextPage: z.boolean() });
const cursorPage = z.object({ nextCursor: z.string().min(1), hasMore: z.literal(true) });

/** A failure of this request, told apart by whether it may have been carried out all the same. */
export function failureOf({ method }: Pick<ApiRequest, 'method'>, failure: ApiFailure): ApiFailure {
	return method !== 'GET' && mayHaveHappened(failure) ? { ...failure, unknownOutcome: true } : failure;
}

/** Reads what Cal.com answered: its data as the schema has it, or why there is none. */
export function readAnswer<T>(answer: HttpAnswer, request: ApiRequest, schema: DataSchema<T>): Read<T> {
	const good = answer.statusCode < 300 ? success.safeParse(answer.body) : null;
	if (good?.success && isOldFormat(request.path, request.version, good.data.data)) {
		return { ok: false, failure: { ...readFailure(answer), notTheApi: false, oldFormat: true } };
	}
	const data = good?.success ? schema.safeParse(good.data.data) : null;
	if (!data?.success) return { ok: false, failure: failureOf(request, readFailure(answer)) };
	const page = cursorPage.safeParse(good?.data?.pagination);
	const total = totals.safeParse(good?.data?.pagination);
	return {
		ok: true,
		data: data.data,
		nextCursor: page.success ? page.data.nextCursor : null,
		hasNextPage: total.success ? total.data.hasNextPage : null,
	};
}
