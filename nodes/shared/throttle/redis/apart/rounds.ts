/** Keap's minute has so many times the distance between two calls that its second has (120 a minute, five a second). */
const MINUTE_TO_SECOND = 2.5;
/** Turns that the first calls of many are spread over: fifty processes then come at the pace of the minute. */
export const CENSUS_TURNS = 96;
const CENSUS_MORE_MS = 1_000;
/** After the census each has its second call, one after the other, a little slower than the minute allows. */
const COUNT_SLOWER = 1.2;
/** Rounds of fewer turns than these rather use up the minute too soon than leave a part of it. */
const SHORT = 40;

/** Whether so many processes use up more than a minute has when each calls once in so many turns. */
export const isTooFast = (processes: number, turns: number): boolean => turns < processes * MINUTE_TO_SECOND;

/**
 * Turns of a round in which each of so many processes calls once, at the pace of the minute: a power of two, so that places of
 * different rounds fit.
 */
export function turnsFor(processes: number): number {
	const turns = Math.max(1, processes * MINUTE_TO_SECOND);
	return 2 ** (turns < SHORT ? Math.floor(Math.log2(turns)) : Math.round(Math.log2(turns)));
}

/** The power of two that is no less. */
export function powerAbove(processes: number): number {
	return 2 ** Math.max(0, Math.ceil(Math.log2(processes)));
}

/**
 * When the process whose call of the census Keap has given this number may look how many there are, in milliseconds from its own
 * beginning.
 *
 * @param gap milliseconds between two calls of all processes together
 */
export function countsAfter(number: number, gap: number): number {
	return CENSUS_TURNS * gap + CENSUS_MORE_MS + number * gap * MINUTE_TO_SECOND * COUNT_SLOWER;
}
