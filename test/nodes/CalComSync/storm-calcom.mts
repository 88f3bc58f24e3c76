// Cal.com on a bad day: busy, away, silent after it has done what it was asked, or deaf to a field.
import type { AnswerOrFault, SentRequest } from '../CalCom/support/fake-execute.mts';
import type { Account } from './support.mts';

const fault = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });
const limited = (seconds: number): AnswerOrFault => ({
	status: 429,
	headers: { 'x-ratelimit-reset-default': String(seconds) },
	body: { status: 'error', error: { code: 'ThrottlerException', message: 'Too many requests' } },
});
const busy: AnswerOrFault = { status: 503, body: { status: 'error', error: { code: 'X', message: 'Busy' } } };

export interface StormyCalCom {
	/** The share of requests that go wrong. */
	trouble: number;
	/** Whether nobody gets through. */
	isDown: boolean;
	/** How many requests went wrong so far. */
	faults: number;
	/** A request, some time after it was made, and its answer if it gets one. */
	answer(request: SentRequest): AnswerOrFault;
}

/** @param random between 0 and 1 */
export function openStormyCalCom(account: Account, random: () => number): StormyCalCom {
	const chance = (share: number) => random() < share;
	const upTo = (limit: number) => Math.floor(random() * limit);
	const calcom: StormyCalCom = { trouble: 0, isDown: false, faults: 0, answer };

	function answer(request: SentRequest): AnswerOrFault {
		const go = (): AnswerOrFault => account.answer(request);
		if (calcom.isDown) return fault('ECONNREFUSED');
		if (!chance(calcom.trouble)) return go();
		calcom.faults += 1;
		switch (upTo(8)) {
			case 0:
				return limited(1 + upTo(40));
			case 1:
				return fault('ECONNREFUSED');
			case 2:
				return busy;
			case 3:
				return fault('ETIMEDOUT');
			case 4: {
				for (const name of Object.keys(request.body ?? {})) if (chance(0.5)) account.ignored.add(name);
				const answered = go();
				account.ignored.clear();
				return answered;
			}
			// Done, and the answer is lost.
			default:
				go();
				return chance(0.5) ? fault('ECONNRESET') : busy;
		}
	}

	return calcom;
}
