import type { IDataObject } from 'n8n-workflow';

import type { Place } from './place';

/** The one name under which n8n's static data of the node keeps the place. */
const NAME = 'place';

/**
 * Reads the place from n8n's static data.
 *
 * @param watch what is watched, as text: a place in another list, tag or account is none
 * @returns undefined when there is none yet, or none that can be used
 */
export function readPlace(data: IDataObject, watch: string): Place | undefined {
	const stored = data[NAME];
	if (!isObject(stored) || stored.watch !== watch || !isNumber(stored.at) || !isObject(stored.seen) || !Array.isArray(stored.marks))
		return undefined;
	const seen = Object.fromEntries(Object.entries(stored.seen).filter((entry): entry is [string, number] => isNumber(entry[1])));
	const marks = (stored.marks as unknown[]).flatMap((mark): Array<readonly [number, number]> =>
		Array.isArray(mark) && isNumber(mark[0]) && isNumber(mark[1]) ? [[mark[0], mark[1]]] : [],
	);
	return { at: stored.at, seen, marks, ...(isNumber(stored.lag) && { lag: stored.lag }) };
}

/** Writes it whole, in one go: a poll that fails before has moved nothing. */
export function writePlace(data: IDataObject, watch: string, { at, seen, marks, lag }: Place): void {
	data[NAME] = { watch, at, seen: { ...seen }, marks: marks.map((mark) => [...mark]), ...(lag !== undefined && { lag }) };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
