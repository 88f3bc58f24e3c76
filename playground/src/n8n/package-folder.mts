// Puts the built package where n8n keeps the packages that people install from its Community Nodes page, so that
// node types carry the package's own name and zod, luxon and n8n-workflow come from n8n.
import { existsSync } from 'node:fs';
import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Trouble } from '../trouble.mts';

const manifestSchema = z.object({
	name: z.string(),
	version: z.string(),
	files: z.array(z.string()),
	n8n: z.object({ nodes: z.array(z.string()), credentials: z.array(z.string()) }),
});

/**
 * Installs the package of `packageDir` for the n8n of `userFolder`, replacing what was there.
 * Copies what publishing would: package.json and what its `files` name.
 * @returns the package's name
 * @throws Trouble when the package has not been built
 */
export async function installPackage(userFolder: string, packageDir: string): Promise<string> {
	const manifest = manifestSchema.parse(JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')));
	const missing = [...manifest.n8n.nodes, ...manifest.n8n.credentials].filter(
		(file) => !existsSync(join(packageDir, file)),
	);
	if (missing.length > 0) {
		throw new Trouble(
			`The package has not been built: ${missing.join(', ')} is missing.`,
			'Run `npx -y pnpm@10 build`.',
		);
	}
	const nodes = join(userFolder, '.n8n', 'nodes');
	const target = join(nodes, 'node_modules', manifest.name);
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	for await (const entry of glob(['package.json', ...manifest.files], { cwd: packageDir })) {
		await cp(join(packageDir, entry), join(target, entry), { recursive: true });
	}
	const index = { name: 'installed-nodes', private: true, dependencies: { [manifest.name]: manifest.version } };
	await writeFile(join(nodes, 'package.json'), JSON.stringify(index, null, 2));
	return manifest.name;
}
