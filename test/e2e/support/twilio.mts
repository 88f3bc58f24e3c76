// The Twilio stand-in of the running playground, from within an end-to-end test.
import { z } from 'zod';
import type { Control } from 'stand-ins/twilio';

const messageSchema = z.object({
	sid: z.string(),
	direction: z.enum(['inbound', 'outbound-api', 'outbound-reply']),
	from: z.string().nullable(),
	to: z.string(),
	body: z.string(),
	status: z.string(),
	errorCode: z.number().nullable(),
	statusCallback: z.string().nullable(),
	createdAt: z.string(),
});
const requestSchema = z.object({
	method: z.string(),
	host: z.string(),
	path: z.string(),
	form: z.record(z.string()),
	status: z.number().nullable(),
	at: z.string(),
});
const callSchema = z.object({
	kind: z.enum(['status', 'inbound', 'event']),
	url: z.string(),
	body: z.string(),
	status: z.number().nullable(),
	answer: z.string(),
});

export type SentMessage = z.infer<typeof messageSchema>;

export interface TwilioDesk {
	/** What messages go out from: put it into a template's settings as the sender. */
	number: string;
	accountSid: string;
	authToken: string;
	/** What happens at Twilio without an API call, e.g. `at('reply', '+31…', 'STOP')`; see `Control`. */
	at<M extends keyof Control | 'goDown' | 'comeBack'>(
		method: M,
		...args: M extends keyof Control ? Parameters<Control[M]> : []
	): Promise<unknown>;
	/** What was sent, the oldest first; with what Twilio itself answers (`outbound-reply`). */
	outbox(): Promise<SentMessage[]>;
	/** What came in. */
	inbox(): Promise<SentMessage[]>;
	/** Every request to Twilio's APIs. */
	requests(): Promise<z.infer<typeof requestSchema>[]>;
	/** Every webhook, status callback and event that Twilio posted, and what was answered. */
	calls(): Promise<z.infer<typeof callSchema>[]>;
}

/** `ask` calls a control by name, or reads what is kept under that name. */
export function twilioDesk(
	account: Pick<TwilioDesk, 'number' | 'accountSid' | 'authToken'>,
	ask: (name: string, args: unknown[]) => Promise<unknown>,
): TwilioDesk {
	const read = async <T extends z.ZodTypeAny>(name: string, schema: T): Promise<z.infer<T>[]> =>
		z.array(schema).parse(await ask(name, []));
	return {
		...account,
		at: (method, ...args) => ask(method, args),
		outbox: () => read('outbox', messageSchema),
		inbox: () => read('inbox', messageSchema),
		requests: () => read('requests', requestSchema),
		calls: () => read('calls', callSchema),
	};
}
