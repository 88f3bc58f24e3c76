import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

const byName = (a: INodePropertyOptions, b: INodePropertyOptions): number => a.name.localeCompare(b.name);

function optionOf({ option, hostedOnly }: Resource): INodePropertyOptions {
	return hostedOnly === true ? { ...option, description: 'Hosted Cal.com only' } : option;
}

/** Shows the fields for their operation only; conditions that a field has itself still hold. */
function scoped(resource: Resource, operation: Operation): INodeProperties[] {
	const show = { resource: [resource.option.value], operation: [operation.option.value] };
	return updateDisplayOptions({ show }, operation.fields);
}

function operationSelect(resource: Resource): INodeProperties {
	const start = resource.operations[0]?.option.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.option.value] } },
		options: resource.operations.map(({ option }) => option).sort(byName),
		default: start,
	};
}

/**
 * The properties of the node: the choice of the resource, a choice of operation for each, and the
 * fields of every operation.
 *
 * @param first the value of the resource that a new node starts with
 */
export function describeResources(resources: readonly Resource[], first: string): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(optionOf).sort(byName),
			default: first,
		},
		...resources.map(operationSelect),
		...resources.flatMap((resource) => resource.operations.flatMap((operation) => scoped(resource, operation))),
	];
}
