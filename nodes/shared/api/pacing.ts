import type { Read } from './answer';
import type { KnownLimit } from './knownLimit';
import { CodedError } from './nodeErrors';
import type { RateLimit } from './rateLimit';
import { countsAllRequests, pauseBefore, readRateLimit } from './rateLimit';
import type { ApiRequest } from './request';
import { LONGEST_WAIT, retryOf } from './retry';

/** Time and chance, replaced in tests. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	sleep(milliseconds: number): Promise<void>;
	/** Between 0 and 1. */
	random(): number;
}

/** A request had to wait for the rate limit so long that what it says may no longer be right. It was not sent. */
export class TooLate extends CodedError {
	constructor() {
		super('RATE_LIMITED', 'Cal.com was too busy to be asked in time');
	}
}

/** Sends requests one after the other, as fast as Cal.com allows and no faster. */
export interface Pacing {
	/** Sends when it may be sent, and again when that is safe and may help. @throws TooLate after its `until` */
	run<T>(request: ApiRequest, send: () => Promise<Read<T>>): Promise<Read<T>>;
	/** Takes note of what an answer says about the rate limit. */
	learn(headers: Record<string, unknown>): void;
	rateLimit(): RateLimit | null;
	/** What the user should know of waits and repeats. */
	notes(): string[];
}

/** Milliseconds between looks at whether the execution was stopped meanwhile. */
const NAP = 1_000;

/**
 * @param isStopped whether the user stopped the execution: then nobody waits any longer
 * @param known what is known about the limit beyond this execution; kept up to date
 */
export function createPacing(clock: Clock, isStopped: () => boolean, known: KnownLimit): Pacing {
	// What the last answer said, which may be about one operation alone.
	let limit: RateLimit | null = null;
	let waited = 0;
	let repeated = 0;

	async function pause(milliseconds: number): Promise<void> {
		for (let left = milliseconds; left > 0 && !isStopped(); left -= NAP) await clock.sleep(Math.min(left, NAP));
	}

	async function waitForWindow(milliseconds: number): Promise<void> {
		waited += milliseconds;
		await pause(milliseconds);
		// The window is new: how much of it is left, the next answer tells.
		limit = null;
		known.current = null;
	}

	function pauseAhead(): number {
		const now = clock.now();
		const ahead = Math.max(pauseBefore(limit, now), pauseBefore(known.current, now));
		// What nobody waits for is asked at once: Cal.com's refusal tells the user how long it takes.
		return ahead > LONGEST_WAIT ? 0 : ahead;
	}

	return {
		async run(request, send) {
			const attempts = { faults: 0, waited: 0 };
			for (let hasWaited = false; ; hasWaited = true) {
				const ahead = pauseAhead();
				if (ahead > 0) await waitForWindow(ahead);
				const isLate = request.until !== undefined && clock.now() > request.until;
				if (isLate && (hasWaited || ahead > 0)) throw new TooLate();
				const result = await send();
				if (result.ok || isStopped()) return result;
				if (result.failure.retryAfter === null) attempts.faults++;
				const retry = retryOf(result.failure, request, attempts, clock.random());
				if (retry === null) return result;
				if (retry.reason === 'rateLimit') {
					attempts.waited += retry.after;
					await waitForWindow(retry.after);
				} else {
					repeated++;
					await pause(retry.after);
				}
			}
		},
		learn(headers) {
			const told = readRateLimit(headers, clock.now());
			limit = told ?? limit;
			if (told !== null && countsAllRequests(headers)) known.current = told;
		},
		rateLimit: () => limit,
		notes() {
			const notes: string[] = [];
			if (waited > 0) {
				notes.push(`Waited ${Math.ceil(waited / 1000)} seconds in all for the rate limit of Cal.com.`);
			}
			if (repeated > 0) {
				notes.push(
					`Cal.com did not answer properly ${repeated === 1 ? 'once' : `${repeated} times`}; what was to be read was asked for again.`,
				);
			}
			return notes;
		},
	};
}
