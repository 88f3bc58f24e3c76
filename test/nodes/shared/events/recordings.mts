import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const RECORDED = fileURLToPath(new URL('../../../fixtures/recorded/deliveries', import.meta.url));

/** One delivery as Cal.com sent it. */
export interface Recording {
	number: string;
	stem: string;
	/** The exact bytes that Cal.com sent. */
	bytes: Buffer;
	signature: string | undefined;
}

const headersFile = z.object({ headers: z.record(z.string()) });

/** A row of INDEX.md: number, event, variant, path, secret, content type, signature, bytes. */
const indexRow = z
	.tuple([
		z.string().regex(/^\d{3}$/),
		z.string(),
		z.string(),
		z.string(),
		z.string(),
		z.string(),
		z.string(),
		z.coerce.number(),
	])
	.transform(([number, , , , secret, , , size]) => ({
		number,
		/** Null when the webhook had no secret. */
		secret: secret === 'none' ? null : secret.replaceAll('`', ''),
		size,
	}));

/** The rows of INDEX.md, in its order. */
export function readIndex(): z.infer<typeof indexRow>[] {
	return readFileSync(join(RECORDED, 'INDEX.md'), 'utf8')
		.split('\n')
		.filter((line) => /^\| \d/.test(line))
		.map((line) =>
			indexRow.parse(
				line
					.split('|')
					.slice(1, -1)
					.map((cell) => cell.trim()),
			),
		);
}

/** Every recording in the folder, by number. */
export function readRecordings(): Recording[] {
	const files = readdirSync(RECORDED).filter((file) => /\.body\.\w+$/.test(file));
	return files.sort().map((file) => {
		const stem = file.replace(/\.body\.\w+$/, '');
		const { headers } = headersFile.parse(JSON.parse(readFileSync(join(RECORDED, `${stem}.headers.json`), 'utf8')));
		const bytes = readFileSync(join(RECORDED, file));
		return { number: stem.slice(0, 3), stem, bytes, signature: headers['x-cal-signature-256'] };
	});
}
