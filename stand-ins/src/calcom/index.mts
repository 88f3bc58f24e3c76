import { Clock } from './clock.mts';
import { newControl } from './control.mts';
import type { Control } from './control.mts';
import { newCourier } from './deliver.mts';
import type { Delivery, Listener } from './deliver.mts';
import { Storm } from '../faults.mts';
import { Losses } from './losses.mts';
import { RequestLog } from './request-log.mts';
import { allRoutes } from './routes/index.mts';
import { seed } from './seed.mts';
import { listen, newApp } from './server.mts';
import type { State } from './store.mts';
import type { Edition } from './types.mts';
import { newWorld } from './world.mts';

export { fullForm } from './booking-fields.mts';
export { isFree } from './bookings/availability.mts';
export type { Control, MeetingEvent } from './control.mts';
export type { Delivery } from './deliver.mts';
export type { Gust } from '../faults.mts';
export type { LoggedRequest } from './request-log.mts';
export { type Json, type JsonObject, isObject } from './json.mts';
export { seed } from './seed.mts';
export { type State, eventTypeOf } from './store.mts';
export { addMinutes } from './time.mts';
export type { Booking, EventType, Webhook } from './types.mts';

export interface CalComOptions {
	/** 0, the default, picks a free port. */
	port?: number;
	host?: '127.0.0.1';
	now?: () => Date;
	edition?: Edition;
	/** Requests per minute and key; Cal.com's own default is 120. */
	rateLimit?: number;
	/** Base of the links in deliveries. */
	bookerUrl?: string;
	/** The keys that stand in the recordings open it, too; default: only the one of `apiKey`, another at each start. */
	withRecordedKeys?: boolean;
	/** How long a receiver may keep a booking waiting before it is given up on. */
	receiverTimeoutMs?: number;
}

export interface CalCom extends Control {
	/** Base URL for a credential: `http://127.0.0.1:PORT/v2`. */
	url: string;
	/** `http://127.0.0.1:PORT`; `/api/v2` is served beside `/v2`. */
	origin: string;
	/** The owner's key. */
	apiKey: string;
	state: State;
	/** Every webhook call so far, in the order in which they ended. */
	deliveries: Delivery[];
	requests: RequestLog;
	/** @returns a function that stops listening */
	on(event: 'delivery', listener: Listener): () => void;
	/** The next `count` API calls answer with this status and do nothing; 0 ends it. */
	failNextRequests(count: number, status: number): void;
	/** Connections are refused until `comeBack`. */
	goDown(): Promise<void>;
	/** Answers again, on the same port, with everything remembered. */
	comeBack(): Promise<void>;
	stop(): Promise<void>;
}

/** Starts a stand-in of Cal.com's API v2 on loopback: in memory, seeded, with real webhook deliveries. */
export async function startCalCom(options: CalComOptions = {}): Promise<CalCom> {
	const { host = '127.0.0.1', edition = 'selfHosted', bookerUrl = 'http://localhost:3000' } = options;
	const clock = new Clock(options.now ?? (() => new Date()));
	const losses = new Losses();
	const courier = newCourier(clock.now, options.receiverTimeoutMs ?? 30_000, losses);
	const state = seed(edition, bookerUrl, options.withRecordedKeys);
	const [owner] = state.apiKeys;
	if (!owner) throw new Error('The school has no key.');
	const world = newWorld({ state, now: clock.now, courier });
	const requests = new RequestLog();
	const storm = new Storm();
	const app = newApp({
		world,
		requests,
		routes: allRoutes(edition),
		rateLimit: options.rateLimit,
		storm,
	});
	let server: Awaited<ReturnType<typeof listen>> | null = await listen(app, host, options.port ?? 0);
	const { port } = server;
	const origin = `http://${host}:${port}`;
	const close = async () => {
		const open = server;
		server = null;
		await open?.close();
	};

	return {
		...newControl(world, clock, storm, losses),
		url: `${origin}/v2`,
		origin,
		apiKey: owner.key,
		state: world.state,
		deliveries: courier.deliveries,
		requests,
		on: (_event, listener) => courier.listen(listener),
		failNextRequests(count, status) {
			storm.plan([{ status, count }]);
		},
		goDown: close,
		async comeBack() {
			server ??= await listen(app, host, port);
		},
		stop: close,
	};
}
