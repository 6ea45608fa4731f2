import type { Position } from '../../transport/pages';

/**
 * What a polling trigger remembers between two polls of a list that grows while it is read. Pure: no clock, no calls.
 *
 * A change has a position: the time that Keap stamped on it, or the number of a record that was created. The watermark
 * follows what was seen in the list, never a clock: an answer that is late, empty or wrongly dated moves nothing. It stays
 * behind the newest change, because a change may become visible after newer ones (long transactions, servers whose clocks
 * differ). Each poll reads again what lies above it, and skips what is remembered as delivered.
 */
export interface Checkpoint {
	/** Changes below are not looked at any more: epoch milliseconds, or a record's number. */
	readonly watermark: number;
	/** Records delivered at or above the watermark, or passed because they do not count, each with the position of its last change. */
	readonly delivered: ReadonlyMap<string, number>;
	/** For numbers: the newest number seen, and when it was seen (epoch milliseconds). Oldest first. */
	readonly reached: ReadonlyArray<readonly [number: number, when: number]>;
	/** Where the next poll goes on reading, when this one ended before the list did. */
	readonly progress?: Progress;
	/** The watermark is just above a time that very many records share. The filter then has no margin, or it would list them all again. */
	readonly exact?: boolean;
	/** The first reading of the list is still under way: what is found is remembered and not delivered. */
	readonly silent?: boolean;
}

/** A page of a list that is read from its newest record down: its page token (none for the first page) and its first position. */
export type TrailPage = readonly [token: Position | null, top: number];

/** How far a list was read that takes more than one poll. */
export type Progress =
	/**
	 * By time upwards: the time from which the next page is read and, among more changes of one time than a page holds, its
	 * token. `verified`: nothing new was found so far.
	 */
	| { readonly from: number; readonly token?: Position; readonly verified?: boolean }
	/** By number: the last number read. For times, `watermark` is where the watermark goes when the list has been read whole. */
	| { readonly after: number; readonly watermark?: number }
	/**
	 * From the newest record down: the pages passed, newest first. `next` is the page to go on with, until the watermark was
	 * reached; `start` is then the page whose changes are delivered next, from the oldest upwards, and nothing can be missing
	 * up to `sure`.
	 */
	| { readonly trail: readonly TrailPage[]; readonly next?: Position; readonly start?: number; readonly sure?: number }
	/** In no order: the token of the page to go on with. */
	| { readonly token: Position };

/** A change as the list shows it. */
export interface Change<T> {
	readonly id: string;
	readonly position: number;
	readonly record: T;
}

/** What one poll has read of a list. */
export interface Pass<T> {
	/** Changes that count, in any order; a record may be there twice. */
	readonly changes: ReadonlyArray<Change<T>>;
	/** Changes that do not count and have not been passed before: they are remembered like delivered ones. */
	readonly passed: ReadonlyMap<string, number>;
	/** All records read at or above the watermark with their positions, also delivered ones and those that do not count. */
	readonly seen: ReadonlyMap<string, number>;
	/** Every change up to here was read, and none can have been skipped because pages shifted meanwhile. `Infinity`: the whole list. */
	readonly reach: number;
	/** Whether this poll alone has read everything from the watermark to the end of the list. */
	readonly whole: boolean;
	/** Wall clock, epoch milliseconds. Used for the length of time between polls, and never to move the watermark up. */
	readonly now: number;
	/** In which order changes are taken when there are more than the limit; by position unless given. */
	readonly takenBy?: 'id';
	/** The watermark from here on, where the reading itself has settled it. */
	readonly watermark?: number;
	/** Where the next poll goes on. `last` is the last change taken, when the limit has left others out. */
	readonly resume: (last?: Change<T>) => Progress | undefined;
}

export type PositionKind = 'time' | 'number';

/** A change is visible within this many milliseconds after newer ones are, as long as no more than `MOST_KEPT` changes are that new. */
export const SETTLE_MS = 5 * 60_000;
/** So many of the newest records are read again by every poll, however old they are: what becomes visible late among them is found. */
export const LEAST_REREAD = 50;
/** What a poll that finds nothing new reads again at most: it fits on one page. */
const MOST_REREAD = 900;
/** Changes remembered at most; more only when they all have the same time. */
const MOST_KEPT = 5_000;
/** Moments at which the newest number is noted are at least so many milliseconds apart: there are never more than a dozen. */
const NOTED_EVERY_MS = 30_000;

/** A new checkpoint at this position. */
export const checkpointAt = (watermark: number, delivered: ReadonlyMap<string, number> = new Map()): Checkpoint => ({
	watermark,
	delivered,
	reached: [],
});

/** Whether a change has not been delivered yet. */
export const isFresh = ({ watermark, delivered }: Checkpoint, change: Pick<Change<unknown>, 'id' | 'position'>): boolean =>
	change.position >= watermark && !((delivered.get(change.id) ?? -Infinity) >= change.position);

/** The changes of a pass that are to be delivered, oldest first; at most one a record: its latest. */
export function freshOf<T>(checkpoint: Checkpoint, pass: Pass<T>, limit = Infinity): Array<Change<T>> {
	const latest = new Map<string, Change<T>>();
	for (const change of pass.changes)
		if (isFresh(checkpoint, change) && change.position > (latest.get(change.id)?.position ?? -Infinity)) latest.set(change.id, change);
	const fresh = [...latest.values()].sort(byPosition);
	if (fresh.length <= limit) return fresh;
	return pass.takenBy === 'id' ? fresh.sort(byId).slice(0, limit).sort(byPosition) : fresh.slice(0, limit);
}

