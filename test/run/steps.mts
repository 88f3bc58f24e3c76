// What is run, in which order. Which test is in the gate and which in the long proof is a matter of its name.

export interface Step {
	name: string;
	/** Scripts of package.json; several run side by side. */
	scripts: readonly [string, ...string[]];
	/** Nothing after it makes sense where it failed. */
	isNeeded?: true;
	/** Runs tests: `--shard=1/3` is for it, and it says which files took long. */
	hasFiles?: true;
}

const UNIT_AND_E2E: Step = { name: 'tests', scripts: ['unit', 'e2e'], hasFiles: true };

const CHECKS: readonly Step[] = [
	{ name: 'checks', scripts: ['lint', 'types'] },
	// What does not build cannot be tested.
	{ name: 'build', scripts: ['build'], isNeeded: true },
];

export const PROOFS = {
	// End-to-end tests mostly wait for n8n: the others run meanwhile.
	gate: [...CHECKS, UNIT_AND_E2E],
	long: [
		...CHECKS,
		{ name: 'unit', scripts: ['unit'], hasFiles: true },
		{ name: 'e2e', scripts: ['e2e'], hasFiles: true },
		{ name: 'cost', scripts: ['cost'], hasFiles: true },
		{ name: 'scaled', scripts: ['scaled'], hasFiles: true },
		{ name: 'n8n1', scripts: ['e2e:n8n1'], hasFiles: true },
	],
} as const satisfies Record<string, readonly Step[]>;

export type Proof = keyof typeof PROOFS;

/** The gate may take this long, without the installation. */
export const GATE_MS = 10 * 60_000;

/**
 * The steps of a proof, in its order; all of them where none is named.
 * @throws where a name is none of its steps
 */
export function chosen(proof: Proof, names: readonly string[]): readonly Step[] {
	const all: readonly Step[] = PROOFS[proof];
	const unknown = names.find((name) => all.every((step) => step.name !== name));
	if (unknown !== undefined)
		throw new Error(`There is no step "${unknown}": ${all.map(({ name }) => name).join(', ')}.`);
	return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}
