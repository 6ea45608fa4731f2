import { readDelivered, writeDelivered } from '../checkpoint/storedDelivered';

/** Numbers of records in order, as a short text: some three characters a number, much less where they follow one another. */
export const writeIds = (ids: Iterable<number>): string => writeDelivered(new Map([...ids].map((id) => [String(id), id])));

/** @returns an empty set for what is no such text */
export function readIds(stored: unknown): Set<number> {
	const ids = typeof stored === 'string' ? readDelivered(stored) : undefined;
	return new Set([...(ids ?? new Map<string, number>()).keys()].map(Number).filter(Number.isSafeInteger));
}

/** Takes the lowest numbers out until no more than `most` are left. @returns the numbers taken out, in order */
export function dropLowest(ids: Set<number>, most: number): number[] {
	if (ids.size <= most) return [];
	const dropped = [...ids].sort((left, right) => left - right).slice(0, ids.size - most);
	for (const id of dropped) ids.delete(id);
	return dropped;
}
