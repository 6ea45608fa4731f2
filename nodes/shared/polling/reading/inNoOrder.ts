import type { IDataObject } from 'n8n-workflow';

import type { Position } from '../../transport/pages';
import type { Pass } from '../checkpoint/checkpoint';
import { LARGE_PAGE } from '../list/polledList';
import { iso, type ListReader } from './listReader';

/**
 * The whole list, or where Keap can be asked so what it has from the watermark on, by page tokens. Pages shift when records go: where anything new was found behind the first page, and where
 * it took more than one poll, the watermark stays, and all is read once more.
 */
export async function readInNoOrder(reader: ListReader): Promise<Pass<IDataObject>> {
	const { watermark, progress } = reader.checkpoint;
	const going = progress !== undefined && 'token' in progress && !('from' in progress) ? progress.token : undefined;
	const query = reader.watched.list.since === undefined ? {} : { [reader.watched.list.since]: iso(Math.max(0, reader.filterFrom)) };
	let token: Position | undefined = going;
	let isSure = going === undefined;
	const ended = (isEnd: boolean): Pass<IDataObject> =>
		reader.passOf({
			reach: isEnd && isSure ? Infinity : watermark - 1,
			whole: isEnd && going === undefined,
			// What the limit leaves out may be on any page.
			resume: (last) => (isEnd || last !== undefined || token === undefined ? undefined : { token }),
		});
	for (;;) {
		let page =
			token !== undefined && token === going
				? await reader.pageAgain(query, LARGE_PAGE, token)
				: await reader.page(query, LARGE_PAGE, token);
		if (page === 'gone') page = await reader.page(query, LARGE_PAGE, (token = undefined));
		if (page === undefined) return ended(false);
		if (token !== undefined && page.fresh > 0) isSure = false;
		if (page.next === undefined) return ended(true);
		token = page.next;
	}
}
