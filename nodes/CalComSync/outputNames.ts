export type OutputName = 'changed' | 'conflicts' | 'unchanged' | 'onlyInCalCom' | 'onlyInRecords' | 'failed';

/** The outputs of the node, in their order, and how the summary of a run counts what comes out of them. */
export const OUTPUTS: ReadonlyArray<{ name: OutputName; title: string; one: string; many: string }> = [
	{ name: 'changed', title: 'Changed', one: 'changed', many: 'changed' },
	{ name: 'conflicts', title: 'Conflicts', one: 'conflict', many: 'conflicts' },
	{ name: 'unchanged', title: 'Unchanged', one: 'unchanged', many: 'unchanged' },
	{ name: 'onlyInCalCom', title: 'Only in Cal.com', one: 'only in Cal.com', many: 'only in Cal.com' },
	{ name: 'onlyInRecords', title: 'Only in Your Records', one: 'only in your records', many: 'only in your records' },
	{ name: 'failed', title: 'Failed', one: 'failed', many: 'failed' },
];
