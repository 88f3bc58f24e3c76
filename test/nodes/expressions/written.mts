// Every regular expression of the nodes: those in their source, and those that n8n is given in a panel.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CalComApi } from '../../../credentials/CalComApi.credentials.ts';
import { CalComOAuth2Api } from '../../../credentials/CalComOAuth2Api.credentials.ts';
import { CalCom } from '../../../nodes/CalCom/CalCom.node.ts';
import { CalComPollTrigger } from '../../../nodes/CalComPollTrigger/CalComPollTrigger.node.ts';
import { CalComSync } from '../../../nodes/CalComSync/CalComSync.node.ts';
import { CalComTrigger } from '../../../nodes/CalComTrigger/CalComTrigger.node.ts';
import { type Literal, literalsIn } from '../../support/regular-expressions/literals.mts';

const ROOT = join(import.meta.dirname, '../../..');

/** n8n makes them of the texts under `regex`, for an address that is put into a panel or given by an expression. */
function inPanel(place: string, panel: unknown): Literal[] {
	if (typeof panel !== 'object' || panel === null) return [];
	return Object.entries(panel).flatMap(([key, value]: [string, unknown]): Literal[] => {
		if (key !== 'regex' || typeof value !== 'string') return inPanel(place, value);
		const expression = new RegExp(value);
		return [{ written: String(expression), place: `${place}, panel`, use: 'first', expression }];
	});
}

/** All of them, in the order of the files. */
export const written = (): Literal[] => [
	...globSync('{nodes,credentials}/**/*.ts', { cwd: ROOT })
		.sort()
		.flatMap((file) => literalsIn(file, readFileSync(join(ROOT, file), 'utf8'))),
	...[CalCom, CalComPollTrigger, CalComSync, CalComTrigger].flatMap((node) =>
		inPanel(node.name, new node().description),
	),
	...[CalComApi, CalComOAuth2Api].flatMap((form) => inPanel(form.name, new form().properties)),
];
