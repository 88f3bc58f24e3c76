import type { IExecuteFunctions } from 'n8n-workflow';
import type { Session } from '../shared/api/session';
import type { Json } from '../shared/values/json';
import type { Fields } from '../shared/values/readers';
import type { Mode } from './merge/modes';
import type { ValueKind } from './merge/kinds';
import type { TransformName } from './merge/transforms';

/** What the user has to switch on before a field of a booking is written. */
export type Switch = 'reschedule' | 'cancel' | 'location' | 'guests' | 'absent';

/** One thing that Cal.com knows of its objects, and what may be done to it. */
export interface CalComField {
	/** Cal.com's name: the key in the base and in `changes`. */
	name: string;
	/** As the panel shows it. */
	label: string;
	kind: ValueKind;
	/** A switch: only when the user has it on. */
	writable: true | false | Switch;
	/** Cal.com makes no object without it. */
	required?: true;
	/** For fields that cannot be set: what to do instead. */
	why?: string;
	/** The part of a value that two of them are compared by: answers carry more than requests. */
	compared?: (value: unknown) => unknown;
}

/** Who a Cal.com object is, for linking and for choosing the newer side. */
export interface Identity {
	/** What the record stores of it. */
	id: string;
	slug: string | null;
	title: string | null;
	/** ISO 8601; null where Cal.com does not say. */
	updatedAt: string | null;
	/** Ids that it had before: a reschedule gives a booking a new one. */
	formerIds?: readonly string[];
}

/** Whether people can book it now; `reason` says why not. */
export interface Bookable {
	can_be_booked: boolean;
	reason: string | null;
}

/** The choice in the fields table for anything else that Cal.com gives: the row then has a path. */
export const PATH = 'path';

/** A pair of the fields table, as the presets fill it in and the panel holds it. */
export interface PairRow {
	recordField: string;
	calcomField: string;
	mode: Mode;
	transform: TransformName;
	/** Only with the field {@link PATH}: where the value is in what Cal.com gives, `metadata.level`. */
	path?: string;
}

/** Cal.com's side of one execution: what is asked of it and sent to it. */
export interface SyncSide {
	/**
	 * Everything there is, with as few requests as it takes.
	 *
	 * @param ids the Cal.com ids that the records hold
	 * @throws NodeApiError: without the whole list nothing can be decided
	 */
	list(ids: readonly string[]): Promise<Fields[]>;
	/** One object as it is now; null when it is gone (a real 404). @throws NodeApiError */
	read(id: string): Promise<Fields | null>;
	/**
	 * Makes Cal.com's object differ by these fields only. A write whose outcome is not known is looked
	 * up, never sent again.
	 *
	 * @param changes by Cal.com's name, as `Value.raw` of the record has them
	 * @param object as Cal.com showed it last
	 * @param until milliseconds since 1970: when the rate limit makes it wait for longer, nothing is sent
	 * @returns the object afterwards
	 * @throws NodeApiError or NodeOperationError, for this record only
	 * @throws TooLate when nothing was sent, because `object` may have been edited by then
	 */
	write(id: string, changes: Fields, object: Fields, until: number): Promise<Fields>;
	/**
	 * Makes a new object. When the outcome is not known, or someone made it meanwhile, the one that is
	 * there now is given instead.
	 *
	 * @param values by Cal.com's name, as `Value.raw` of the record has them
	 * @param known ids that were there before or belong to another record: none of these is given
	 * @throws NodeApiError or NodeOperationError, for this record only
	 */
	create?(values: Fields, known: ReadonlySet<string>): Promise<Fields>;
}

/** What can be kept in step with records. All but `open` is pure. */
export interface SyncResource {
	fields: readonly CalComField[];
	identity(object: Fields): Identity;
	/** A field's value as Cal.com has it, also one that is worked out (`cancelled`). */
	valueOf(object: Fields, field: string): unknown;
	/**
	 * Whether this very change can be made, else the reason for the person. Switches are looked at
	 * before: only fields whose switch is on come here.
	 *
	 * @param from, to canonical values
	 */
	canSet(field: CalComField, from: Json, to: Json, object: Fields): true | string;
	bookable?(object: Fields): Bookable;
	/** Whether objects can be made: its side has `create` then. */
	creates?: true;
	/**
	 * Opens Cal.com's side with what the panel says (period, reason, team); asks nothing yet unless it
	 * must to know where to ask.
	 *
	 * @throws NodeOperationError when the panel is not filled in as it must be
	 */
	open(ctx: IExecuteFunctions, session: Session): Promise<SyncSide>;
}
