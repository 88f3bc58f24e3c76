// A made-up package of nodes that never changes: what loading ours is held against. It is the same kind of work (to
// find, read, compile and run hundreds of small CommonJS files that build descriptions), so that a slow or busy
// machine slows both alike, and unlike a package of n8n's it is the same with every version of n8n.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MODULES = 800;
/** Each requires the two below it, as a heap does: the first one brings all. */
const BRANCHES = 2;

const fieldOf = (module: number, field: number) => ({
	displayName: `Field ${String(field)} of ${String(module)}`,
	name: `field${String(module)}x${String(field)}`,
	type: 'options',
	default: 'a',
	options: ['a', 'b', 'c'].map((value) => ({ name: `Choice ${value}`, value, description: `What ${value} means` })),
	displayOptions: { show: { resource: [`resource${String(module % 10)}`] } },
});

function moduleText(module: number): string {
	const below = Array.from({ length: BRANCHES }, (_, branch) => module * BRANCHES + branch + 1);
	const required = below.filter((index) => index < MODULES).map((index) => `require('./m${String(index)}.js')`);
	return `'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
const below = [${required.join(', ')}];
const fields = ${JSON.stringify([fieldOf(module, 0), fieldOf(module, 1)])};
const pattern = /^field${String(module)}x(\\d+)$/;
function read(values) {
	return Object.keys(values).filter((name) => pattern.test(name)).map((name) => values[name]);
}
class Reader {
	constructor(values) {
		this.values = read(values);
	}
	first() {
		return this.values[0];
	}
}
exports.Reader = Reader;
exports.properties = [...fields, ...below.flatMap(({ properties }) => properties)];
`;
}

const NODE = `'use strict';
const { properties } = require('./m0.js');
exports.Reference = class {
	description = {
		displayName: 'Reference',
		name: 'reference',
		group: ['transform'],
		version: [1],
		description: 'Does nothing',
		defaults: { name: 'Reference' },
		inputs: ['main'],
		outputs: ['main'],
		properties,
	};
	async execute() {
		return [[]];
	}
};
`;

/** Writes the package into a folder, in place of what was there. */
export async function writeReference(folder: string): Promise<void> {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const manifest = {
		name: 'n8n-nodes-reference',
		version: '1.0.0',
		n8n: { n8nNodesApiVersion: 1, credentials: [], nodes: ['Reference.node.js'] },
	};
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
	await writeFile(join(folder, 'Reference.node.js'), NODE);
	for (let module = 0; module < MODULES; module += 1)
		await writeFile(join(folder, `m${String(module)}.js`), moduleText(module));
}
