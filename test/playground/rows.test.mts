import { changesBetween, type Snapshot } from '../../playground/src/rows.mts';

const lead = (id: number, name: string, status = 'new') => ({ id, name, status, email: `${String(id)}@x.example` });
const snapshot = (leads: Snapshot[string]): Snapshot => ({
	leads,
	bookings: [],
	lead_activities: [],
	webhook_events: [],
});

describe('changes between two looks at the tables', () => {
	test('a row that was not there is new, with all its columns', () => {
		const [change, ...more] = changesBetween(snapshot([]), snapshot([lead(1, 'Ada')]));
		expect(more).toEqual([]);
		expect(change).toMatchObject({ table: 'leads', key: '1', kind: 'new', row: { name: 'Ada' } });
		expect(change?.columns).toContain('assigned_teacher');
	});

	test('a row that differs names the columns that differ', () => {
		const changes = changesBetween(snapshot([lead(1, 'Ada')]), snapshot([lead(1, 'Ada', 'won')]));
		expect(changes).toEqual([
			{ table: 'leads', key: '1', kind: 'changed', row: lead(1, 'Ada', 'won'), columns: ['status'] },
		]);
	});

	test('columns that hold lists are compared by what is in them', () => {
		const before = { ...snapshot([]), bookings: [{ id: 1, uids: ['a'] }] };
		expect(changesBetween(before, { ...snapshot([]), bookings: [{ id: 1, uids: ['a'] }] })).toEqual([]);
		expect(
			changesBetween(before, { ...snapshot([]), bookings: [{ id: 1, uids: ['a', 'b'] }] })[0]?.columns,
		).toEqual(['uids']);
	});

	test('the oldest change comes first, and rows that fell off the end are no change', () => {
		const changes = changesBetween(snapshot([lead(1, 'Ada')]), snapshot([lead(3, 'Jan'), lead(2, 'Noor')]));
		expect(changes.map(({ key }) => key)).toEqual(['2', '3']);
	});
});
