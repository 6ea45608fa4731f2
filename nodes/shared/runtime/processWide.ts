const STORE = Symbol.for('n8n-nodes-keap');

/**
 * A value that all copies of this code in one process share, however they were loaded: bundling, lazy loading or a reload
 * must not make a second throttle for a key. Everything in it can be read by any code of the process, so nothing secret may be.
 *
 * @param name what the value is called; one name, one type
 * @param make makes it when nobody has asked for it yet
 */
export function processWide<T>(name: string, make: () => T): T {
	const globals: typeof globalThis & { [STORE]?: Map<string, unknown> } = globalThis;
	const store = (globals[STORE] ??= new Map<string, unknown>());
	if (!store.has(name)) store.set(name, make());
	// The name says which type it is: it is written by this function alone.
	return store.get(name) as T;
}
