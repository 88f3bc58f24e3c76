// Writes docs/queue-mode/compose.yaml: `node playground/compose.mts`, after a change of the settings of queue mode.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeFile } from './src/n8n/compose-file.mts';
import { ROOT } from './src/playground.mts';

await writeFile(join(ROOT, 'docs', 'queue-mode', 'compose.yaml'), composeFile());
