import { toJsonObject } from '../../../shared/values/json';
import type { Fields } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { differenceFields, readUpdateRules, reportOutput, updateDiffering } from '../shared/difference';
import { invalid } from '../../../shared/panel/invalid';
import { simplify } from '../shared/simplify';
import { changedValues } from './body';
import { bookingFieldsPanel } from './bookingFieldsPanel';
import type { Given } from './given';
import { assertSettable, fieldsJson, readGiven } from './given';
import { comparedValue, groupFields, PROTECTABLE } from '../../../shared/eventTypes/inputs';
import { locations } from '../../../shared/eventTypes/inputs/locations';
import { eventTypeOutput } from './output';
import { SENT_TOGETHER, withHosts } from './team';
import { eventTypeFields, readEventTypeScope, requestOf } from '../../../shared/eventTypes/scope';

const FORM = 'bookingFields';

/** A protected booking form is not worked out: only that it was given is told. */
function withProtectedForm(given: Given): Given {
	return given.form === null ? given : { values: { ...given.values, [FORM]: [] }, form: null };
}

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update an event type',
		description: 'Change what is given and leave everything else as it is',
	},
	fields: [
		...eventTypeFields(['account', 'organizationTeam', 'team'], 'The event type to change'),
		...groupFields([]),
		locations.field,
		...bookingFieldsPanel(true),
		fieldsJson,
		...differenceFields(PROTECTABLE),
		simplify,
	],
	async execute(itemIndex, session) {
		const scope = await readEventTypeScope(this, itemIndex, session);
		const rules = readUpdateRules(this, itemIndex);
		const read = readGiven(this, itemIndex, []);
		const given = rules.protectedFields.includes(FORM) ? withProtectedForm(read) : read;
		assertSettable(this, itemIndex, given, scope.belongsTo, rules.protectedFields);
		if (Object.keys(given.values).length === 0 && given.form === null) {
			throw invalid(
				this,
				itemIndex,
				'NOTHING_TO_CHANGE',
				'There is nothing to change',
				'Add at least one field of the event type, or check the expressions that fill them in.',
			);
		}
		const { record, report } = await updateDiffering(session, {
			rules,
			read: async (): Promise<Fields> => await session.request(itemIndex, requestOf(scope, 'GET'), dataObject),
			wanted: (current) => {
				const wanted = changedValues(this, itemIndex, given, current);
				return withHosts(this, itemIndex, wanted, current, rules);
			},
			together: SENT_TOGETHER,
			write: async (body): Promise<Fields> =>
				await session.request(
					itemIndex,
					{ ...requestOf(scope, 'PATCH'), body: toJsonObject(body) },
					dataObject,
				),
			view: comparedValue,
		});
		return { ...eventTypeOutput(this, itemIndex, record), update: reportOutput(report) };
	},
};
