/**
 * Where a polling trigger stands in a list that grows while it is read. Pure: no clock, no calls.
 *
 * A change has a position: the moment Keap stamped on it, or the number of a record that was created. Everything below the
 * place has been delivered and can't turn up any more; what was delivered at or above it is remembered one by one. The
 * place follows some minutes behind, because a change may become visible later than its position says (a long
 * transaction, servers whose clocks differ); until then it is read again and told apart by what is remembered.
 */
export interface Place {
	/** Nothing below is looked at: epoch milliseconds, or a record's number. */
	readonly at: number;
	/** Records delivered at or above the place, each with the position of the change that was delivered last. */
	readonly seen: Readonly<Record<string, number>>;
	/** For numbers: how far everything had been delivered, and when (epoch milliseconds). Oldest first. */
	readonly marks: ReadonlyArray<readonly [reached: number, when: number]>;
	/**
	 * For times: by how many milliseconds the clock that stamps changes can be behind the one of Keap's answers, as far as is
	 * known. No change is newer than now by the clock that stamped it.
	 */
	readonly lag?: number;
}

/** A change as the list shows it. */
export interface Change<T> {
	readonly id: string;
	readonly at: number;
	readonly record: T;
}

/** What one poll has read. */
export interface Pass<T> {
	/** In any order; a record may be there twice. */
	readonly changes: ReadonlyArray<Change<T>>;
	/** Every change up to here is among them; `Infinity` when the list was read to its end. */
	readonly reach: number;
	/** Whether nothing can have been skipped because pages shifted while they were read. */
	readonly sure: boolean;
	/** Keap's clock when the reading began, epoch milliseconds. */
	readonly now: number;
	/** The latest position of all that was read, known changes included; `-Infinity` when nothing was there. */
	readonly newest: number;
}

export type PositionKind = 'time' | 'number';

/** A change becomes visible within this many milliseconds after its position was given. */
export const SETTLE_MS = 5 * 60_000;

export const placeAt = (at: number): Place => ({ at, seen: {}, marks: [] });

/** Whether a change has not been delivered yet. */
export const isFresh = ({ at, seen }: Place, change: Pick<Change<unknown>, 'id' | 'at'>): boolean =>
	change.at >= at && !((seen[change.id] ?? -Infinity) >= change.at);

/**
 * One step: what to deliver now, and where to stand afterwards.
 *
 * @param limit changes to deliver at most; the rest stays above the new place and comes next time
 * @returns the changes oldest first, at most one a record: its latest
 */
export function advance<T>(place: Place, kind: PositionKind, pass: Pass<T>, limit: number): { taken: Array<Change<T>>; next: Place } {
	const latest = new Map<string, Change<T>>();
	for (const change of pass.changes)
		if (isFresh(place, change) && change.at > (latest.get(change.id)?.at ?? -Infinity)) latest.set(change.id, change);
	const fresh = [...latest.values()].sort(byPosition);
	const taken = fresh.slice(0, limit);
	const cut = fresh.length > taken.length ? (taken.at(-1)?.at ?? place.at) : Infinity;
	// What shifting pages have skipped lies anywhere: the place then stays, and the next poll reads the same again.
	const reach = pass.sure ? Math.min(cut, pass.reach) : place.at - 1;

	const seen = { ...place.seen };
	for (const { id, at } of taken) seen[id] = at;
	const lag = Math.min(place.lag ?? Infinity, Math.max(0, pass.now - pass.newest));
	const { settled, marks } =
		kind === 'time' ? { settled: pass.now - lag - SETTLE_MS, marks: [] } : settledNumber(place, seen, reach, pass.now);
	const at = Math.max(place.at, Math.min(reach, settled));
	return {
		taken,
		next: {
			at,
			seen: Object.fromEntries(Object.entries(seen).filter(([, position]) => position >= at)),
			marks,
			...(kind === 'time' && Number.isFinite(lag) && { lag }),
		},
	};
}

/** The number below which no record can appear any more: one above what had been reached long enough ago. */
function settledNumber({ at, marks }: Place, seen: Place['seen'], reach: number, now: number): { settled: number; marks: Place['marks'] } {
	const reached = Number.isFinite(reach) ? reach : Object.values(seen).reduce((most, number) => Math.max(most, number), at - 1);
	const all = [...marks, [reached, now] as const];
	const known = all.filter(([, when]) => when <= now - SETTLE_MS).at(-1);
	return { settled: known === undefined ? at : known[0] + 1, marks: all.filter(([, when]) => when > now - SETTLE_MS) };
}

/** By position; at the same one by number, so that a cut falls at the same spot every time. */
const byPosition = (left: Change<unknown>, right: Change<unknown>): number => left.at - right.at || Number(left.id) - Number(right.id);
