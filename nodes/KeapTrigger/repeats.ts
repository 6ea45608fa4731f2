import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Repeats } from './settings';

/** What was passed on lately: a short hash of each item, with the minute (since 1970) in which it came. */
export type Seen = Record<string, number>;

/** n8n writes this with every delivery: a bound on its size. */
const MOST = 3_000;
const MINUTE_MS = 60_000;

const TIMES = ['timestamp', 'timeStamp'];

const sorted = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]));
};

/** @returns undefined when it can't be told whether an item is a repeat: without a time, each may be a change of its own */
function nameOf(item: IDataObject, what: Repeats['what']): string | undefined {
	if (what === 'delivery' && !TIMES.some((name) => item[name] !== undefined)) return undefined;
	const told = what === 'record' ? Object.fromEntries(Object.entries(item).filter(([name]) => !TIMES.includes(name))) : item;
	return createHash('sha256').update(JSON.stringify(sorted(told))).digest('base64url').slice(0, 12);
}

/**
 * Leaves out what came before within the window.
 *
 * @param now epoch milliseconds
 * @returns what is new, and what to remember for the next delivery
 */
export function withoutRepeats(items: readonly IDataObject[], seen: Readonly<Seen>, { what, windowMs }: Repeats, now: number): { fresh: IDataObject[]; seen: Seen } {
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
