import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Repeats } from '../form/settings';

/** What was passed on lately: a short hash of each item, with the minute (since 1970) in which it came. */
export type Seen = Record<string, number>;

/** n8n writes this with every delivery: a bound on its size. */
const MOST = 3_000;
const MINUTE_MS = 60_000;

const TIMES = ['timestamp', 'timeStamp'];

const entriesOf = (value: unknown): Array<[string, unknown]> => (typeof value === 'object' && value !== null ? Object.entries(value) : []);

/** Whether a time stands in it, however deep: tag events have one for each contact. */
const hasTime = (value: unknown): boolean =>
	entriesOf(value).some(([name, inner]) => (TIMES.includes(name) && inner !== undefined) || hasTime(inner));

/** The same with fields in order, and without times if wanted. */
function sorted(value: unknown, timeless: boolean): unknown {
	if (Array.isArray(value)) return value.map((inner) => sorted(inner, timeless));
	if (typeof value !== 'object' || value === null) return value;
	const wanted = entriesOf(value).filter(([name]) => !timeless || !TIMES.includes(name));
	return Object.fromEntries(
		wanted.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, inner]) => [name, sorted(inner, timeless)]),
	);
}

/** @returns undefined when it can't be told whether an item is a repeat: without a time, each may be a change of its own */
function nameOf(item: IDataObject, what: Repeats['what']): string | undefined {
	if (what === 'delivery' && !hasTime(item)) return undefined;
	return createHash('sha256')
		.update(JSON.stringify(sorted(item, what === 'record')))
		.digest('base64url')
		.slice(0, 12);
}

/**
 * Leaves out what came before within the window.
 *
 * @param now epoch milliseconds
 * @returns what is new, and what to remember for the next delivery
 */
export function withoutRepeats(
	items: readonly IDataObject[],
	seen: Readonly<Seen>,
	{ what, windowMs }: Repeats,
	now: number,
): { fresh: IDataObject[]; seen: Seen } {
	if (what === 'nothing') return { fresh: [...items], seen: {} };
	const since = Math.floor((now - windowMs) / MINUTE_MS);
	const remembered = new Map(Object.entries(seen).filter(([, minute]) => minute >= since));
	const fresh = items.filter((item) => {
		const name = nameOf(item, what);
		if (name === undefined) return true;
		if (remembered.has(name)) return false;
		remembered.set(name, Math.floor(now / MINUTE_MS));
		return true;
	});
	const youngest = [...remembered].sort(([, one], [, other]) => one - other).slice(-MOST);
	return { fresh, seen: Object.fromEntries(youngest) };
}
