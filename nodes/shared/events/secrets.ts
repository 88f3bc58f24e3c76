import type { Json, JsonObject } from '../values/json';
import { openJson } from '../values/openJson';
import { finite, isFields } from '../values/readers';

/** Query parameters that open what is behind a link to whoever has it. */
const SECRET_PARAMETER =
	/^(token|access_token|auth|authorization|jwt|signature|sig|expires|policy|key-pair-id|awsaccesskeyid|password|secret|x-amz-.*|x-goog-.*)$/i;

/** A link without the query parameters that are secrets; the rest of it stays as it is. */
export function withoutSecretParameters(url: string): string {
	const start = url.indexOf('?');
	if (start === -1) return url;
	const hash = url.indexOf('#', start);
	const end = hash === -1 ? url.length : hash;
	const kept = url
		.slice(start + 1, end)
		.split('&')
		.filter((parameter) => !SECRET_PARAMETER.test(parameter.slice(0, nameLength(parameter))));
	const query = kept.length === 0 ? '' : `?${kept.join('&')}`;
	return url.slice(0, start) + query + url.slice(end);
}

function nameLength(parameter: string): number {
	const equals = parameter.indexOf('=');
	return equals === -1 ? parameter.length : equals;
}

/** Fields that hold a secret wherever they stand: the booking's one-time password, the video room's, the webhook's. */
const SECRET_FIELD =
	/^(oneTimePassword|password|secret|client_?secret|access_?token|refresh_?token|api_?key|private_?key)$/i;
/** Fields whose links carry a token: recordings and transcripts, and everything below these fields. */
const TOKEN_LINKS = /^(download|recording|transcript)/i;
/** Fields that a proxy may have made a text of; secrets must not hide in them. */
const OPENED = new Set([
	'payload',
	'booking',
	'videoCallData',
	'webhook',
	'metadata',
	'downloadLinks',
	'paymentData',
	'credential',
]);
/** See json.ts: what lies deeper is no part of a delivery. */
const MAX_DEPTH = 100;

/** A copy of a delivery's body to hand on, without its secrets. */
export function scrub(body: unknown): Json {
	return scrubValue(openJson(body), false, 0);
}

function scrubValue(value: unknown, inTokenLinks: boolean, depth: number): Json {
	if (typeof value === 'string') return inTokenLinks ? withoutSecretParameters(value) : value;
	if (typeof value === 'boolean') return value;
	if (typeof value === 'number') return finite(value);
	if (depth >= MAX_DEPTH) return null;
	if (Array.isArray(value)) return value.map((item) => scrubValue(item, inTokenLinks, depth + 1));
	if (!isFields(value)) return null;
	const copy: JsonObject = {};
	for (const key of Object.keys(value)) {
		if (key === '__proto__' || isSecret(key, value[key])) continue;
		const member = OPENED.has(key) ? openJson(value[key]) : value[key];
		copy[key] = scrubValue(member, inTokenLinks || TOKEN_LINKS.test(key), depth + 1);
	}
	return copy;
}

/** An answer to a question whose slug is "password" is an object, and the user's own business. */
function isSecret(key: string, value: unknown): boolean {
	return SECRET_FIELD.test(key) && !isFields(value);
}
