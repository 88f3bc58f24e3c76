import type { IPollFunctions } from 'n8n-workflow';
import { inClear, sendsInClear } from '../shared/api/plainHttp';
import type { Session } from '../shared/api/session';

/** The nodes, and where each of them asked, that the log of this n8n tells of. */
const told = new Set<string>();

/**
 * Says in n8n's log that the key goes in clear. A poll can say nothing beside its output, and publishing begins with
 * one, so that is the line which publishing writes. Once as long as n8n runs: polls come every minute.
 */
export function warnInClearOnce(ctx: IPollFunctions, { baseUrl, host }: Pick<Session, 'baseUrl' | 'host'>): void {
	const key = `${ctx.getWorkflow().id ?? ''} ${ctx.getNode().id} ${baseUrl}`;
	if (!sendsInClear(baseUrl) || told.has(key)) return;
	told.add(key);
	ctx.logger.warn(inClear(host));
}
