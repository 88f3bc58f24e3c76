// The pages of template 07's form, made as n8n's Form node makes them. In n8n and a browser: e2e/hostile-form.
import { z } from 'zod';
import { HOSTILE_TEXTS } from '../../support/hostile-values.mts';
import { readTemplate, settingsOf } from '../../support/template.mts';
import { workedOut } from './expressions.mts';

const workflow = await readTemplate('07-book-with-availability');
const settings = settingsOf(workflow);
const parameterOf = (node: string, name: string): string =>
	z
		.record(z.unknown())
		.and(z.object({ [name]: z.string() }))
		.parse(workflow.nodes.find((one) => one.name === node)?.['parameters'])[name] ?? '';

const fieldSchema = z.object({
	fieldLabel: z.string(),
	defaultValue: z.unknown(),
	fieldOptions: z.object({ values: z.array(z.object({ option: z.string() })) }).optional(),
});

/** n8n puts the value in the place of its expression with `replace`, which makes something else of `$&` and `$$`. */
function fieldsOf(node: string, json: Record<string, unknown>, others: Record<string, Record<string, unknown>>) {
	const written = parameterOf(node, 'jsonOutput').slice(1);
	const value = workedOut(`=${written}`, json, { Settings: settings, ...others });
	return z.array(fieldSchema).parse(JSON.parse(written.replace(written.trim(), value)));
}

/** n8n writes `<` of a default value as `&lt;` when it is a text, and once more when it makes the page. */
function shown(defaultValue: unknown): string {
	if (typeof defaultValue === 'string') return defaultValue.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	return String(defaultValue);
}

const TEXTS = [
	...HOSTILE_TEXTS.map(({ name, value }) => [name, value] as const),
	['what a replacement stands for', "$& $$ $` $' $1 $<a>"] as const,
];

test.each(TEXTS)('what was typed is in its field again: %s', (_, typed) => {
	const given = { name: typed, email: typed, phone: typed, notes: typed };
	const fields = fieldsOf('Your Details', {}, { 'Collect the Details': given });
	expect(fields.map(({ defaultValue }) => shown(defaultValue))).toEqual([typed, typed, typed, typed]);
});

test('at first there is nothing in the fields', () => {
	const fields = fieldsOf('Your Details', {}, { 'Collect the Details': {} });
	expect(fields.map(({ defaultValue }) => shown(defaultValue))).toEqual(['', '', '', '']);
});

test.each(TEXTS)('services and times are offered as they are called: %s', (_, name) => {
	const services = fieldsOf('Choose a Service', {}, { 'Load the Services': { name } });
	expect(services[0]?.fieldOptions?.values).toEqual([{ option: name }]);
	const times = fieldsOf('Choose a Time', { slots: [{ say: name }] }, {});
	expect(times[0]?.fieldOptions?.values[0]).toEqual({ option: name });
});

/** What a browser makes of the message of a last page, which n8n takes for HTML. */
const asText = (html: string) => {
	expect(html).not.toMatch(/[<>]/);
	return html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
};

test.each(TEXTS)('the last page says the name of a service as text: %s', (_, service) => {
	const booked = workedOut(
		parameterOf('You Are Booked', 'completionMessage'),
		{ request: { service, start: '2026-12-01T09:00:00Z' } },
		{ Settings: settings },
	);
	expect(asText(booked)).toContain(`${service}, Tuesday 1 December, 10:00`);
	const problem = `service must be one of: ${service}`;
	expect(asText(workedOut(parameterOf('That Did Not Work', 'completionMessage'), { request: { problem } }))).toBe(
		problem,
	);
});
