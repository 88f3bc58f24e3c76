// The school's own services, as they would be in its database already; the sync finds their event types by the slug.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { CalCom } from 'stand-ins/calcom';
import type { Office } from './office.mts';
import type { Step } from './once.mts';
import { type Service, readServices } from './views.mts';
import { untilRow } from './wait.mts';

const SERVICES = [
	['Level Check', 'level-check', 'Find the right level', 30, 0],
	['Trial lesson', 'trial-lesson', 'A first lesson', 30, 20],
	['Online lesson', 'online-lesson', null, 45, 45],
	['Studio lesson', 'studio-lesson', null, 60, 60],
] as const;

/** Enters the services where the table has none. */
export async function enterServices(db: Pool): Promise<void> {
	const columns = [0, 1, 2, 3, 4].map((place) => SERVICES.map((service) => service[place]));
	await db.query(
		`INSERT INTO calcom.services (name, slug, description, duration_minutes, price, currency)
		SELECT *, 'EUR' FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::numeric[])
		WHERE NOT EXISTS (SELECT FROM calcom.services)`,
		columns,
	);
}

interface World {
	db: Pool;
	calcom: Pick<CalCom, 'state'>;
	office: Pick<Office, 'edit' | 'settle' | 'sync'>;
}

const LEVEL_CHECK = 'level-check';
const FIELD = 'description';

/** Waits until a service stands like this. */
const until = (db: Pool, status: string) =>
	untilRow(db, 'SELECT FROM calcom.services WHERE slug = $1 AND sync_status = $2', [LEVEL_CHECK, status]);

/** Edits a service on both sides, and settles the conflict for Cal.com. @returns what it is like in the end */
export async function settleOnce({ db, calcom, office }: World, step: Step): Promise<Service | undefined> {
	const find = async () => (await readServices(db, calcom)).find(({ slug }) => slug === LEVEL_CHECK);
	await step('Link the services with Cal.com', async () => {
		await office.sync();
		await until(db, 'synced');
	});
	const id = z.object({ id: z.string() }).parse(await find()).id;
	await step('Edit a service in Cal.com and in the table', async () => {
		await office.edit(id, 'theirs');
		await office.edit(id, 'ours');
		await until(db, 'conflict');
	});
	await step('Settle the conflict: Cal.com is right', async () => {
		await office.settle(id, FIELD, 'theirs');
		await until(db, 'synced');
	});
	return await find();
}

/** What is not as it should be after that, one sentence each. */
export function serviceDifferences(service: Service | undefined): string[] {
	if (!service) return ['There is no service for the Level Check.'];
	const { status, price, ours, theirs, conflicts } = service;
	const wrong: string[] = [];
	if (status !== 'synced') wrong.push(`The service is ${status}, and should be synced.`);
	if (ours !== theirs)
		wrong.push(`The service says "${String(ours)}", and should say "${String(theirs)}" as Cal.com does.`);
	if (price !== '0 EUR') wrong.push(`The price is ${String(price)}: no sync may touch it.`);
	if (conflicts.length > 0) wrong.push('The conflict is still there.');
	return wrong;
}
