// What tests share: people, a stand-in of Cal.com that is somebody's alone, and a receiver of its deliveries.
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startCalCom } from './index.mts';
import type { CalCom, CalComOptions } from './index.mts';
import { isObject } from './json.mts';
import type { Json, JsonObject } from './json.mts';

/** The moment of the recordings, a Friday. */
export const START = new Date('2026-11-20T08:58:00.000Z');

export const ADA: JsonObject = {
	name: 'Ada Lovelace',
	email: 'ada@student.example',
	timeZone: 'Europe/Amsterdam',
	language: 'en',
};
export const BOB: JsonObject = {
	name: 'Bob Stone',
	email: 'bob@student.example',
	timeZone: 'America/New_York',
	language: 'en',
};
export const CEM: JsonObject = {
	name: 'Cem Yilmaz',
	email: 'cem@student.example',
	timeZone: 'Europe/Istanbul',
	language: 'tr',
};
export const ANNA_KEY = 'cal_anna00123456789abcdef0123456789ab';
export const SLOT = '2026-12-07T09:00:00Z';
export const LATER = '2026-12-08T10:00:00Z';

export interface Received {
	url: string;
	method: string;
	headers: IncomingHttpHeaders;
	text: string;
	event: string;
}

export interface Answer {
	status: number;
	headers: Headers;
	body: Json;
}

export interface Ask {
	/** Null: no key at all. */
	key?: string | null;
	/** Null: no cal-api-version. */
	version?: string | null;
	body?: Json;
	headers?: Record<string, string>;
}

export const ALL_TRIGGERS = [
	'BOOKING_CREATED',
	'BOOKING_PAYMENT_INITIATED',
	'BOOKING_PAID',
	'BOOKING_RESCHEDULED',
	'BOOKING_REQUESTED',
	'BOOKING_CANCELLED',
	'BOOKING_REJECTED',
	'BOOKING_NO_SHOW_UPDATED',
	'FORM_SUBMITTED',
	'MEETING_ENDED',
	'MEETING_STARTED',
	'RECORDING_READY',
	'RECORDING_TRANSCRIPTION_GENERATED',
	'OOO_CREATED',
	'AFTER_HOSTS_CAL_VIDEO_NO_SHOW',
	'AFTER_GUESTS_CAL_VIDEO_NO_SHOW',
	'FORM_SUBMITTED_NO_EVENT',
	'WRONG_ASSIGNMENT_REPORT',
];

export interface Session {
	cal: CalCom;
	/** Base of the receiver's URLs. */
	receiver: string;
	received: Received[];
	ask(method: string, path: string, ask?: Ask): Promise<Answer>;
	/** `data` of a request that has to succeed. */
	data(method: string, path: string, ask?: Ask): Promise<Json>;
	subscribe(path?: string, extra?: JsonObject): Promise<JsonObject>;
	book(eventTypeId: number, start: string, extra?: JsonObject): Promise<JsonObject>;
	stop(): Promise<void>;
}

async function startReceiver(): Promise<{ url: string; received: Received[]; stop: () => void }> {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const text = Buffer.concat(chunks).toString();
			const event = /"triggerEvent":"([A-Z_]+)"/.exec(text)?.[1] ?? 'TEMPLATE';
			received.push({
				url: request.url ?? '',
				method: request.method ?? '',
				headers: request.headers,
				text,
				event,
			});
			if (request.url === '/never') return;
			const [, status = '200'] = /^\/status\/(\d+)/.exec(request.url ?? '') ?? [];
			response.writeHead(Number(status), { Location: '/elsewhere' }).end('{"status":"processed"}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const stop = () => {
		server.closeAllConnections();
		server.close();
	};
	return { url: `http://127.0.0.1:${port}`, received, stop };
}

export function versionFor(path: string): string | null {
	if (path.startsWith('/bookings')) return '2024-08-13';
	if (path.startsWith('/event-types') && !path.includes('/webhooks')) return '2024-06-14';
	if (path.startsWith('/slots')) return '2024-09-04';
	return path.startsWith('/schedules') ? '2024-06-11' : null;
}

/** A stand-in of its own for one test, with a receiver that says yes to every delivery. */
export async function startSession(options: CalComOptions = {}): Promise<Session> {
	const cal = await startCalCom({ now: () => START, withRecordedKeys: true, ...options });
	const receiver = await startReceiver();

	const ask: Session['ask'] = async (method, path, { key = cal.apiKey, version, body, headers } = {}) => {
		const dated = version === undefined ? versionFor(path) : version;
		const response = await fetch(cal.url + path, {
			method,
			headers: {
				...(key === null ? {} : { authorization: `Bearer ${key}` }),
				...(dated === null ? {} : { 'cal-api-version': dated }),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});
		return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
	};

	const data: Session['data'] = async (method, path, options) => {
		const answer = await ask(method, path, options);
		if (answer.status >= 300 || !isObject(answer.body))
			throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
		return answer.body['data'] ?? null;
	};

	const one = (value: Json): JsonObject => {
		const found = Array.isArray(value) ? value[0] : value;
		if (!isObject(found)) throw new Error('Expected an object');
		return found;
	};

	return {
		cal,
		ask,
		data,
		receiver: receiver.url,
		received: receiver.received,
		subscribe: async (path = '/all', extra = {}) =>
			one(
				await data('POST', '/webhooks', {
					body: {
						active: true,
						subscriberUrl: receiver.url + path,
						triggers: ALL_TRIGGERS,
						secret: 'whsec-all-0001',
						...extra,
					},
				}),
			),
		book: async (eventTypeId, start, extra = {}) =>
			one(await data('POST', '/bookings', { body: { start, eventTypeId, attendee: ADA, ...extra } })),
		async stop() {
			receiver.stop();
			await cal.stop();
		},
	};
}

/** Runs one test's work in a session that is closed whatever happens. */
export async function inSession(work: (session: Session) => Promise<void>, options: CalComOptions = {}): Promise<void> {
	const session = await startSession(options);
	try {
		await work(session);
	} finally {
		await session.stop();
	}
}

export const uidOf = (booking: JsonObject): string => String(booking['uid']);

/** Does something with a booking: `post(session, booking, 'cancel', { cancellationReason: 'ill' })`. */
export const post = async (
	session: Session,
	booking: JsonObject,
	action: string,
	body: Json = {},
	key?: string | null,
) =>
	await session.data('POST', `/bookings/${uidOf(booking)}/${action}`, {
		body,
		...(key === undefined ? {} : { key }),
	});
