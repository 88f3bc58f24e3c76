import { number, text } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { invalid } from '../../../shared/panel/invalid';
import { simplify } from '../shared/simplify';
import { createEventType, newValues } from './body';
import { bookingFieldsPanel } from './bookingFieldsPanel';
import { assertSettable, fieldsJson, readGiven } from './given';
import { groupFields, inputNamed } from '../../../shared/eventTypes/inputs';
import { locations } from '../../../shared/eventTypes/inputs/locations';
import { eventTypeOutput } from './output';
import { readScope, scopeFields } from '../../../shared/eventTypes/scope';
import { slugify } from '../../../shared/eventTypes/slugify';

/** Fields that are asked for by themselves: Cal.com makes no event type without them. */
const APART = ['title', 'slug', 'lengthInMinutes'];

const schedulingType = inputNamed('schedulingType');

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create an event type',
		description: 'Create an event type for the account or a team',
	},
	fields: [
		...scopeFields(['account', 'organizationTeam', 'team']),
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Trial lesson',
			description: 'The name that people see',
		},
		{
			displayName: 'Slug',
			name: 'slug',
			type: 'string',
			default: '',
			placeholder: 'e.g. trial-lesson',
			description: 'The last part of the address of the booking page. Leave empty to make it from the title.',
		},
		{
			displayName: 'Length in Minutes',
			name: 'lengthInMinutes',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 30,
			description: 'How long a booking lasts',
		},
		...(schedulingType === undefined
			? []
			: [
					{
						...schedulingType.field,
						displayOptions: { show: { belongsTo: ['team', 'organizationTeam'] } },
					},
				]),
		locations.field,
		...bookingFieldsPanel(false),
		...groupFields([...APART, 'schedulingType']),
		fieldsJson,
		simplify,
	],
	async execute(itemIndex, session) {
		const scope = await readScope(this, itemIndex, session);
		const ofTeam = scope.belongsTo !== 'account';
		const given = readGiven(this, itemIndex, ofTeam ? [...APART, 'schedulingType'] : APART);
		assertSettable(this, itemIndex, given, scope.belongsTo);
		const values = newValues(this, itemIndex, given);
		const title = text(values.title);
		if (title === null) {
			throw invalid(
				this,
				itemIndex,
				'FIELD_EMPTY',
				'Title is empty',
				'Fill in Title, or check the expression that fills it in.',
			);
		}
		const slug = text(values.slug) ?? slugify(title);
		const lengthInMinutes = number(values.lengthInMinutes) ?? values.lengthInMinutes;
		const made = await createEventType(itemIndex, session, scope, { ...values, title, slug, lengthInMinutes });
		return eventTypeOutput(this, itemIndex, made);
	},
};
