import type { IDataObject } from 'n8n-workflow';

import type { KeapContext } from '../transport';
import type { Position } from '../transport/pages';
import { advance, type Place, placeAt, SETTLE_MS } from './place';
import { changeOf, type Page, positionOf, readPage, timeOf, type Watched } from './polledList';
import { FILTERED_PAGE, readChanges } from './read';

/** Records with lower numbers than the newest that may still become visible; what is there of them already is not new. */
const NUMBERS_BACK = 100;

/** The clock that stamps changes is no further behind the one of Keap's answers; what is read again at the start is bounded by it. */
const MOST_SKEW_MS = 86_400_000;

/**
 * Where a trigger begins that has no place yet. Costs two calls or three, once.
 *
 * @param from epoch milliseconds; without it, from now: nothing that is there already is delivered
 */
export async function startPlace(context: KeapContext, watched: Watched, from?: number): Promise<Place> {
	const { kind, reading } = watched.list;
	if (kind === 'time') return from === undefined ? await pastIsSeen(context, watched, await keapNow(context, watched)) : placeAt(from);
	if (reading === 'whole') return behind(await pastIsSeen(context, watched, 0));
	const before = await newestNumber(context, watched, from);
	return from === undefined ? await pastIsSeen(context, watched, before - NUMBERS_BACK) : placeAt(before + 1);
}

/** Newest first, where the list can be ordered. */
export const readNewest = async (context: KeapContext, watched: Watched, size: number, position?: Position): Promise<Page> =>
	await readPage(context, watched, watched.list.reading === 'whole' ? {} : { order_by: `${watched.list.order ?? 'id'} desc` }, size, position);

/** A little before now, as far back as changes may still become visible: by Keap's own clock, and by the one that stamped the newest record. */
async function keapNow(context: KeapContext, watched: Watched): Promise<number> {
	const { records, clock = Date.now() } = await readNewest(context, watched, 1);
	const [newest] = records;
	const stamped = newest === undefined ? -Infinity : (positionOf(watched.list, newest) ?? clock);
	return Math.min(clock, Math.max(stamped, clock - MOST_SKEW_MS)) - SETTLE_MS;
}

/** A place below which nothing counts, and above which all that is there now counts as delivered. */
async function pastIsSeen(context: KeapContext, watched: Watched, at: number): Promise<Place> {
	const place = placeAt(at);
	const pass = await readChanges(context, watched, place, Infinity);
	return advance(place, watched.list.kind, pass, Infinity).next;
}

function behind({ seen, marks }: Place): Place {
	const at = Math.max(0, ...Object.values(seen)) - NUMBERS_BACK;
	return { at, seen: Object.fromEntries(Object.entries(seen).filter(([, number]) => number >= at)), marks };
}

/** The number of the newest record, or of the newest one that was created before a moment; 0 when there is none. */
async function newestNumber(context: KeapContext, watched: Watched, before = Infinity): Promise<number> {
	const { created = '' } = watched.list;
	const isBefore = (record: IDataObject) => before === Infinity || (timeOf(record, [created]) ?? -Infinity) < before;
	let position: Position | undefined;
	do {
		const { records, next } = await readNewest(context, watched, before === Infinity ? 1 : FILTERED_PAGE, position);
		const found = records.find(isBefore);
		if (found !== undefined) return changeOf(context, watched, found).at;
		position = next;
	} while (position !== undefined);
	return 0;
}
