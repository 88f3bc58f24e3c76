// Which altered deliveries a sender can send, and what n8n answers to them.
import { differs } from '../../compat/differences.mts';
import { canBeSent } from './raw-post.mts';
import type { Attempt } from '../../support/alterations/attempt.mts';

/** Whether HTTP can carry it, to a receiver that holds this secret: what the receiver holds is not the sender's to alter. */
export const isOverHttp = ({ headers, held }: Attempt, secret: string): boolean =>
	canBeSent(headers) && held.length === 1 && held[0] === secret;

/** 401 from the trigger; 422 from n8n itself for a body that claims to be JSON and is not, before the trigger sees it. */
export function refusalOf({ body }: Attempt): 401 | 422 {
	if (body.length === 0) return 401;
	try {
		const text = body.toString();
		JSON.parse(differs('byteOrderMark') ? text : text.replace(/^\ufeff/, ''));
		return 401;
	} catch {
		return 422;
	}
}
