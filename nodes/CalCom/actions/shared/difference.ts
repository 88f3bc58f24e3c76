import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Session } from '../../../shared/api/session';
import { toJsonObject } from '../../../shared/values/json';
import type { Fields } from '../../../shared/values/readers';
import { list } from '../../../shared/values/readers';
import type { UpdateReport, Together, UpdateRules, View } from '../../../shared/values/difference';
import { notTaken, planUpdate, reportUpdate } from '../../../shared/values/difference';

/**
 * The two fields with which an update says who owns what.
 *
 * @param choices the fields that may be protected, by Cal.com's names
 */
export function differenceFields(choices: INodePropertyOptions[]): INodeProperties[] {
	return [
		{
			displayName: 'Only Send Fields That Differ',
			name: 'onlyDifferences',
			type: 'boolean',
			default: true,
			description:
				'Whether to read the current values first and send only what differs. Nothing is sent when all values are equal.',
		},
		{
			displayName: 'Protected Fields',
			name: 'protectedFields',
			type: 'multiOptions',
			default: [],
			options: [...choices].sort((a, b) => a.name.localeCompare(b.name)),
			description:
				'Fields that Cal.com owns: never sent, even when an expression above gives them a value. The output says which ones were held back.',
		},
	];
}

export function readUpdateRules(ctx: IExecuteFunctions, itemIndex: number): UpdateRules {
	const chosen = list(ctx.getNodeParameter('protectedFields', itemIndex, []));
	return {
		onlyDifferences: ctx.getNodeParameter('onlyDifferences', itemIndex, true) !== false,
		protectedFields: chosen.map(String),
	};
}

export interface Update {
	rules: UpdateRules;
	/** Reads what Cal.com has now, complete: lists of things may leave out what a single one shows. */
	read: () => Promise<Fields>;
	/** The values that the user gives, seen against what Cal.com has now. */
	wanted: (current: Fields) => Fields;
	/** Sends the body and gives Cal.com's answer. */
	write: (body: Fields) => Promise<Fields>;
	view?: View;
	/** Fields that go along when another is sent, equal or not. */
	together?: Together;
}

export interface Updated {
	/** As Cal.com shows it at the end. */
	record: Fields;
	report: UpdateReport;
}

/**
 * Reads, sends what may and needs to be sent, and checks Cal.com's answer. When the answer does not
 * show a value, Cal.com is read once more before the field is called not taken: its answers to an
 * update can be shorter than what a read shows. A field that was not taken is told to the user.
 */
export async function updateDiffering(session: Session, update: Update): Promise<Updated> {
	const { rules, view, together } = update;
	const before = await update.read();
	const plan = planUpdate(update.wanted(before), before, rules, { view, together });
	if (Object.keys(plan.send).length === 0) {
		return { record: before, report: reportUpdate(plan, before, before, view) };
	}
	const answer = await update.write(plan.send);
	const record = notTaken(plan.send, answer, view).length === 0 ? answer : await update.read();
	const refused = notTaken(plan.send, record, view);
	if (refused.length > 0) {
		session.note(`Cal.com answered without an error but did not take: ${refused.join(', ')}.`);
	}
	return { record, report: reportUpdate(plan, before, record, view) };
}

/** What became of each field of an update, for the output. */
export function reportOutput({ sent, fields, changes }: UpdateReport): IDataObject {
	return { sent, fields: { ...fields }, changes: toJsonObject(changes) };
}
