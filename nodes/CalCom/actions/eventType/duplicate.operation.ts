import { text } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { readText } from '../../../shared/panel/identifiers';
import { simplify } from '../shared/simplify';
import { createEventType } from './body';
import { copyOf } from './copy';
import { eventTypeOutput } from './output';
import { eventTypeFields, readEventTypeScope, requestOf } from '../../../shared/eventTypes/scope';
import { slugify } from '../../../shared/eventTypes/slugify';

export const duplicate: Operation = {
	option: {
		name: 'Duplicate',
		value: 'duplicate',
		action: 'Duplicate an event type',
		description: 'Create a copy with another title and slug; price and apps are not copied',
	},
	fields: [
		...eventTypeFields(['account', 'organizationTeam', 'team'], 'The event type to copy'),
		{
			displayName: 'New Title',
			name: 'title',
			type: 'string',
			default: '',
			placeholder: 'e.g. Trial lesson (evening)',
			description: 'Leave empty for the title of the original with "(copy)"',
		},
		{
			displayName: 'New Slug',
			name: 'slug',
			type: 'string',
			default: '',
			placeholder: 'e.g. trial-lesson-evening',
			description: 'Leave empty to make it from the new title',
		},
		{
			displayName: 'Hidden',
			name: 'copyHidden',
			type: 'boolean',
			default: false,
			description: 'Whether the copy is left off the public profile until you have looked at it',
		},
		simplify,
	],
	async execute(itemIndex, session) {
		const scope = await readEventTypeScope(this, itemIndex, session);
		const original = await session.request(itemIndex, requestOf(scope, 'GET'), dataObject);
		const { body, leftOut } = copyOf(original, scope.belongsTo !== 'account');
		const title = readText(this, itemIndex, 'title') ?? `${text(original.title) ?? 'Event type'} (copy)`;
		const slug = readText(this, itemIndex, 'slug') ?? slugify(title);
		const hidden = this.getNodeParameter('copyHidden', itemIndex, false) === true || body.hidden === true;
		const home = { ...scope, path: scope.path.replace(/\/\d+$/, '') };
		const made = await createEventType(itemIndex, session, home, { ...body, title, slug, hidden });
		if (leftOut.length > 0)
			session.note(`The copy of "${text(original.title) ?? slug}" lacks ${leftOut.join(', ')}.`);
		return eventTypeOutput(this, itemIndex, made);
	},
};
