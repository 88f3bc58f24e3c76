// Changes of an event type, at a Cal.com that keeps one.
import type { IDataObject } from 'n8n-workflow';
import { update } from '../../../../nodes/CalCom/actions/eventType/update.operation.ts';
import { fakeExecute, run } from '../support/fake-execute.mts';
import type { SentRequest } from '../support/fake-execute.mts';
import { dataOf, locatorOf, SELF_HOSTED } from './support.mts';

export type Parameters = Record<string, unknown>;

/** A Cal.com with one event type, which takes what it can set and drops the rest in silence. */
export function calCom(start: IDataObject, drops: readonly string[] = []) {
	let record = structuredClone(start);
	return {
		record: () => record,
		answer: ({ method, body = {} }: SentRequest) => {
			if (method === 'PATCH') {
				const taken = Object.entries(body).filter(([name]) => !drops.includes(name));
				record = { ...record, ...structuredClone(Object.fromEntries(taken)) };
			}
			return { data: structuredClone(record) };
		},
	};
}

export const base: Parameters = { belongsTo: 'account', eventTypeId: locatorOf('3') };

export async function updated(parameters: Parameters, server = calCom(dataOf('035')), madeUp = false) {
	const fake = fakeExecute({
		parameters: { ...base, ...parameters },
		answers: server.answer,
		credential: SELF_HOSTED,
		madeUp,
	});
	const output = (await run(update, fake)) as IDataObject;
	const patches = fake.requests.filter(({ method }) => method === 'PATCH');
	return { output, requests: fake.requests, patches, notes: (await fake.session()).notes(), server };
}
