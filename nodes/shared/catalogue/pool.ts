/**
 * Runs `work` for every entry, at most `width` at a time, started in order.
 * Entries with the same serial key run one after the other, in order. While they wait they take up none of the `width`.
 * @returns one outcome an entry, in order; `undefined` for those that were not started because `stopped()` became true
 */
export async function runInPool<T, R>(
	entries: readonly T[],
	options: { width: number; serialKey: (entry: T) => string | undefined; stopped: () => boolean },
	work: (entry: T) => Promise<R>,
): Promise<Array<R | undefined>> {
	const outcomes: Array<R | undefined> = new Array<R | undefined>(entries.length).fill(undefined);
	const queues = inQueues(entries, options.serialKey);
	let next = 0;
	const runner = async (): Promise<void> => {
		while (next < queues.length) {
			const queue = queues[next++] ?? [];
			for (const index of queue) {
				if (options.stopped()) return;
				outcomes[index] = await work(entries[index] as T);
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(options.width, queues.length) }, runner));
	return outcomes;
}

/** Indexes grouped by serial key, each group at the position of its first member. An index without a key is a group of its own. */
function inQueues<T>(entries: readonly T[], serialKey: (entry: T) => string | undefined): number[][] {
	const queues: number[][] = [];
	const byKey = new Map<string, number[]>();
	entries.forEach((entry, index) => {
		const key = serialKey(entry);
		const known = key === undefined ? undefined : byKey.get(key);
		if (known !== undefined) {
			known.push(index);
			return;
		}
		const queue = [index];
		queues.push(queue);
		if (key !== undefined) byKey.set(key, queue);
	});
	return queues;
}
