// One step: what is needed to run an operation of the action node once, and what comes of it.
import { ofetch } from 'ofetch';
import { z } from 'zod';
import type { CalCom } from 'stand-ins/calcom';

type Fields = Record<string, unknown>;

export interface Step {
	resource: string;
	operation: string;
	/** Tells two steps of one operation apart. */
	as?: string;
	/** Parameters of the node, after whatever has to be there first. */
	prepare?: (cal: CalCom) => Promise<Fields> | Fields;
	/** Requests that Cal.com got, by method and path. */
	calls: string[];
	/** What the first item holds, among other things. */
	gives: Fields;
}

const dated = (path: string): Record<string, string> => {
	if (path.startsWith('/bookings')) return { 'cal-api-version': '2024-08-13' };
	if (path.startsWith('/slots')) return { 'cal-api-version': '2024-09-04' };
	if (path.startsWith('/schedules')) return { 'cal-api-version': '2024-06-11' };
	return path.includes('/webhooks') ? {} : { 'cal-api-version': '2024-06-14' };
};

/** Makes something at Cal.com without the node. */
export async function made(cal: CalCom, path: string, body: Fields): Promise<Fields> {
	const headers = { authorization: `Bearer ${cal.apiKey}`, ...dated(path) };
	const answer = await ofetch<unknown>(cal.url + path, { method: 'POST', headers, body, retry: 0 });
	return z.object({ data: z.record(z.unknown()) }).parse(answer).data;
}

export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

let count = 0;
/** A name that nothing else has. */
export const fresh = (name: string): string => `${name}-${String((count += 1))}`;
