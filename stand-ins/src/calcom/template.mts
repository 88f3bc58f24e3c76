import { isObject, parseJson } from './json.mts';
import type { Json, JsonObject } from './json.mts';

const ESCAPES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	"'": '&#x27;',
	'`': '&#x60;',
	'=': '&#x3D;',
};

function valueAt(data: JsonObject, path: string): Json | undefined {
	let value: Json | undefined = data;
	for (const step of path.split('.')) {
		if (Array.isArray(value)) value = value[Number(step)];
		else if (isObject(value)) value = value[step];
		else return undefined;
	}
	return value;
}

function textAt(data: JsonObject, path: string): string {
	const value = valueAt(data, path);
	if (value === undefined || value === null || value === false) return '';
	return isObject(value) ? '[object Object]' : String(value);
}

/** A webhook's own template is JSON when its text parses as JSON, else a form. */
export function contentTypeOf(template: string | null): string {
	return template === null || parseJson(template) ? 'application/json' : 'application/x-www-form-urlencoded';
}

/**
 * Fills `{{path}}` (HTML-escaped, quotes left alone) and `{{{path}}}` (as is). A JSON template whose result is no
 * longer JSON becomes the body `false`; a form is sent unencoded. Both are Cal.com's doing.
 */
export function applyTemplate(template: string, data: JsonObject): string {
	const filled = template
		.replace(/\{\{\{\s*([\w.]+)\s*\}\}\}/g, (_match, path: string) => textAt(data, path))
		.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_match, path: string) =>
			textAt(data, path).replace(/[&<>'`=]/g, (character) => ESCAPES[character] ?? character),
		);
	if (contentTypeOf(template) !== 'application/json') return filled;
	return JSON.stringify(parseJson(filled) ?? false);
}
