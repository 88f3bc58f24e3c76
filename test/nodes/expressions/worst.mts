// For each regular expression of the nodes that repeats a part without end: the texts that cost it most.
import { of, type WorstTexts } from '../../support/regular-expressions/worst.mts';

/** The expression as written in the source -> what costs it most. A test holds this to the source, both ways. */
export const WORST: WorstTexts = {
	[String.raw`/^\d+$/`]: of('1'),
	[String.raw`/^(?:Etc\/.*|[A-Z]{3,4}|[A-Z]{3}\d[A-Z]{3})$/`]: [{ before: 'Etc/', repeated: 'A', after: '\n' }],
	[String.raw`/\/\d+$/`]: of('/1', '/'),
	[String.raw`/\/d\/([^/?#]+)/`]: of('/d/', '/d'),
	[String.raw`/^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/`]: [{ before: '2026-11-24T', repeated: '0', after: '\n' }],
	[String.raw`/[T ]\d{1,2}:?\d{2}.*$/is`]: [
		{ repeated: 'T12', after: '\n' },
		{ before: 'T', repeated: '12', after: '\n' },
	],
	[String.raw`/\s+/g`]: of(' ', ' a'),
	[String.raw`/^([0-9a-f]+) ([A-Z]) (-?[0-9a-z]+) (-?[0-9a-z]+)(?: (.+))?$/`]: [
		{ repeated: '0', after: '!' },
		{ before: '0 A 0 ', repeated: '0', after: '\n' },
		{ before: '0 A 0 0 ', repeated: '0', after: '\n' },
	],
	[String.raw`/^([0-9a-f]+) (\d+) ([0-9a-z]+)$/`]: [
		{ repeated: '0', after: '!' },
		{ before: '0 0 ', repeated: '0', after: '!' },
	],
	[String.raw`/^[^\s@]+@[^\s@]+$/`]: [
		{ repeated: 'a', after: ' ' },
		{ before: 'a@', repeated: 'a', after: ' ' },
	],
	[String.raw`/^(integrations?:.*|conferencing|inPerson|attendeeInPerson|userPhone|phone|link|somewhereElse)$/i`]: [
		{ before: 'integrations:', repeated: 'a', after: '\n' },
	],
	[String.raw`/[\s-]+/g`]: of('-', ' -', '-a'),
	[String.raw`/^[a-zA-Z0-9]+(?:_[a-zA-Z0-9]+)+$/`]: [
		{ repeated: 'a', after: '-' },
		{ before: 'a', repeated: '_a', after: '-' },
	],
	[String.raw`/\b(bearer|basic)(?: |%20|\+){1,9}[^\s"',;]{4,}|(?<![a-z])cal_[\w-]{8,}/gi`]: [
		...of('bearer', 'basic ', 'cal_', 'cal_-', 'bearer a ', 'bearer%20', 'bearer+'),
		{ before: 'bearer', repeated: ' ' },
		{ before: 'bearer ', repeated: 'a' },
	],
	[String.raw`/^[^.:/@\s[\]]+$/`]: [{ repeated: 'a', after: '.' }],
	[String.raw`/^[^:/@\s]+\.(local|localhost|internal|lan|home\.arpa)$/`]: of('.local', '.', 'a.'),
	[String.raw`/^(0|10|127)\.\d+\.\d+\.\d+$/`]: [{ before: '10.1.1.', repeated: '1', after: '!' }, ...of('10.')],
	[String.raw`/^192\.168\.\d+\.\d+$/`]: [{ before: '192.168.1.', repeated: '1', after: '!' }, ...of('192.168.')],
	[String.raw`/^169\.254\.\d+\.\d+$/`]: [{ before: '169.254.1.', repeated: '1', after: '!' }, ...of('169.254.')],
	[String.raw`/^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/`]: [{ before: '172.16.', repeated: '1', after: '!' }],
	[String.raw`/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\.\d+$/`]: [
		{ before: '100.64.', repeated: '1', after: '!' },
	],
	[String.raw`/^\[(::1|[Ff][CcDd][0-9A-Fa-f]{2}:[^\]]*|[Ff][Ee][89AaBb][0-9A-Fa-f]:[^\]]*)\]$/`]: [
		{ before: '[fc00:', repeated: ':', after: '!' },
		{ before: '[fe80:', repeated: '0:', after: ']!' },
	],
	[String.raw`/following values:\s*(\S.*)$/s`]: [
		{ repeated: 'following values:', after: '\n' },
		{ before: 'following values:', repeated: ' ', after: '\n' },
	],
	[String.raw`/^([A-Z_]+) trigger is only available for organization webhooks/`]: of('A', '_'),
	[String.raw`/^[a-z][a-z0-9+.-]*:\/\//i`]: of('a', 'a:'),
	[String.raw`/^(localhost|127\.|0\.0\.0\.0|\[|[^./:]+(:|\/|$))/i`]: of('a', 'localhost'),
	[String.raw`/^[A-Z]\w*(Guard|Strategy) - /`]: of('Guard', 'A'),
	[String.raw`/^(E[A-Z_]{3,}|ERR_[A-Z_]+|[A-Z]+(_[A-Z]+)+)$/`]: [
		...of('E', 'E_', 'A_A'),
		{ before: 'ERR_', repeated: '_A', after: '!' },
	],
	[String.raw`/\b(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPROTO|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+)\b/`]:
		of('SELF_SIGNE', 'a', 'a ', 'ECONN', 'CERT_é', 'é'),
	[String.raw`/^responses - (\{.+)$/s`]: [{ before: 'responses - {', repeated: '\n', after: '\n' }],
	[String.raw`/\{([^{}]+)\}([^{]*)/g`]: of('{', '{a', '{a}', '{a}a'),
	[String.raw`/^\/bookings\/[^/]+\/cancel/`]: [{ before: '/bookings/', repeated: 'a' }],
	[String.raw`/[\s,;]+/`]: of(' ', 'a, '),
	[String.raw`/[^\p{L}\p{N}]+/gu`]: of('-', 'a-'),
	[String.raw`/^(?:\+[\d\s().\-/]{6,}|[\d\s().\-/]+)$/`]: [
		{ before: '+', repeated: '1', after: '!' },
		...of('1', '( '),
	],
	[String.raw`/^[+-]?\d+(\.\d+)?$/`]: [...of('1'), { before: '1.', repeated: '1', after: '!' }],
	[String.raw`/^https?:\/\/[a-z0-9][a-z0-9.-]{0,252}(?::\d{1,5})?(?:[/?#][\w.~:/?#@!$&'()*+,;=%-]*)?$/i`]: [
		{ before: 'https://', repeated: 'a.' },
		{ before: 'https://a/', repeated: '?', after: '"' },
	],
	[String.raw`/^https?:\/\/\S+$/i`]: [{ before: 'http://', repeated: 'a', after: ' ' }],
	[String.raw`/^(token|access_token|auth|authorization|jwt|signature|sig|expires|policy|key-pair-id|awsaccesskeyid|password|secret|x-amz-.*|x-goog-.*)$/i`]:
		[{ before: 'x-amz-', repeated: 'a', after: '\n' }],
	[String.raw`/^(\S+ \S+) ([+-]\d{2}:?\d{2})$/`]: [
		...of('a', 'a '),
		{ before: 'a ', repeated: 'a', after: ' +01:0' },
	],
	[String.raw`/[\s:_-]+/`]: of(' ', ' a', '_'),
	[String.raw`/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/`]: of('A', 'A/', 'A/A', '//'),
	[String.raw`/(?:\s*"((?:[^"\\]|\\.)*)"\s*|([^",{}\\]*))(,|$)/sy`]: [
		...of(' ', 'a ', '" '),
		{ before: '"', repeated: '\\"' },
		{ before: '"', repeated: 'a' },
		{ before: '"a"', repeated: ' ', after: 'a' },
		{ before: 'a', repeated: ' ', after: '"' },
	],
	[String.raw`/\p{N}+|[\p{L}\p{M}]+/gu`]: of('1', 'a', '1a', 'a\u0300'),
	[String.raw`/^0+(?=.)/`]: [{ repeated: '0', after: '\n' }],
	[String.raw`/^\s*https?:\/\/[^?#]+\/(?:booking|reschedule|video)\/([^/?#\s]+)/`]: [
		...of('http://a/', 'http://'),
		{ before: 'http://', repeated: '/booking/' },
		{ before: 'http://', repeated: '/booking/', after: '?' },
		{ repeated: ' ', after: '!' },
	],
	[String.raw`/^\s*[Hh][Tt][Tt][Pp]:\/\/(?!([^.:/@\s[\]]+|[^:/@\s]+\.(local|localhost|internal|lan|home\.arpa)|(0|10|127)\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|169\.254\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\.\d+|\[(::1|[Ff][CcDd][0-9A-Fa-f]{2}:[^\]]*|[Ff][Ee][89AaBb][0-9A-Fa-f]:[^\]]*)\])([:/]|\s*$))/`]:
		[
			...of(' ', 'http://'),
			{ before: 'http://', repeated: 'a', after: '.' },
			{ before: 'http://', repeated: '.local', after: '!' },
			{ before: 'http://a.local', repeated: ' ', after: '!' },
			{ before: 'http://10.1.1.', repeated: '1', after: '!' },
			{ before: 'http://[fc00:', repeated: ':]', after: '!' },
		],
};
