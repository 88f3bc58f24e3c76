// A text of a stranger, or of a server that is not ours, keeps n8n's one thread for no time that anybody would notice:
// each regular expression of the nodes is linear, or looks at a bounded text.
import { knownError } from '../../../nodes/shared/api/knownErrors.ts';
import { readFailure } from '../../../nodes/shared/api/failure.ts';
import { slugify } from '../../../nodes/shared/eventTypes/slugify.ts';
import { readPgArray } from '../../../nodes/CalComSync/merge/pgArray.ts';
import { pointsAt } from '../../../nodes/CalCom/actions/health/webhooks.ts';
import { readWallTime } from '../../../nodes/shared/values/wallTime.ts';
import { testAll, tooSlow } from '../../support/regular-expressions/slow.mts';
import { FOR_ALL } from '../../support/regular-expressions/worst.mts';
import { WORST } from './worst.mts';
import { written } from './written.mts';

const all = written();

test('the source and the panels are read', () => {
	expect(all.length).toBeGreaterThan(100);
	expect(all.some(({ place }) => place.endsWith(', panel'))).toBe(true);
});

testAll(all, WORST);

test.each<[string, (given: string) => unknown]>([
	['an error of Cal.com', knownError],
	[
		'the text of an error',
		(given) => readFailure({ statusCode: 400, body: { statusCode: 400, message: given }, headers: {} }),
	],
	['an error about answers', (given) => knownError(`responses - ${given}`)],
	['an array as PostgreSQL writes it', (given) => readPgArray(`{${given}}`)],
	['an array with text in it', (given) => readPgArray(`{"${given}"}`)],
	['a slug of a title', slugify],
	[
		'a webhook of Cal.com',
		(given) =>
			pointsAt({ id: '1', subscriberUrl: `https://n8n.example/${given}`, active: true, triggers: [] }, [
				'https://n8n.example',
			]),
	],
	['a time', (given) => readWallTime(`2026-11-24T10:00${given}`, 'UTC')],
])(
	'%s is read in that time, too',
	(name, read) => {
		expect(tooSlow(name, [...FOR_ALL, ...Object.values(WORST).flat()], read)).toEqual([]);
	},
	120_000,
);
