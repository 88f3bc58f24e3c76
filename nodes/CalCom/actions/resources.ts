import { booking } from './booking';
import { calendar } from './calendar';
import { event } from './event';
import { eventType } from './eventType';
import { health } from './health';
import type { Operation, Resource } from './operation';
import { organization } from './organization';
import { outOfOffice } from './outOfOffice';
import { routingForm } from './routingForm';
import { schedule } from './schedule';
import { slot } from './slot';
import { team } from './team';
import { user } from './user';
import { webhook } from './webhook';

/** Everything that the node can do. */
export const RESOURCES: readonly Resource[] = [
	booking,
	calendar,
	event,
	eventType,
	health,
	organization,
	outOfOffice,
	routingForm,
	schedule,
	slot,
	team,
	user,
	webhook,
];

const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
	RESOURCES.flatMap(({ option: resource, operations }) =>
		operations.map((operation) => [`${resource.value}:${operation.option.value}`, operation] as const),
	),
);

/** The operation that the panel names by these two values. */
export function findOperation(resource: string, operation: string): Operation | undefined {
	return OPERATIONS.get(`${resource}:${operation}`);
}
