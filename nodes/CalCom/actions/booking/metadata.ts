/** What Cal.com keeps of metadata: it refuses more, and says only that something is wrong. */
export const METADATA_LIMITS = { pairs: 50, key: 40, value: 500 } as const;

const tooLong = (text: string, limit: number): boolean => text.length > limit;

/** The text that a value is kept as: Cal.com takes texts only. */
function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

/**
 * Metadata as Cal.com takes it: texts by name. Blank names are left out.
 *
 * @returns what is wrong with it, when it is over a limit
 */
export function readMetadata(
	pairs: ReadonlyArray<readonly [string, unknown]>,
): { ok: true; metadata: Record<string, string> } | { ok: false; problem: string } {
	const named = pairs.map(([key, value]) => [key.trim(), textOf(value)] as const).filter(([key]) => key !== '');
	const metadata = Object.fromEntries(named);
	const count = Object.keys(metadata).length;
	if (count > METADATA_LIMITS.pairs) {
		return { ok: false, problem: `There are ${count} of them, and Cal.com keeps ${METADATA_LIMITS.pairs}.` };
	}
	for (const [key, value] of Object.entries(metadata)) {
		if (tooLong(key, METADATA_LIMITS.key)) {
			return {
				ok: false,
				problem: `The name "${key}" has ${key.length} characters, and Cal.com takes ${METADATA_LIMITS.key}.`,
			};
		}
		if (tooLong(value, METADATA_LIMITS.value)) {
			return {
				ok: false,
				problem: `The value of "${key}" has ${value.length} characters, and Cal.com takes ${METADATA_LIMITS.value}.`,
			};
		}
	}
	return { ok: true, metadata };
}
