// What pnpm says before it installs anything (`pnpm:devPreinstall`), which it does by itself in front of the first script.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const isThere = existsSync(join(import.meta.dirname ?? '.', '..', 'node_modules', '.modules.yaml'));
console.log(
	isThere
		? 'Some packages are others than last time: they are installed first.'
		: 'First n8n, PostgreSQL and all else are installed, this once: two to five minutes, 3 GB.',
);
