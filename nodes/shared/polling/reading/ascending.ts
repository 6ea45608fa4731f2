import type { IDataObject } from 'n8n-workflow';

import type { Position } from '../../transport/pages';
import type { Change, Pass, Progress } from '../checkpoint/checkpoint';
import { LARGE_PAGE } from '../list/polledList';
import { FILTER_MARGIN_MS, iso, type ListReader } from './listReader';

/** Part of the limit that is as good as all of it: pages overlap, so a full page brings a few records less than it holds. */
const NEARLY = 0.95;

/**
 * By time upwards. Each page begins where the one before ended by time, not by page token: nothing is skipped when records
 * move to the end meanwhile. Only more changes of one time than a page holds have to be read by token; as pages by token
 * shift when records move or go, these are read once more from their beginning, until nothing new is found among them.
 */
export async function readAscending(reader: ListReader): Promise<Pass<IDataObject>> {
	const { list } = reader.watched;
	const { watermark, progress } = reader.checkpoint;
	const lowest = reader.filterFrom;
	const going = progress !== undefined && 'from' in progress && progress.from >= lowest ? progress : undefined;
	const isVerified = going === undefined || going.verified === true;
	let [from, token]: [number, Position | undefined] = [going?.from ?? lowest, going?.token];
	let isSure = token === undefined || isVerified;
	/** From where pages must be read again, when that is before the page that is read now. */
	let behind: number | undefined;

	const here = (): Progress => {
		const isUnchanged = isVerified && reader.isQuiet;
		return { from, ...(token !== undefined && { token }), ...(isUnchanged && { verified: true }) };
	};
	/** @param pageAt where the last page read began. Changes that the limit leaves out are on that page, or no earlier than the last change taken */
	const ended = (reach: number, next: Progress | undefined, pageAt: Progress): Pass<IDataObject> => {
		const again = isSure ? next : { from: behind ?? from };
		return reader.passOf({
			reach: isSure ? reach : Math.max(watermark, behind ?? from) - 1,
			whole: isVerified && isSure && reach === Infinity,
			resume: (last) => {
				if (behind !== undefined) return { from: behind };
				if (last !== undefined) return leftOut(pageAt, last);
				return next !== undefined && 'token' in next ? next : again;
			},
		});
	};
	const page = async () => {
		const query = { filter: `${list.since ?? ''}==${iso(from)}`, order_by: `${list.order ?? ''} asc` };
		if (token === undefined || token !== going?.token) return await reader.page(query, LARGE_PAGE, token);
		const again = await reader.pageAgain(query, LARGE_PAGE, token);
		if (again !== 'gone') return again;
		token = undefined;
		return await reader.page(query, LARGE_PAGE);
	};
	for (;;) {
		const found = await page();
		const pageAt = here();
		if (found === undefined) return ended(from, pageAt, pageAt);
		const { changes, next, fresh } = found;
		if (token !== undefined && fresh > 0) isSure = false;
		const last = Math.max(from, changes.at(-1)?.position ?? from);
		if (next === undefined) return ended(Infinity, undefined, pageAt);
		if (last - FILTER_MARGIN_MS <= from) token = next;
		else {
			if (!isSure) behind ??= from;
			[from, token] = [last - FILTER_MARGIN_MS, undefined];
		}
		if (reader.hasEnough(NEARLY)) return ended(last, here(), pageAt);
	}
}

function leftOut(pageAt: Progress, last: Change<IDataObject>): Progress | undefined {
	if (!('from' in pageAt)) return undefined;
	const { from, token } = pageAt;
	return token === undefined ? { from: Math.max(from, last.position - FILTER_MARGIN_MS) } : { from, token };
}
