/**
 * Runs `work` for every entry, at most `width` at a time, started in order.
 * Entries with the same turn run one after the other, in order, without holding a place of the pool from others.
 * @returns one outcome an entry, in order; `undefined` for those that were not started because `stopped()` became true
 */
export async function runInTurns<T, R>(
	entries: readonly T[],
	options: { width: number; turn: (entry: T) => string | undefined; stopped: () => boolean },
	work: (entry: T) => Promise<R>,
): Promise<Array<R | undefined>> {
	const outcomes: Array<R | undefined> = new Array<R | undefined>(entries.length).fill(undefined);
	const queues = inQueues(entries, options.turn);
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

/** Indexes grouped by turn, each group where its first member stood; without a turn each index is a group of its own. */
function inQueues<T>(entries: readonly T[], turn: (entry: T) => string | undefined): number[][] {
	const queues: number[][] = [];
	const byTurn = new Map<string, number[]>();
	entries.forEach((entry, index) => {
		const name = turn(entry);
		const known = name === undefined ? undefined : byTurn.get(name);
		if (known !== undefined) {
			known.push(index);
			return;
		}
		const queue = [index];
		queues.push(queue);
		if (name !== undefined) byTurn.set(name, queue);
	});
	return queues;
}
