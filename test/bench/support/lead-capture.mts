// Lead capture as it is shipped: its tables made by its own template, its trigger registered at the stand-in of Cal.com.
import { join } from 'node:path';
import { ROOT } from '../../../playground/src/playground.mts';
import type { Postgres } from '../../../playground/src/postgres.mts';
import {
	attachCredentials,
	manualTrigger,
	playgroundCredentials,
	readTemplates,
	type SavedCredentials,
} from '../../../playground/src/templates.mts';
import type { Rig } from './rig.mts';
import type { Contestant } from './rounds.mts';

/** Makes the tables and switches the template on. */
export async function enterLeadCapture(rig: Rig, postgres: Postgres, name: string): Promise<Contestant> {
	const { editor, calcom } = rig;
	const saved: SavedCredentials = {};
	for (const credential of playgroundCredentials({ postgres, calcom }))
		saved[credential.type] = await editor.saveCredential(credential);
	const templates = await readTemplates(join(ROOT, 'workflows'));
	const template = (slug: string) => {
		const found = templates.find((candidate) => candidate.slug === slug);
		if (!found) throw new Error(`There is no template ${slug}.`);
		return attachCredentials(found.workflow, saved);
	};

	const setUp = template('00-set-up-tables');
	await editor.saveWorkflow(setUp);
	await editor.run(setUp.id, manualTrigger(setUp) ?? '');
	return await rig.enter(name, template('01-lead-capture'), 'calcom');
}
