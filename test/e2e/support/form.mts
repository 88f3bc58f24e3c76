// n8n's forms, filled in over HTTP as the page of a form does it.
import { z } from 'zod';
import { waitFor } from './e2e.mts';

const startedSchema = z.object({ formWaitingUrl: z.string() });

/** A page of a form that waits to be filled in, or the last one. */
export interface FormPage {
	/** The page as a browser gets it. */
	html: string;
	/** Where it is, for a browser. */
	url: string;
	/** What the lists of the page offer. */
	options: string[];
	/** Fills in the fields in their order, and resolves with the next page. */
	submit(...values: string[]): Promise<FormPage>;
}

const bodyOf = (values: string[]): FormData => {
	const body = new FormData();
	for (const [at, value] of values.entries()) body.append(`field-${String(at)}`, value);
	return body;
};

const unescaped = (text: string) =>
	text.replaceAll('&#x27;', "'").replaceAll('&quot;', '"').replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');

async function pageAt(url: string): Promise<FormPage> {
	const status = new URL(url);
	status.pathname += '/n8n-execution-status';
	const said = await waitFor(
		'the next page of the form',
		async () => {
			const text = (await (await fetch(status)).text()).trim();
			return ['form-waiting', 'success', 'error', 'crashed', 'canceled', 'null'].includes(text) && text;
		},
		{ timeout: 30_000 },
	);
	if (said !== 'form-waiting') throw new Error(`The form has ended: ${said}`);
	const html = await (await fetch(url)).text();
	return {
		html: unescaped(html),
		url,
		options: [...html.matchAll(/<option value=["']([^"']*)["']/g)]
			.map(([, option = '']) => unescaped(option))
			.filter(Boolean),
		async submit(...values) {
			const response = await fetch(url, { method: 'POST', body: bodyOf(values) });
			if (!response.ok) throw new Error(`The form answered ${String(response.status)}: ${await response.text()}`);
			return await pageAt(url);
		},
	};
}

/**
 * Fills in the first page of a form, and resolves with the second.
 * @param url of the form trigger
 * @param values of its fields, in their order
 */
export async function startForm(url: string, ...values: string[]): Promise<FormPage> {
	const response = await fetch(url, { method: 'POST', body: bodyOf(values) });
	const text = await response.text();
	if (!response.ok) throw new Error(`The form answered ${String(response.status)}: ${text}`);
	return await pageAt(startedSchema.parse(JSON.parse(text)).formWaitingUrl);
}
