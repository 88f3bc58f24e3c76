import type { IDataObject } from 'n8n-workflow';
import { exchange } from '../../shared/api/recorded-exchanges.mts';
import type { Answer } from '../support/fake-execute.mts';

/** A recorded answer, whole. */
export function recorded(start: string): Answer {
	const { status, headers, body } = exchange(start);
	return { status, headers, body };
}

/** The `data` of a recorded answer. */
export function dataOf(start: string): IDataObject {
	return (exchange(start).body as { data: IDataObject }).data;
}

export function requestBodyOf(start: string): IDataObject {
	return exchange(start).requestBody as IDataObject;
}

/** A resource locator as the panel holds it. */
export const locatorOf = (value: unknown) => ({ __rl: true, mode: 'id', value });

export const SELF_HOSTED = { baseUrl: 'https://cal.school.example/api/v2', edition: 'selfHosted' };
