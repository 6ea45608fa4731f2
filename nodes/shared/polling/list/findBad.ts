import { type KeapQuery, mayBeOneRecord } from '../../transport';
import type { Position } from '../../transport/pages';
import { allOf, type Ask, reversed } from './ask';
import type { BadRows } from './badRows';
import { LARGE_PAGE } from './polledList';

/** Numbers between two that are known, both left out; `above` is 0 and `below` Infinity where there is no bound. */
export interface Range {
	readonly above: number;
	readonly below: number;
}

/** A list as it can be asked for by number. */
export interface Numbered {
	/** The filter field, which is never given twice in one filter: Keap does not say what it makes of that. */
	readonly number: string;
	/** What `order_by` takes for the order of the numbers. */
	readonly order: string;
}

/** No record of any account has a higher number. */
const HIGHEST = 2 ** 40;
const FIRST_GUESS = 1_024;

/** The result of a search: a number, 'none' when the fault has passed, undefined when calls or time are used up. */
export type Found = number | 'none' | undefined;

/**
 * Looks for the number of a record that Keap fails to write out.
 *
 * @param query without a condition on the number
 * @param range where it is; a search of an earlier poll goes on where it was
 * @param reach how many of the first records of the query, within the range, are looked at: the record is among them
 * @returns what is known when calls or time are used up is noted in `bad`
 * @throws the given error when the list fails whatever is asked for: no record is to blame
 */
export async function findBad(
	ask: Ask,
	{ number }: Numbered,
	bad: BadRows,
	query: KeapQuery,
	range: Range,
	reach: number,
	error: unknown,
): Promise<Found> {
	const fails = async (condition: string, probes = true): Promise<boolean | undefined> =>
		await failsWithin(ask, { ...query, filter: allOf(String(query.filter ?? ''), condition) }, reach, probes);
	const isDown = await failsForAll(ask, query);
	if (isDown === undefined) return undefined;
	if (isDown) throw error;
	const found =
		range.above === 0
			? await halve(bad, 'lowest', range, async (middle) => await fails(`${number}<${middle + 1}`))
			: await halve(bad, 'highest', range, async (middle) => not(await fails(`${number}>${middle}`)));
	if (typeof found !== 'number') return found;
	const isIt = await fails(`${number}==${found}`, false);
	if (isIt === undefined) return undefined;
	bad.search = undefined;
	return isIt ? found : 'none';
}

const not = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

/** @param isUpTo whether the record is among the numbers up to this one */
async function halve(
	bad: BadRows,
	from: 'lowest' | 'highest',
	range: Range,
	isUpTo: (middle: number) => Promise<boolean | undefined>,
): Promise<Found> {
	const known = bad.search?.from === from ? bad.search : undefined;
	let above = known !== undefined && known.above > range.above && known.above < range.below ? known.above : range.above;
	let upTo = known?.upTo !== undefined && known.upTo > above && known.upTo < range.below ? known.upTo : range.below - 1;
	while (upTo - above > 1) {
		const further = from === 'lowest' ? Math.max(FIRST_GUESS, above * 2) : above + Math.max(1, above - range.above);
		const middle = Number.isFinite(upTo) ? Math.floor((above + upTo) / 2) : further;
		if (middle > HIGHEST) return 'none';
		const isBelow = await isUpTo(middle);
		if (isBelow === undefined) {
			bad.search = { from, above, ...(Number.isFinite(upTo) && { upTo }) };
			return undefined;
		}
		if (isBelow) upTo = middle;
		else above = middle;
	}
	return upTo;
}

/** Numbers that are asked for one by one where no number between two can be read. */
const FEW = 10;

/**
 * Between two known numbers, where the next record below the higher one can't be read: which one it is.
 *
 * @param query without a condition on the number
 * @returns 'none' when it is the record of the lower number itself
 */
export async function findBelow(ask: Ask, { number, order }: Numbered, query: KeapQuery, { above, below }: Range): Promise<Found> {
	const failsFor = async (condition: string, probes = true): Promise<boolean | undefined> =>
		await failsWithin(ask, { ...query, filter: allOf(String(query.filter ?? ''), condition), order_by: `${order} desc` }, 1, probes);
	let [reads, failsBelow]: [number | undefined, number] = [undefined, below];
	for (let step = 1; reads === undefined && below - step > above + 1; step *= 2) {
		const isBad = await failsFor(`${number}<${below - step}`);
		if (isBad === undefined) return undefined;
		if (isBad) failsBelow = below - step;
		else reads = below - step;
	}
	const guesses: number[] = [];
	if (reads === undefined) for (let guess = below - 1; guess > above && guess >= below - FEW; guess--) guesses.push(guess);
	else {
		while (failsBelow - reads > 1) {
			const middle = Math.floor((reads + failsBelow) / 2);
			const isBad = await failsFor(`${number}<${middle}`);
			if (isBad === undefined) return undefined;
			if (isBad) failsBelow = middle;
			else reads = middle;
		}
		guesses.push(failsBelow - 1);
	}
	for (const guess of guesses) {
		const isBad = await failsFor(`${number}==${guess}`, false);
		if (isBad === undefined) return undefined;
		if (isBad) return guess;
	}
	return 'none';
}

export function asFailure(error: unknown): 'fails' {
	if (!mayBeOneRecord(error)) throw error;
	return 'fails';
}

/**
 * Whether Keap fails at the first record of the whole list and at the last one: then no single record is to blame.
 *
 * @returns undefined when calls or time are used up
 */
export async function failsForAll(ask: Ask, { order_by: order }: KeapQuery): Promise<boolean | undefined> {
	const first = await failsWithin(ask, { order_by: order }, 1, false);
	return first === true ? await failsWithin(ask, reversed({ order_by: order }), 1, false) : first;
}

/** Whether Keap fails at one of the first records; undefined when calls or time are used up. */
async function failsWithin(ask: Ask, query: KeapQuery, reach: number, probes: boolean): Promise<boolean | undefined> {
	let position: Position | undefined;
	for (let left = reach; left > 0;) {
		const page = await ask(query, Math.min(left, LARGE_PAGE), position, probes).catch(asFailure);
		if (page === undefined) return undefined;
		if (page === 'fails') return true;
		if (page.next === undefined) return false;
		left -= page.records.length;
		position = page.next;
	}
	return false;
}
