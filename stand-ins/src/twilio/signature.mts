import { createHash, createHmac } from 'node:crypto';

const hmac = (token: string, text: string): string => createHmac('sha1', token).update(text).digest('base64');

/**
 * X-Twilio-Signature of a form: HMAC-SHA1, base64, over the exact URL and then each field's name and value,
 * sorted by name, with nothing between them.
 * https://www.twilio.com/docs/usage/security#validating-requests
 */
export function signForm(token: string, url: string, form: Record<string, string>): string {
	const fields = Object.keys(form)
		.sort()
		.map((name) => `${name}${form[name] ?? ''}`);
	return hmac(token, url + fields.join(''));
}

/** X-Twilio-Signature of a JSON body, and the address it is for: the body's SHA-256 is a part of it. */
export function signJson(token: string, url: string, body: string): { url: string; signature: string } {
	const hash = createHash('sha256').update(body).digest('hex');
	const signed = `${url}${url.includes('?') ? '&' : '?'}bodySHA256=${hash}`;
	return { url: signed, signature: hmac(token, signed) };
}
