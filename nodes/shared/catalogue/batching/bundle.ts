import { chunksOf } from '../../runtime/chunksOf';
import { httpCodeOf } from '../../transport';

/** What one call for many ids gave: a value or an error for each id. */
export type Results<T> = Map<string, T | Error>;

export type Send<T> = (ids: readonly string[]) => Promise<Results<T>>;

/** Called as soon as an id has failed for good: a node that stops on errors then calls off what still waits. */
export type Failed = () => void;

/** How to find out which ids of a refused call are at fault. */
type OnRefused<T> = (ids: readonly string[], error: Error) => Promise<Results<T>>;

/**
 * Sends ids in as few calls as Keap takes. For a call that Keap refused, `onRefused` finds out which ids are at fault.
 * A failure of any other kind is that of every id in the call: it may have been carried out, so nothing is repeated.
 * @param send makes one call; throws what `keapRequest` throws
 */
export async function sendBundled<T>(
	ids: readonly string[],
	max: number,
	send: Send<T>,
	onRefused: OnRefused<T>,
	failed?: Failed,
): Promise<Results<T>> {
	const parts = await Promise.all(
		chunksOf(ids, max).map(async (chunk) => {
			const results = await sendChunk(chunk, send, onRefused);
			if ([...results.values()].some((result) => result instanceof Error)) failed?.();
			return results;
		}),
	);
	return new Map(parts.flatMap((part) => [...part]));
}

async function sendChunk<T>(chunk: readonly string[], send: Send<T>, onRefused: OnRefused<T>): Promise<Results<T>> {
	try {
		return await send(chunk);
	} catch (error) {
		return isRefused(error) ? await onRefused(chunk, error) : failAll<T>(chunk, error as Error);
	}
}

/** Halves a refused call until the bad ids stand alone, so that they fail alone; never more calls than one for each id. */
export async function halve<T>(
	ids: readonly string[],
	error: Error,
	send: Send<T>,
	failed?: Failed,
	budget = { calls: ids.length },
): Promise<Results<T>> {
	if (ids.length === 1 || budget.calls < 2) return failAll(ids, error);
	budget.calls -= 2;
	return await sendBundled(ids, Math.ceil(ids.length / 2), send, async (half, why) => await halve(half, why, send, failed, budget), failed);
}

/** The same error for every id. */
export const failAll = <T>(ids: readonly string[], error: Error): Results<T> => new Map(ids.map((id) => [id, error]));

const REFUSED: ReadonlySet<number> = new Set([400, 404, 409, 422]);

/** Refused as a whole, for what it asked: nothing was carried out. */
const isRefused = (error: unknown): error is Error => REFUSED.has(Number(httpCodeOf(error)));

/** Groups entries by a text made from each; groups keep the order in which they first appear. */
export function groupBy<T>(entries: readonly T[], keyOf: (entry: T) => string): T[][] {
	const groups = new Map<string, T[]>();
	for (const entry of entries) {
		const key = keyOf(entry);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [entry]);
		else group.push(entry);
	}
	return [...groups.values()];
}
