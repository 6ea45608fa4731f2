const hubs = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `listener` once when the signal aborts; at once when it already has. However many listen, the signal itself gets
 * one listener: Node warns of a leak at eleven, and hundreds of calls of one execution wait at the same time.
 *
 * @returns what to call when the abort no longer matters
 */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
	if (!signal) return () => undefined;
	if (signal.aborted) {
		listener();
		return () => undefined;
	}
	const listeners = hubs.get(signal) ?? open(signal);
	listeners.add(listener);
	return () => listeners.delete(listener);
}

function open(signal: AbortSignal): Set<() => void> {
	const listeners = new Set<() => void>();
	hubs.set(signal, listeners);
	signal.addEventListener(
		'abort',
		() => {
			for (const listener of [...listeners]) listener();
			listeners.clear();
		},
		{ once: true },
	);
	return listeners;
}
