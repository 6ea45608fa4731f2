import type { IDataObject } from 'n8n-workflow';

import type { KeapQuery } from '../../transport';
import { type Change, type Checkpoint, checkpointAt, LEAST_REREAD, SETTLE_MS } from '../checkpoint/checkpoint';
import { changeOf, idOf, LARGE_PAGE, SMALL_PAGE, timeOf, type Watched } from '../list/polledList';
import type { Page } from '../list/ask';
import type { PollSession } from '../list/pollSession';

/** In a list without records, and in one that can't be ordered by time, changes are new that are younger than this. */
const DAY_MS = 86_400_000;

/**
 * Where a trigger begins that has no checkpoint yet.
 *
 * @param from epoch milliseconds; without it, from now: nothing that is there already is delivered
 * @returns undefined when the poll has no more calls or no more time
 */
export async function startCheckpoint(session: PollSession, chosen: Watched, from?: number): Promise<Checkpoint | undefined> {
	const watched = { ...chosen, filter: undefined };
	const { created, kind, order, reading } = watched.list;
	if (reading === 'inNoOrder' && kind === 'number') return { ...checkpointAt(0), silent: true };
	if (from !== undefined && kind === 'time') return checkpointAt(from);
	// Without the time of creation, old records cannot be distinguished from new ones.
	if (from !== undefined && created !== undefined) return reading === 'byNumber' ? await before(session, watched, from) : checkpointAt(0);
	return kind === 'time' && order === undefined ? await lastDay(session, watched) : await now(session, watched);
}

/** Newest first, by what the list's positions are. */
export const readNewest = async (session: PollSession, watched: Watched, size: number): Promise<Page | undefined> =>
	await session.page(watched, newestFirst(watched), size);

const newestFirst = ({ list }: Watched): KeapQuery => (list.reading === 'inNoOrder' ? {} : { order_by: `${list.order ?? 'id'} desc` });

/** Begins at the newest records: those on the first page count as delivered, those below are not read. */
async function now(session: PollSession, watched: Watched): Promise<Checkpoint | undefined> {
	let page = await readNewest(session, watched, SMALL_PAGE);
	// An empty answer may be wrong: taken as it is, every existing record would be delivered as new.
	if (page?.records.length === 0) page = await readNewest(session, watched, SMALL_PAGE);
	if (page === undefined) return undefined;
	const { kind } = watched.list;
	const known = page.records.flatMap((record) => changeOf(watched.list, record) ?? []);
	const positions = known.map(({ position }) => position).sort((left, right) => right - left);
	const [newest, lowest] = [positions[0], positions.at(-1)];
	if (newest === undefined || lowest === undefined) {
		if (kind === 'number') return checkpointAt(0);
		return { ...checkpointAt(Math.min(Date.now(), page.date ?? Infinity) - DAY_MS), silent: page.records.length > 0 };
	}
	const least = positions[LEAST_REREAD - 1] ?? lowest;
	const wanted = kind === 'number' ? newest - LEAST_REREAD : Math.min(newest - SETTLE_MS, least);
	// More records with the lowest position of the page may be on the next one.
	const watermark = page.next === undefined ? Math.min(lowest, wanted) : Math.max(lowest + 1, wanted);
	return checkpointAt(watermark, deliveredOf(known.filter(({ position }) => position >= watermark)));
}

/** The changes of the last day, by the older of all clocks that are known: they are read and not delivered. */
async function lastDay(session: PollSession, watched: Watched): Promise<Checkpoint | undefined> {
	const page = await readNewest(session, watched, SMALL_PAGE);
	if (page === undefined) return undefined;
	const stamps = page.records.flatMap((record) => changeOf(watched.list, record)?.position ?? []);
	// The first page of a list without an order says nothing of the newest.
	const newest = stamps.length === 0 || watched.list.reading === 'inNoOrder' ? Infinity : Math.max(...stamps);
	return { ...checkpointAt(Math.min(Date.now(), page.date ?? Infinity, newest) - DAY_MS), silent: true };
}

const deliveredOf = (changes: ReadonlyArray<Change<IDataObject>>): Map<string, number> =>
	new Map(changes.map(({ id, position }) => [id, position]));

/**
 * A number below which no record was created at or after a moment. Numbers follow the times of creation only roughly, so
 * some lower numbers are included.
 */
async function before(session: PollSession, watched: Watched, from: number): Promise<Checkpoint | undefined> {
	const { created = '', number = '' } = watched.list;
	const isBefore = (record: IDataObject): boolean => (timeOf(record, created) ?? Infinity) < from;
	const page = await readNewest(session, watched, LARGE_PAGE);
	if (page === undefined) return undefined;
	const numberOf = (record: IDataObject | undefined): number => (record === undefined ? 0 : (idOf(record) ?? 0));
	const found = page.records.find(isBefore);
	let low = numberOf(found);
	let high = found === undefined && page.next !== undefined ? numberOf(page.records.at(-1)) : low;
	// Halving the numbers takes some 15 calls, whatever there is; reading down to the moment may take hundreds.
	while (high - low > LARGE_PAGE) {
		const middle = Math.floor((low + high) / 2);
		const half = await session.page(watched, { filter: `${number}>${middle}`, order_by: 'id asc' }, 1);
		if (half === undefined) return undefined;
		const [record] = half.records;
		if (record !== undefined && isBefore(record)) low = numberOf(record);
		else high = middle;
	}
	return checkpointAt(Math.max(0, low - LEAST_REREAD));
}
