// What becomes of a text where it arrives: a phone, a mail program, a chat. Each finds more in it than was meant.
import LinkifyIt from 'linkify-it';

const phone = new LinkifyIt({}, { fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true });
// The endings of the day; phones know all of them.
phone.tlds(['example', 'live', 'ly', 'app', 'link', 'xyz', 'top', 'shop', 'info', 'de', 'nl', 'pl', 'eu'], true);

/** Our own sentences name it; it leads to Cal.com's own page. */
const CAL_COM = 'http://Cal.com';

/** What can be pressed in a text: links, bare hosts, IP and email addresses. */
export const pressable = (text: string): string[] =>
	(phone.match(text) ?? []).map(({ url }) => url).filter((url) => url !== CAL_COM);

/** What can be dialled: seven digits and more, whatever stands between them. */
export const dialable = (text: string): string[] =>
	(text.match(/\+?\p{Nd}(?:[\s.()\u2010-\u2015-]{0,3}\p{Nd}){6,}/gu) ?? []).map((number) => number);

/** Characters that end a line, or that are there and cannot be seen. */
export const unseen = (text: string): string[] =>
	text.match(/[\u0000-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/gu) ?? [];

/** What a browser or a chat would take for markup. */
export const markup = (text: string): string[] => text.match(/[<>[\]{}`\\]/g) ?? [];