/**
 * One step: what to deliver now, and the checkpoint afterwards.
 *
 * @param limit changes to deliver at most; the rest stays above the watermark and comes next time
 * @returns the changes oldest first
 */
export function advance<T>(
	checkpoint: Checkpoint,
	kind: PositionKind,
	pass: Pass<T>,
	limit: number,
): { taken: Array<Change<T>>; next: Checkpoint } {
	const fresh = freshOf(checkpoint, pass);
	const taken = freshOf(checkpoint, pass, limit);
	const isCut = taken.length < fresh.length;
	const last = isCut ? (pass.takenBy === 'id' ? [...taken].sort(byId) : taken).at(-1) : undefined;
	const cut = isCut ? (last?.position ?? checkpoint.watermark) : Infinity;
	const reach = pass.takenBy === 'id' && isCut && kind === 'time' ? -Infinity : Math.min(cut, pass.reach);

	const delivered = new Map(checkpoint.delivered);
	for (const { id, position } of taken) delivered.set(id, position);
	for (const [id, position] of pass.passed) {
		const isWithin = last === undefined ? !isCut : pass.takenBy === 'id' ? Number(id) <= Number(last.id) : position <= cut;
		if (isWithin) delivered.set(id, Math.max(position, delivered.get(id) ?? -Infinity));
	}
	const kept = [...delivered.values()].sort(descending);
	const tooMany = kept[MOST_KEPT - 1] ?? -Infinity;

	const progress = isCut && last === undefined ? checkpoint.progress : pass.resume(last);
	const { settled, reached } = settledAt(checkpoint, kind, pass);
	let watermark = Math.max(checkpoint.watermark, Math.min(reach, Math.max(settled, tooMany)));
	if (pass.watermark !== undefined && !isCut) watermark = Math.max(watermark, pass.watermark);
	let exact = checkpoint.exact === true && watermark === checkpoint.watermark;
	if (pass.whole && reach === Infinity) {
		const shrunk = withinOnePage(watermark, pass, fresh);
		exact ||= shrunk.exact;
		watermark = shrunk.watermark;
	}
	// When a list read by number takes several polls, nothing below its future watermark will be read again, so that part can be forgotten now.
	const pending = progress !== undefined && 'after' in progress && progress.watermark !== undefined;
	const forgotten = pending ? Math.max(watermark, progress.watermark ?? watermark, tooMany) : watermark;
	for (const [id, position] of delivered) if (position < forgotten) delivered.delete(id);
	return {
		taken,
		next: {
			watermark,
			delivered,
			reached,
			...(exact && { exact }),
			...(progress !== undefined && { progress: pending ? { ...progress, watermark: forgotten } : progress }),
			...(checkpoint.silent === true && progress !== undefined && { silent: true }),
		},
	};
}

/** The time below which no change can become visible any more, judged by the records seen. */
export function settledTime(seen: ReadonlyMap<string, number>, now: number): number {
	const positions = [...seen.values()].sort(descending);
	// A single time stamp from a fast clock must not move the watermark past changes still to come: so the fiftieth newest bounds it too.
	const [newest, least] = [positions[0] ?? -Infinity, positions[LEAST_REREAD - 1] ?? -Infinity];
	return Math.max(Math.min(newest - SETTLE_MS, least, now - SETTLE_MS), positions[MOST_KEPT - 1] ?? -Infinity);
}

function settledAt<T>(
	{ watermark, reached }: Checkpoint,
	kind: PositionKind,
	{ seen, now }: Pass<T>,
): { settled: number; reached: Checkpoint['reached'] } {
	if (kind === 'time') return { settled: settledTime(seen, now), reached: [] };
	const newest = [...seen.values()].reduce((most, number) => Math.max(most, number), -Infinity);
	// After the clock was set back, notes from the future are useless.
	const noted = reached.filter(([, when]) => when <= now);
	const isDue = Number.isFinite(newest) && newest >= watermark && (noted.at(-1)?.[1] ?? -Infinity) <= now - NOTED_EVERY_MS;
	const all = isDue ? [...noted, [newest, now] as const] : noted;
	const old = all.filter(([, when]) => when <= now - SETTLE_MS).at(-1);
	return {
		settled: old === undefined ? -Infinity : Math.min(old[0] + 1, newest - LEAST_REREAD),
		reached: all.filter((note) => note === old || note[1] > now - SETTLE_MS),
	};
}

/**
 * After an import thousands of records may be younger than the margin. Once a poll has read them all and found nothing new
 * among them, the margin shrinks to what fits on one page; the watermark moves past a time that more records than that share.
 */
function withinOnePage<T>(
	watermark: number,
	{ seen, passed }: Pass<T>,
	fresh: ReadonlyArray<Change<T>>,
): { watermark: number; exact: boolean } {
	const positions = [...seen.values()].sort(descending);
	const lowest = Math.max(watermark, positions[MOST_REREAD - 1] ?? -Infinity);
	const above = positions.filter((position) => position > lowest);
	const atLowest = positions.filter((position) => position === lowest);
	if (above.length + atLowest.length > MOST_REREAD && fresh.every(({ position }) => position > lowest))
		return { watermark: lowest + 1, exact: true };
	return { watermark: fresh.length + passed.size === 0 ? lowest : watermark, exact: false };
}

const descending = (left: number, right: number): number => right - left;
const byId = (left: Change<unknown>, right: Change<unknown>): number => Number(left.id) - Number(right.id);
/** By position; at the same one by number, so that a cut falls at the same spot every time. */
const byPosition = (left: Change<unknown>, right: Change<unknown>): number => left.position - right.position || byId(left, right);
