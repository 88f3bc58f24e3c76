// Records as they come out of SQL and event types as Cal.com gives them: twelve fields of every kind and owner.
import type { IDataObject } from 'n8n-workflow';
import type { Pair, Settings } from '../../../nodes/CalComSync/settings.ts';
import type { PairRow } from '../../../nodes/CalComSync/resource.ts';
import type { Json } from '../../../nodes/shared/values/json.ts';
import { checkPairs, COLUMN_DEFAULTS, ENTRIES, theirsOf, writeState } from './shipped.mts';

const row = (
	recordField: string,
	calcomField: string,
	mode: PairRow['mode'],
	transform: PairRow['transform'] = 'none',
): PairRow => ({ recordField, calcomField, mode, transform });

const ROWS: readonly PairRow[] = [
	row('name', 'title', 'twoWay'),
	row('slug', 'slug', 'calcom'),
	row('description', 'description', 'twoWay'),
	row('duration', 'lengthInMinutes', 'twoWay'),
	row('active', 'hidden', 'twoWay', 'not'),
	row('price', 'price', 'calcomFillBlanks'),
	row('notice', 'minimumBookingNotice', 'record'),
	row('locations', 'locations', 'record'),
	row('durations', 'lengthInMinutesOptions', 'recordFillBlanks', 'commaText'),
	row('booking_url', 'bookingUrl', 'calcom'),
	{ ...row('level', 'path', 'calcom'), path: 'metadata.level' },
	row('color', 'color', 'twoWay'),
];
export const FIELD_COUNT = ROWS.length;

function settingsOf(): Settings {
	const [, entry] = ENTRIES.find(([name]) => name === 'eventType') ?? [];
	if (entry === undefined) throw new Error('The node knows no event types');
	const columns = { calcomId: entry.idColumn, ...COLUMN_DEFAULTS };
	const context = { entry, allowed: () => false, recordKey: 'id', columns, protectedColumns: [] };
	const checked = checkPairs(ROWS, context);
	if (!checked.ok) throw new Error(checked.problem.message);
	return {
		entry,
		pairs: checked.pairs,
		apply: 'write',
		policy: 'flag',
		recordKey: 'id',
		linking: { bySlug: true, byTitle: true, threshold: 70, slugColumn: 'slug', titleColumn: 'name' },
		columns,
		force: false,
		includeReport: false,
	};
}

/** What the panel of the node says. */
export const SETTINGS = settingsOf();

export function objectOf(index: number): IDataObject {
	return {
		id: index,
		title: `Lesson ${index}`,
		slug: `lesson-${index}`,
		description: `A lesson of course ${index}, with a teacher who knows it well.\nBring your own instrument.`,
		lengthInMinutes: 30 + (index % 4) * 15,
		hidden: index % 9 === 0,
		price: 4500,
		minimumBookingNotice: 120,
		locations: [{ type: 'address', address: `Keizersgracht ${index}, Amsterdam`, public: true }],
		lengthInMinutesOptions: [30, 45, 60],
		bookingUrl: `https://cal.example/school/lesson-${index}`,
		metadata: { level: index % 5 },
		color: { lightThemeHex: '#112233', darkThemeHex: '#445566' },
	};
}

/** How many in ten differ; the others are in step. */
export const DIFFERENT = { toCalCom: 2, toRecord: 1, conflict: 1 };

/** The record of an event type, in step with it but for one in ten of each kind of change. */
export function recordOf(index: number): IDataObject {
	const object = objectOf(index);
	const agreed = (pair: Pair): Json => theirsOf(pair, object, SETTINGS.entry.resource).canonical;
	const base = Object.fromEntries(SETTINGS.pairs.map((pair) => [pair.field.name, agreed(pair)]));
	if (index % 10 === 2) base['lengthInMinutes'] = 15;
	return {
		id: index,
		calcom_event_type_id: String(index),
		sync_status: 'synced',
		sync_error: null,
		name: index % 10 === 1 ? `Lesson ${index}, renamed` : `Lesson ${index}`,
		slug: `lesson-${index}`,
		description: `A lesson of course ${index}, with a teacher who knows it well.\r\nBring your own instrument.`,
		duration: index % 10 === 2 ? '90' : String(30 + (index % 4) * 15),
		active: index % 9 === 0 ? 'f' : 't',
		price: '4500',
		notice: index % 10 === 3 ? '240' : '120',
		locations: JSON.stringify(object['locations']),
		durations: '30, 45, 60',
		booking_url: String(object['bookingUrl']),
		level: String(index % 10 === 4 ? 9 : index % 5),
		color: JSON.stringify(object['color']),
		sync_state: writeState({ id: String(index), base }),
	};
}
