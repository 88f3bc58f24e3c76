import type { INodeProperties } from 'n8n-workflow';

/**
 * What somebody types who sends the key unencrypted through networks of others: http to a host that is neither one word
 * nor local, as `isPrivateHost` has it. Here as one pattern, because a form can ask nothing else.
 */
const LOCAL = [
	'[^.:/@\\s\\[\\]]+',
	'[^:/@\\s]+\\.(local|localhost|internal|lan|home\\.arpa)',
	'(0|10|127)\\.\\d+\\.\\d+\\.\\d+',
	'192\\.168\\.\\d+\\.\\d+',
	'169\\.254\\.\\d+\\.\\d+',
	'172\\.(1[6-9]|2\\d|3[01])\\.\\d+\\.\\d+',
	'100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.\\d+\\.\\d+',
	'\\[(::1|[Ff][CcDd][^\\]]*|[Ff][Ee][89AaBb][^\\]]*)\\]',
].join('|');
const OPEN_HTTP = `^\\s*[Hh][Tt][Tt][Pp]://(?!(${LOCAL})([:/]|\\s*$))`;

/**
 * A warning that shows while a field holds such an address.
 *
 * @param field the name of the field
 * @param further what else has to be chosen in the form
 */
export const plainHttpNotice = (field: string, further: Record<string, string[]> = {}): INodeProperties => ({
	displayName:
		'Over <code>http://</code> what n8n sends here is not encrypted, the key included: whoever is on the way can read it. Use <code>https://</code>.',
	name: `${field}PlainHttp`,
	type: 'notice',
	default: '',
	displayOptions: { show: { ...further, [field]: [{ _cnd: { regex: OPEN_HTTP } }] } },
});
