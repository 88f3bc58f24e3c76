// What both credential forms have in common: their help, and n8n's own fields in them.
import { existsSync, readFileSync } from 'node:fs';
import type { ICredentialType } from 'n8n-workflow';
import { DOMAIN_RESTRICTION_FIELDS, injectDomainRestrictionFields } from 'n8n-workflow';
import { CalComApi } from '../../credentials/CalComApi.credentials.ts';
import { CalComOAuth2Api } from '../../credentials/CalComOAuth2Api.credentials.ts';

const BLOB = 'https://github.com/calcom-sync/n8n-nodes-calcom-sync/blob/main/';
/** The anchor that GitHub gives a heading. */
const anchor = (heading: string): string =>
	heading
		.toLowerCase()
		.replace(/[^\w\- ]/g, '')
		.replaceAll(' ', '-');

const forms: ICredentialType[] = [new CalComApi(), new CalComOAuth2Api()];

describe.each(forms.map((form) => [form.displayName, form] as const))('%s', (_name, form) => {
	test('its help is a page of ours, and the place in it is there', () => {
		const { documentationUrl = '' } = form;
		expect(documentationUrl.startsWith(BLOB)).toBe(true);
		const [file = '', place] = documentationUrl.slice(BLOB.length).split('#');
		const page = new URL(`../../${file}`, import.meta.url);
		expect(existsSync(page)).toBe(true);
		const headings = [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => anchor(text));
		if (place !== undefined) expect(headings).toContain(place);
		expect(headings).toContain(anchor(`The ${form.displayName} credential`));
	});

	test("n8n's own fields are told in our words, and mean the same", () => {
		// Those that are there already are not added a second time.
		expect(injectDomainRestrictionFields(form)).toEqual(form.properties);
		for (const theirs of DOMAIN_RESTRICTION_FIELDS) {
			const ours = form.properties.filter(({ name }) => name === theirs.name);
			const { displayName, type, default: start, displayOptions } = theirs;
			expect(ours).toEqual([expect.objectContaining({ displayName, type, default: start })]);
			expect(ours[0]?.displayOptions).toEqual(displayOptions);
			const values = (field = theirs) => (field.options ?? []).map((one) => 'value' in one && one.value).sort();
			expect(values(ours[0])).toEqual(values());
		}
	});
});
