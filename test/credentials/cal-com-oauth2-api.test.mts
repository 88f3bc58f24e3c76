import { CalComOAuth2Api } from '../../credentials/CalComOAuth2Api.credentials.ts';

const credential = new CalComOAuth2Api();
const field = (name: string) => credential.properties.find((property) => property.name === name);

/** What n8n makes of a hidden field: an expression over the credential's own values. */
function valueOf(name: string, given: Record<string, string>): unknown {
	const written = String(field(name)?.default);
	const expression = /^=\{\{(.*)\}\}$/s.exec(written)?.[1];
	const $self = Object.fromEntries(credential.properties.map((one) => [one.name, one.default]));
	return new Function('$self', `return ${expression}`)({ ...$self, ...given });
}

describe('the OAuth2 credential', () => {
	test('builds on what n8n has', () => {
		expect(credential.name).toBe('calComOAuth2Api');
		expect(credential.extends).toEqual(['oAuth2Api']);
		expect(field('grantType')?.default).toBe('authorizationCode');
		expect(field('authentication')?.default).toBe('body');
	});

	test.each([
		[{}, 'https://app.cal.com', 'https://api.cal.com/v2'],
		[{ region: 'eu' }, 'https://app.cal.eu', 'https://api.cal.eu/v2'],
		[
			{ region: 'own', appUrl: ' https://cal.example.com// ' },
			'https://cal.example.com',
			'https://cal.example.com/api/v2',
		],
		[
			{ region: 'own', appUrl: 'https://cal.example.com', apiUrl: 'https://api.example.com/v2/' },
			'https://cal.example.com',
			'https://api.example.com/v2',
		],
	])('%j', (given, app, api) => {
		expect(valueOf('authUrl', given)).toBe(`${app}/auth/oauth2/authorize`);
		expect(valueOf('accessTokenUrl', given)).toBe(`${api}/auth/oauth2/token`);
		expect(valueOf('baseUrl', given)).toBe(api);
	});

	test('asks for reading and writing what a person owns', () => {
		const scopes = String(field('scope')?.default).split(' ');
		for (const what of ['BOOKING', 'EVENT_TYPE', 'SCHEDULE', 'PROFILE', 'WEBHOOK']) {
			expect(scopes).toEqual(expect.arrayContaining([`${what}_READ`, `${what}_WRITE`]));
		}
	});
});
