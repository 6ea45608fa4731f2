import type { IDataObject } from 'n8n-workflow';

import { type KeapQuery, mayBeOneRecord } from '../../transport';
import type { Ask, Page } from './ask';
import type { BadRows } from './badRows';

const WAY = 'offset';

/**
 * A page of a list that is read by offset, without the records that Keap fails to write out: they are stepped over.
 *
 * @returns undefined when calls or time are used up
 * @throws the given error where not a single record of the page can be read
 */
export async function readAroundByOffset(
	ask: Ask,
	bad: BadRows,
	query: KeapQuery,
	size: number,
	offset: number,
	error: unknown,
): Promise<Page | undefined> {
	const records: IDataObject[] = [];
	const missing: Array<{ offset: number; after: string }> = [];
	let last: Page | undefined;
	// Known places first: the stretches between them are then read by a call each.
	const known = (bad.offsets[WAY] ?? []).filter((place) => place >= offset && place < offset + size);
	const cuts = [...new Set([offset, ...known.flatMap((place) => [place, place + 1]), offset + size])];
	const queue = cuts.slice(1).map((end, index): [from: number, to: number] => [cuts[index] ?? 0, end]);
	for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
		const [from, to] = part;
		const page = await ask(query, to - from, from, to - from > 1).catch((failure: unknown) => {
			if (!mayBeOneRecord(failure)) throw failure;
			return 'fails' as const;
		});
		if (page === undefined) return undefined;
		if (page !== 'fails') {
			records.push(...page.records);
			last = page;
			// Behind the last record there is nothing to look for.
			if (page.next === undefined) break;
			continue;
		}
		if (to - from === 1) missing.push({ offset: from, after: String(records.at(-1)?.id ?? '') });
		else {
			const middle = from + Math.ceil((to - from) / 2);
			queue.unshift([from, middle], [middle, to]);
		}
	}
	if (records.length === 0) throw error;
	bad.offsets[WAY] = missing.map(({ offset: at }) => at);
	for (const { offset: at, after } of missing)
		bad.foundAt(
			after === '' ? `offset ${at}` : `after ${after}`,
			false,
			`record number ${at + 1} of its list${after === '' ? '' : ` (after the one with the ID ${after})`}`,
		);
	const isEnd = last?.next === undefined && (missing.at(-1)?.offset ?? -1) < offset + size - 1;
	return { records, next: isEnd ? undefined : offset + size, date: last?.date };
}
