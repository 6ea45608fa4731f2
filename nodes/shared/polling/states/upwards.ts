import type { IDataObject } from 'n8n-workflow';

import type { Position } from '../../transport/pages';
import { allOf } from '../list/ask';
import { idOf, LARGE_PAGE, type Watched } from '../list/polledList';
import type { PollSession } from '../list/pollSession';

/**
 * A list by number upwards. Each page begins behind the last number of the one before: none is skipped, whatever comes or goes.
 *
 * @param after the number to begin behind
 * @param pages pages to read at most
 * @returns the number to go on behind, and whether the end of the list was reached
 */
export async function readUpwards(
	session: PollSession,
	watched: Watched,
	after: number,
	take: (records: readonly IDataObject[]) => void,
	pages = Infinity,
): Promise<{ readonly after: number; readonly isEnd: boolean }> {
	let [last, token]: [number, Position | undefined] = [after, undefined];
	for (let read = 0; read < pages; read++) {
		const query = { filter: allOf(`${watched.list.number ?? 'id'}>${last}`), order_by: 'id asc' };
		const page = await session.page(watched, query, LARGE_PAGE, token);
		if (page === undefined) break;
		take(page.records);
		const highest = page.records.reduce((most, record) => Math.max(most, idOf(record) ?? most), last);
		if (page.next === undefined) return { after: highest, isEnd: true };
		// A page may be empty and still have a next one.
		token = highest > last ? undefined : page.next;
		last = highest;
	}
	return { after: last, isEnd: false };
}
