import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../../nodes/CalCom/actions/operation.ts';
import { exchange } from '../../shared/api/recorded-exchanges.mts';
import type { AnswerOrFault, FakeExecuteOptions } from '../support/fake-execute.mts';
import { fakeExecute, run, runList } from '../support/fake-execute.mts';

/** Self-hosted, as the recordings are: its lists go on by take and skip. */
export const SELF_HOSTED = { baseUrl: 'https://cal.school.example/api/v2', edition: 'selfHosted' };

export const UID = { __rl: true, mode: 'id', value: 'uid1' };

export const ADA = {
	attendeeName: 'Ada Lovelace',
	attendeeEmail: 'ada@student.example',
	timeZone: 'Europe/Amsterdam',
};

/** An event type as the panel holds it when it was chosen from the list. */
export const chosen = (id: number) => ({ __rl: true, mode: 'list', value: String(id) });

/** The recorded answer, to be given again. */
export function replay(start: string): AnswerOrFault {
	const { status, headers, body } = exchange(start);
	return { status, headers, body };
}

/** The `data` of a recorded answer. */
export function data(start: string): IDataObject {
	const { body } = exchange(start);
	const { data: found } = body as { data: IDataObject };
	return found;
}

/** n8n's error when the answer never came. */
export function fault(code: string): Error {
	return Object.assign(new Error(code), { code });
}

export function fake(
	parameters: Record<string, unknown>,
	answers: FakeExecuteOptions['answers'],
	options: Partial<FakeExecuteOptions> = {},
) {
	return fakeExecute({ parameters, answers, credential: SELF_HOSTED, ...options });
}

/** Runs an operation once; gives what it made, and what it asked. */
export async function act(
	operation: Operation,
	parameters: Record<string, unknown>,
	answers: FakeExecuteOptions['answers'],
	options: Partial<FakeExecuteOptions> = {},
) {
	const n8n = fake(parameters, answers, options);
	const items = await runList(operation, n8n);
	const notes = (await n8n.session()).notes();
	return { items, item: items[0] ?? {}, requests: n8n.requests, request: n8n.requests.at(-1), notes };
}

/** Runs an operation that must fail; gives its error. */
export async function failure(
	operation: Operation,
	parameters: Record<string, unknown>,
	answers: FakeExecuteOptions['answers'] = [],
	options: Partial<FakeExecuteOptions> = {},
): Promise<{ message: string; description: string; itemIndex: unknown; requests: number }> {
	const n8n = fake(parameters, answers, options);
	try {
		await run(operation, n8n);
	} catch (error) {
		const { message, description, context } = error as Error & {
			description?: string;
			context?: { itemIndex?: unknown };
		};
		return {
			message,
			description: description ?? '',
			itemIndex: context?.itemIndex,
			requests: n8n.requests.length,
		};
	}
	throw new Error('The operation did not fail');
}
