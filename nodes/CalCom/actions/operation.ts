import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Session } from '../../shared/api/session';

/**
 * Runs an operation for one item. One object becomes one item, a list as many; an empty list none.
 *
 * @throws NodeApiError or NodeOperationError; which item it was is added by the router
 */
export type Execute = (
	this: IExecuteFunctions,
	itemIndex: number,
	session: Session,
) => Promise<IDataObject | IDataObject[]>;

/** One operation: how the panel offers it, its fields, and what it does. */
export interface Operation {
	option: INodePropertyOptions & { action: string; value: string };
	/** Without displayOptions for resource and operation: `describeResources` adds them. */
	fields: INodeProperties[];
	execute: Execute;
}

export interface Resource {
	option: INodePropertyOptions & { value: string };
	/** The first one is chosen when the resource is. */
	operations: readonly Operation[];
	/** Set for what only hosted Cal.com has: the panel says so. */
	hostedOnly?: true;
}
