import type { IDataObject } from 'n8n-workflow';
import { identifier, fields as readFields } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { listFields, readPages } from '../shared/listing';
import { readOrganizationId } from '../../../shared/panel/organization';
import { absenceRequest, memberFields, readMemberPath, WHAT } from './place';

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many out of office entries',
		description: 'Get the absences of one member, or of everyone in the organization',
	},
	fields: [
		{
			displayName: 'Of',
			name: 'of',
			type: 'options',
			default: 'member',
			options: [
				{ name: 'Everyone in the Organization', value: 'organization' },
				{ name: 'One Member', value: 'member' },
			],
		},
		...memberFields.map((field) =>
			field.name === 'userId' ? { ...field, displayOptions: { show: { of: ['member'] } } } : field,
		),
		...listFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Member Email',
					name: 'email',
					type: 'string',
					default: '',
					placeholder: 'e.g. name@email.com',
					description: 'Only the absences of this person; for everyone in the organization',
				},
				{
					displayName: 'Sort by Start',
					name: 'sortStart',
					type: 'options',
					default: 'asc',
					options: [
						{ name: 'Earliest First', value: 'asc' },
						{ name: 'Latest First', value: 'desc' },
					],
				},
			],
		},
	],
	async execute(itemIndex, session) {
		session.requireHosted(itemIndex, WHAT);
		const { email, sortStart } = readFields(this.getNodeParameter('options', itemIndex, {})) ?? {};
		const ofEveryone = this.getNodeParameter('of', itemIndex, 'member') === 'organization';
		const query: IDataObject = {
			...(identifier(sortStart) === null ? {} : { sortStart: identifier(sortStart) }),
			...(ofEveryone && identifier(email) !== null ? { email: identifier(email) } : {}),
		};
		const path = ofEveryone
			? `/organizations/${await readOrganizationId(this, itemIndex, session)}/ooo`
			: await readMemberPath(this, itemIndex, session);
		return await readPages(this, itemIndex, session, absenceRequest(session, 'GET', path, { query }));
	},
};
