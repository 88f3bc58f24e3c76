// Sends a delivery that Cal.com has made once more, to show what n8n does with a copy and with a forgery.

/** What is needed of a delivery to send it again. */
export interface Sent {
	subscriberUrl: string;
	headers: Record<string, string>;
	/** The exact text that was signed. */
	body: string;
}

export interface PostAnswer {
	status: number;
	text: string;
}

/** The delivery as somebody would forge it: another name in the body, the signature as it was. */
export function forgedBody(body: string): string {
	const changed = body.replace(/"name":"[^"]*"/, '"name":"Somebody Else"');
	return changed === body ? `${body} ` : changed;
}

/** Posts the delivery's bytes with its headers, signature included. */
export async function sendAgain(sent: Sent, forged: boolean): Promise<PostAnswer> {
	const response = await fetch(sent.subscriberUrl, {
		method: 'POST',
		redirect: 'manual',
		headers: sent.headers,
		body: forged ? forgedBody(sent.body) : sent.body,
	});
	return { status: response.status, text: await response.text() };
}
