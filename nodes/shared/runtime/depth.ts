/**
 * Levels of lists and objects in each other that a value from outside may have. Keap's deepest answer has less than ten, and nobody
 * types more; what walks through a value calls itself once a level, and some thousands of levels are more than JavaScript can hold.
 */
export const DEEPEST = 100;

/**
 * Whether a value has more levels than `DEEPEST`; a circle has. Lists and plain objects are looked into, without recursion.
 *
 * What comes from outside is looked at once, where it comes in: answers of Keap, deliveries of hooks, values of parameters.
 */
export function isTooDeep(value: unknown): boolean {
	if (!isContainer(value)) return false;
	const ways: object[][] = [[value]];
	for (let way = ways.at(-1); way !== undefined; way = ways.at(-1)) {
		const next = way.pop();
		if (next === undefined) {
			ways.pop();
			continue;
		}
		const inner: object[] = [];
		// Names are read one by one: a list of all values would be made anew for every record.
		if (Array.isArray(next)) {
			for (const one of next as unknown[]) if (isContainer(one)) inner.push(one);
		} else {
			for (const name in next) {
				const one = (next as Record<string, unknown>)[name];
				if (isContainer(one)) inner.push(one);
			}
		}
		if (inner.length === 0) continue;
		if (ways.length >= DEEPEST) return true;
		ways.push(inner);
	}
	return false;
}

/** A list or a plain object; in another realm of the process, too. */
function isContainer(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	if (Array.isArray(value)) return true;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}
