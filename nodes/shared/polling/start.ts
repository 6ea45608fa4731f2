import type { IDataObject } from 'n8n-workflow';

import type { KeapContext } from '../transport';
import type { Position } from '../transport/pages';
import { advance, type Place, placeAt, SETTLE_MS } from './place';
import { changeOf, type Page, positionOf, readPage, timeOf, type Watched } from './polledList';
import { FILTERED_PAGE, NEWEST_PAGE, readChanges } from './read';

/** Records with lower numbers than the newest that may still become visible; what is there of them already is not new. */
const NUMBERS_BACK = 100;

/** So far behind the clock of Keap's answers may be the one that stamps changes, when finding out at the start would cost too much. */
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
	await readPage(
		context,
		watched,
		watched.list.reading === 'whole' ? {} : { order_by: `${watched.list.order ?? 'id'} desc` },
		size,
		position,
	);

/** A little before now, as far back as changes may still become visible: by the clock that stamped the newest one, if it is behind Keap's. */
async function keapNow(context: KeapContext, watched: Watched): Promise<number> {
	const { records, next, clock = Date.now() } = await readNewest(context, watched, NEWEST_PAGE);
	const { list } = watched;
	const stamps = records.map((record) => positionOf(list, record)).filter((at) => at !== undefined);
	const newest = Math.max(...stamps);
	// All that is so new is read once more; after an import that can be a lot.
	const isLittle = stamps.length > 0 && list.order !== undefined && (next === undefined || Math.min(...stamps) < newest - SETTLE_MS);
	return Math.min(clock, isLittle ? newest : Math.max(newest, clock - MOST_SKEW_MS)) - SETTLE_MS;
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
