import { targetOutput, targetQuery } from '../../../../nodes/CalCom/actions/slot/target.ts';
import type { SlotTarget } from '../../../../nodes/CalCom/actions/slot/target.ts';

const NOTHING = {
	eventTypeId: null,
	eventTypeSlug: null,
	username: null,
	teamSlug: null,
	usernames: [],
	organizationSlug: null,
};

const CASES: Array<[SlotTarget, object, object]> = [
	[{ kind: 'id', eventTypeId: 3 }, { eventTypeId: 3 }, { eventTypeId: 3 }],
	[
		{ kind: 'user', username: 'anna', eventTypeSlug: 'intro', organizationSlug: null },
		{ username: 'anna', eventTypeSlug: 'intro' },
		{ username: 'anna', eventTypeSlug: 'intro' },
	],
	[
		{ kind: 'team', teamSlug: 'berlin', eventTypeSlug: 'intro', organizationSlug: 'school' },
		{ teamSlug: 'berlin', eventTypeSlug: 'intro', organizationSlug: 'school' },
		{ teamSlug: 'berlin', eventTypeSlug: 'intro', organizationSlug: 'school' },
	],
	[
		{ kind: 'people', usernames: ['anna', 'ben'], organizationSlug: 'school' },
		{ usernames: 'anna,ben', organizationSlug: 'school' },
		{ usernames: ['anna', 'ben'], organizationSlug: 'school' },
	],
];

test.each(CASES)('%j', (target, query, output) => {
	expect(targetQuery(target)).toEqual(query);
	expect(targetOutput(target)).toEqual({ ...NOTHING, ...output });
});
