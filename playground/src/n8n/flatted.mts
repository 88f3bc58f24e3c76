// n8n answers an execution's data in the "flatted" form: a JSON array whose strings, inside objects and arrays,
// are indexes of other elements, so that shared and circular references survive.

/** Opens a flatted text. Circular references come back as the same object. */
export function openFlatted(text: string): unknown {
	const elements: unknown = JSON.parse(text);
	if (!Array.isArray(elements)) throw new Error('Not a flatted text: its top level is no array.');
	const opened = new Map<number, unknown>();
	const open = (index: number): unknown => {
		if (opened.has(index)) return opened.get(index);
		const element: unknown = elements[index];
		if (typeof element !== 'object' || element === null) return element;
		const target: Record<string, unknown> | unknown[] = Array.isArray(element) ? [] : {};
		opened.set(index, target);
		for (const [key, value] of Object.entries(element)) {
			Reflect.set(target, key, typeof value === 'string' ? open(Number(value)) : value);
		}
		return target;
	};
	return open(0);
}
