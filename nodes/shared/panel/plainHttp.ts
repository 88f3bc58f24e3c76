import type { INodeProperties } from 'n8n-workflow';
import { PRIVATE_HOSTS } from '../api/plainHttp';

/** Without the marks of its beginning and end. */
const within = ({ source }: RegExp): string => source.slice(1, -1);
const PRIVATE = PRIVATE_HOSTS.map(within).join('|');

/** What somebody types who sends the key unencrypted through networks of others: http to a host that is not private. */
const OPEN_HTTP = `^\\s*[Hh][Tt][Tt][Pp]://(?!(${PRIVATE})([:/]|\\s*$))`;

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
