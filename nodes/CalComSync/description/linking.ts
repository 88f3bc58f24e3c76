import type { INodeProperties } from 'n8n-workflow';

/** How records that hold no Cal.com id yet are found. Bookings are linked by their UID only. */
export const linkingField: INodeProperties = {
	displayName: 'Linking',
	name: 'linking',
	type: 'collection',
	placeholder: 'Add setting',
	default: {},
	description:
		'How records without a Cal.com ID are linked: by slug, then by how alike the titles are. One to one; what is not clear is never guessed.',
	displayOptions: { show: { resource: ['eventType'] } },
	options: [
		{
			displayName: 'By Slug',
			name: 'bySlug',
			type: 'boolean',
			default: true,
			description: 'Whether a record is linked to the event type with the same slug',
		},
		{
			displayName: 'By Title',
			name: 'byTitle',
			type: 'boolean',
			default: true,
			description: 'Whether a record is linked to the event type with the most similar title',
		},
		{
			displayName: 'Slug Column',
			name: 'slugColumn',
			type: 'string',
			default: 'slug',
			placeholder: 'e.g. slug',
			description:
				'The column of the record that holds the slug. Without it: the one paired with Slug under Fields.',
		},
		{
			displayName: 'Threshold',
			name: 'threshold',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 70,
			description: 'How alike titles must be at the least, in percent',
		},
		{
			displayName: 'Title Column',
			name: 'titleColumn',
			type: 'string',
			default: 'name',
			placeholder: 'e.g. name',
			description:
				'The column of the record that holds the title. Without it: the one paired with Title under Fields.',
		},
	],
};
