import type { INodeProperties } from 'n8n-workflow';

interface LocatorOptions {
	displayName: string;
	name: string;
	/** The method of the node that fills the list. */
	searchListMethod: string;
	/** An ID as an example. */
	example: string;
	description: string;
	dependsOn?: string[];
}

/** A field that is chosen from a list, or given by its ID. */
export function locator(options: LocatorOptions): INodeProperties {
	const { displayName, name, searchListMethod, example, description, dependsOn } = options;
	return {
		displayName,
		name,
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		...(dependsOn === undefined ? {} : { typeOptions: { loadOptionsDependsOn: dependsOn } }),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
		],
		description,
	};
}
