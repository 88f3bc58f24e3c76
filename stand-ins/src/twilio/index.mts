import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Storm } from '../faults.mts';
import { HOSTS } from './api.mts';
import { makeCertificates } from './certificate.mts';
import { newControl } from './control.mts';
import type { Control } from './control.mts';
import { newCourier } from './courier.mts';
import type { Call } from './courier.mts';
import { newDelivery } from './lifecycle.mts';
import { startProxy } from './proxy.mts';
import { NUMBER, seed } from './seed.mts';
import { newServer } from './server.mts';
import type { LoggedRequest, Weather } from './server.mts';
import type { Account, Message, State } from './types.mts';
import type { World } from './world.mts';

export type { Control } from './control.mts';
export type { Call } from './courier.mts';
export { addressOf, pair } from './numbers.mts';
export { segmentsOf } from './segments.mts';
export type { LoggedRequest } from './server.mts';
export { signForm } from './signature.mts';
export type { Account, Fate, Message, MessageStatus } from './types.mts';

const HOST = '127.0.0.1';

export interface TwilioOptions {
	/** The certificate that has to be trusted is written here at each start. */
	dir: string;
	/** Port of the proxy. 0, the default, picks a free one. */
	port?: number;
	now?: () => Date;
	/** Milliseconds from one status of a message to the next. Default: 200. */
	paceMs?: number;
	/** Another proxy, for all that is not Twilio's: `http://user:password@host:port`. */
	upstream?: string | undefined;
	/** PEM file of further authorities to trust; what it says is put behind our own. */
	trusted?: string | undefined;
}

export interface Twilio extends Control {
	/** For HTTPS_PROXY: `http://127.0.0.1:PORT`. */
	proxyUrl: string;
	/** For NODE_EXTRA_CA_CERTS. */
	caFile: string;
	accounts: Account[];
	/** The account that a credential is made for. */
	account: Account;
	/** The number it sends from. */
	number: string;
	/** What was sent, Twilio's own answers to STOP and the like included (`outbound-reply`), the oldest first. */
	outbox: readonly Message[];
	/** What came in. */
	inbox: readonly Message[];
	state: State;
	/** Webhooks, status callbacks and events that were posted. */
	calls: Call[];
	requests: LoggedRequest[];
	/** @returns a function that stops listening */
	on(event: 'message', listener: (message: Message) => void): () => void;
	/** The proxy takes no connections until `comeBack`, neither Twilio's nor anybody's. */
	goDown(): Promise<void>;
	/** On the same port, with everything remembered. */
	comeBack(): Promise<void>;
	stop(): Promise<void>;
}

/**
 * Starts a stand-in of Twilio: a proxy on loopback that answers for api.twilio.com and events.twilio.com with a
 * certificate of its own, and passes everything else on. Whoever uses it needs `proxyUrl` and `caFile`.
 */
export async function startTwilio(options: TwilioOptions): Promise<Twilio> {
	const { dir, now = () => new Date(), paceMs = 200, upstream, trusted } = options;
	const certificates = await makeCertificates(HOSTS);
	await mkdir(dir, { recursive: true });
	const caFile = join(dir, 'ca.pem');
	// Of a file that is not there Node only warns, and goes on.
	const others = trusted === undefined ? '' : await readFile(trusted, 'utf8').catch(() => '');
	await writeFile(caFile, certificates.authority + others);

	const stopping = new AbortController();
	const listeners = new Set<(message: Message) => void>();
	const state = seed(now());
	const courier = newCourier(now, stopping.signal);
	const delivery = newDelivery(paceMs, stopping.signal);
	const world: World = {
		state,
		now,
		courier,
		changed: (message) => listeners.forEach((listener) => listener(message)),
		deliver: (message) => delivery.begin(world, message),
	};
	const requests: LoggedRequest[] = [];
	const weather: Weather = { storm: new Storm(), slow: 0 };
	const server = newServer(world, weather, requests, certificates);
	const open = (port: number) => startProxy({ host: HOST, port, ours: HOSTS, accept: server.accept, upstream });
	let proxy: Awaited<ReturnType<typeof open>> | null = await open(options.port ?? 0);
	const { port } = proxy;
	const [account] = state.accounts;
	if (!account) throw new Error('The stand-in has no account.');
	const goDown = async () => {
		const listening = proxy;
		proxy = null;
		server.close();
		await listening?.close();
	};
	const of = (inbound: boolean) => state.messages.filter(({ direction }) => (direction === 'inbound') === inbound);

	return {
		...newControl(world, { requests, weather, delivery }),
		proxyUrl: `http://${HOST}:${String(port)}`,
		caFile,
		accounts: state.accounts,
		account,
		number: NUMBER,
		get outbox() {
			return of(false);
		},
		get inbox() {
			return of(true);
		},
		state,
		calls: courier.calls,
		requests,
		on(_event, listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		goDown,
		async comeBack() {
			proxy ??= await open(port);
		},
		async stop() {
			stopping.abort();
			await goDown();
		},
	};
}
