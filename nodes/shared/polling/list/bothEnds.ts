import type { IDataObject } from 'n8n-workflow';

import { mayBeOneRecord } from '../../transport';
import { PageSize } from '../../transport/pageSize';
import type { Position } from '../../transport/pages';
import { allOf, type Ask, type Page, placeIn, reversed } from './ask';
import type { BadRows } from './badRows';
import { failsForAll } from './findBad';
import { LARGE_PAGE, type PolledList, timeOf } from './polledList';
import type { KeapQuery } from '../../transport';

/** A list from one end to the record at which it fails, or to its end. */
interface Stretch {
	readonly records: IDataObject[];
	/** Why it ended: at the end of the list, at a record that Keap can't write out, or because calls or time are used up. */
	readonly end: 'list' | 'record' | 'spent';
	readonly date: number | undefined;
}

/**
 * The rest of a list in which Keap fails to write out a record, and which can't be filtered by number: from here up to that record, and
 * from the other end down to it.
 *
 * @returns undefined when calls or time are used up
 * @throws the given error where not a single record can be read: then the fault lies in none of them
 */
export async function readFromBothEnds(
	ask: Ask,
	list: PolledList,
	bad: BadRows,
	query: KeapQuery,
	position: Position | undefined,
	error: unknown,
): Promise<Page | undefined> {
	const isUp = String(query.order_by).endsWith('asc');
	const guess = (way: KeapQuery): number => bad.offsets[String(way.order_by)]?.[0] ?? 0;
	const upTo = await stretch(ask, query, position, {
		guess: position === undefined ? guess(query) : 0,
		isKnown: (one) => bad.isBeside(isUp ? 'above' : 'below', keyOf(one)),
	});
	const { records, date, end } = upTo;
	if (end === 'spent') return undefined;
	if (end === 'list') return { records, next: undefined, date };
	const last = records.at(-1);
	// In a list without a filter the other end is far away; what lies beyond a known place was read when it was found.
	if (list.since === undefined && last !== undefined && bad.isBeside(isUp ? 'above' : 'below', keyOf(last)))
		return { records, next: undefined, date };
	const back = await stretch(ask, reversed(query), undefined, {
		guess: guess(reversed(query)),
		isKnown: (one) => bad.isBeside(isUp ? 'below' : 'above', keyOf(one)),
		until: new Set(records.map(keyOf)),
	});
	const beyond = back.records.reverse();
	const [first] = beyond;
	if (last === undefined && first === undefined) {
		const isDown = await failsForAll(ask, query);
		if (isDown === undefined) return undefined;
		if (isDown) throw error;
	}
	const [above, below] = isUp ? [last, first] : [first, last];
	const [a, b] = [above === undefined ? '' : keyOf(above), below === undefined ? '' : keyOf(below)];
	const place = `${a}|${b}`;
	// A neighbour may have come since, or have gone from what the filter lets through.
	const hadNone = (a !== '' && bad.knows(`${a}|`)) || (b !== '' && bad.knows(`|${b}`));
	const hasNone = (a === '' && bad.isBeside('below', b)) || (b === '' && bad.isBeside('above', a));
	const between = bad.knows(place) ? [] : await readApart(ask, list, query, above, below);
	if (between === undefined) return undefined;
	const known = new Set([...records, ...beyond].map(keyOf));
	if (position === undefined) bad.offsets[String(query.order_by)] = [records.length];
	bad.offsets[String(reversed(query).order_by)] = [beyond.length];
	const where = [above && `after the one with the ID ${String(above.id)}`, below && `before the one with the ID ${String(below.id)}`];
	const rest = back.end === 'spent' ? ' (the list is so long that not all beyond it could be read)' : '';
	bad.foundAt(place, hadNone || hasNone, `a record of its list ${where.filter(Boolean).join(' and ')}${rest}`);
	return { records: [...records, ...between.filter((record) => !known.has(keyOf(record))), ...beyond], next: undefined, date };
}

/**
 * Records of the same time as the one that Keap can't write out may stand behind it from both ends: in another order they do not.
 *
 * @param above the record above which the one stands that can't be written out, and the one below which it stands
 * @returns undefined when calls or time are used up
 */
async function readApart(
	ask: Ask,
	{ apart, order, position, since, ...list }: PolledList,
	{ filter }: KeapQuery,
	above: IDataObject | undefined,
	below: IDataObject | undefined,
): Promise<IDataObject[] | undefined> {
	if (apart === undefined || since === undefined) return [];
	const [from, to] = [above, below].map((record) => (record === undefined ? undefined : timeOf(record, position)));
	const query = {
		filter: allOf(
			from === undefined ? String(filter ?? '') : `${since}==${iso(from - MARGIN_MS)}`,
			to === undefined ? '' : `${apart.until}==${iso(to + MARGIN_MS)}`,
		),
		order_by: `${apart.order} asc`,
	};
	const records: IDataObject[] = [];
	for (const way of [query, reversed(query)]) {
		const { end, records: read } = await stretch(ask, way, undefined);
		if (end === 'spent') return undefined;
		records.push(...read);
		if (end === 'list') break;
	}
	const place = placeIn({ ...list, position }, { order_by: `${order ?? ''} asc` });
	return records.sort((left, right) => (place(left) ?? 0) - (place(right) ?? 0));
}

const iso = (time: number): string => new Date(time).toISOString();
/** Filters may mean "later than" and "earlier than". */
const MARGIN_MS = 1_000;

interface Hints {
	/** How many records stood before the one that can't be written out the last time. */
	readonly guess?: number;
	/** Whether such a record is known to stand behind this one. */
	readonly isKnown?: (record: IDataObject) => boolean;
	/** Records that have been read from the other end: no more is to be found behind them. */
	readonly until?: ReadonlySet<string>;
}

async function stretch(
	ask: Ask,
	query: KeapQuery,
	from: Position | undefined,
	{ guess = 0, isKnown = () => false, until = new Set() }: Hints = {},
): Promise<Stretch> {
	const sizes = new PageSize(LARGE_PAGE);
	const records: IDataObject[] = [];
	let [position, date]: [Position | undefined, number | undefined] = [from, undefined];
	let isGuess = guess > 0;
	for (;;) {
		const size = isGuess ? guess : sizes.next(Infinity);
		const page = await ask(query, size, position, size > 1).catch((error: unknown) => {
			if (!mayBeOneRecord(error)) throw error;
			return 'fails' as const;
		});
		if (page === undefined) return { records, end: 'spent', date };
		if (page === 'fails') {
			if (isGuess) isGuess = false;
			else if (!sizes.failed(size)) return { records, end: 'record', date };
			continue;
		}
		if (!isGuess) sizes.answered(size, page.records.length);
		const fresh = page.records.filter((record) => !until.has(keyOf(record)));
		records.push(...fresh);
		date = page.date;
		if (page.next === undefined || fresh.length < page.records.length) return { records, end: 'list', date };
		const last = page.records.at(-1);
		if (isGuess && last !== undefined && isKnown(last)) return { records, end: 'record', date };
		[position, isGuess] = [page.next, false];
	}
}

/** A record with its moment: the same record may stand in a list once more. */
const keyOf = (record: IDataObject): string => `${String(record.id)} ${String(record.applied_time ?? '')}`;
