// The owner of the playground's n8n: login and credentials.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Editor, type Login, openEditor } from './n8n/editor.mts';
import { type CredentialPlaces, type SavedCredentials, playgroundCredentials } from './templates.mts';
import { Trouble } from './trouble.mts';

/** Saves the playground's credentials in n8n. */
export async function saveCredentials(editor: Editor, places: CredentialPlaces): Promise<SavedCredentials> {
	const saved: SavedCredentials = {};
	for (const credential of playgroundCredentials(places)) {
		saved[credential.type] = await editor.saveCredential(credential);
	}
	return saved;
}

/** @throws Trouble, with advice, when n8n knows another password */
export async function signIn(url: string, login: Login): Promise<Editor> {
	try {
		return await openEditor(url, login);
	} catch (cause) {
		throw new Trouble(
			`n8n does not let the playground in as ${login.email}.`,
			'Was the password changed in the editor? Start with `--fresh` for a new n8n.',
			{ cause },
		);
	}
}

const loginSchema = z.object({ email: z.string(), password: z.string() });

/** The owner's login: made at the first start, and kept. */
export async function keptLogin(dir: string): Promise<Login> {
	const file = join(dir, 'editor-login.json');
	if (!existsSync(file)) {
		const login = { email: 'owner@playground.example', password: `Play-${randomBytes(5).toString('hex')}-1` };
		await writeFile(file, JSON.stringify(login), { mode: 0o600 });
	}
	return loginSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** The same at every start, so that a Retool app that was set up goes on working. */
export async function keptSecret(dir: string): Promise<string> {
	const file = join(dir, 'webhook-secret');
	if (!existsSync(file)) await writeFile(file, randomBytes(16).toString('hex'), { mode: 0o600 });
	return (await readFile(file, 'utf8')).trim();
}
