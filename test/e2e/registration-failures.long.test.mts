// What else keeps a workflow from being published, in a real n8n: it is said, also at the next try, and nothing is left.
import { type E2e, openE2e } from './support/e2e.mts';
import { FURTHER, failToPublish } from './registration/failures.mts';
import { type Webhook, callApi } from './registration/webhooks.mts';

let e2e: E2e;
let said: string[][];
beforeAll(async () => {
	e2e = await openE2e();
	said = await failToPublish(e2e, FURTHER, 2);
}, 180_000);
afterAll(() => e2e.close());

test.each(FURTHER.map(({ name, words }, at) => ({ name, words, at })))('$name', ({ words, at }) => {
	// The second time nothing was mended before.
	expect(said[at]).toEqual([expect.stringMatching(words), expect.stringMatching(words)]);
	expect(said[at]?.join()).not.toMatch(new RegExp(`${e2e.calcom.apiKey}|\\n\\s+at `));
});

test('no webhook is left behind', async () => {
	const urls = (await callApi<Webhook[]>(e2e, '/webhooks')).map(({ subscriberUrl }) => subscriberUrl);
	expect(urls.filter((url) => url.includes('failing-'))).toEqual([]);
});
