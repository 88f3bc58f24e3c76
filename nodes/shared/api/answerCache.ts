/** Answers that are kept for a while within one execution. */
export interface AnswerCache {
	/** The answer kept under the key, when there is one and it is young enough; else what `read` gives. */
	remember<T>(key: string, maxAgeSeconds: number | null, read: () => Promise<T>): Promise<T>;
}

interface Kept {
	at: number;
	value: Promise<unknown>;
}

/** @param now milliseconds since 1970 */
export function createAnswerCache(now: () => number): AnswerCache {
	const kept = new Map<string, Kept>();
	return {
		async remember<T>(key: string, maxAgeSeconds: number | null, read: () => Promise<T>): Promise<T> {
			const known = kept.get(key);
			if (known !== undefined && (maxAgeSeconds === null || now() - known.at < maxAgeSeconds * 1000)) {
				// One key always stands for one kind of answer.
				return (await known.value) as T;
			}
			const value = read();
			kept.set(key, { at: now(), value });
			// What failed is not kept: the next one asks again.
			value.catch(() => kept.delete(key));
			return await value;
		},
	};
}
