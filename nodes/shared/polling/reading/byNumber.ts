import type { IDataObject } from 'n8n-workflow';

import type { Position } from '../../transport/pages';
import { type Pass, type Progress, settledTime } from '../checkpoint/checkpoint';
import { idOf, LARGE_PAGE } from '../list/polledList';
import { iso, type ListReader } from './listReader';

/**
 * By number upwards. Each page begins behind the last number of the one before: no number comes twice and none is skipped.
 *
 * Changes that are filtered by time and read by number come in no order of time: only when the list has been read whole may
 * the watermark move, to where it could have moved when the reading began.
 */
export async function readByNumber(reader: ListReader): Promise<Pass<IDataObject>> {
	const { list } = reader.watched;
	const { watermark, progress } = reader.checkpoint;
	const going = progress !== undefined && 'after' in progress ? progress : undefined;
	const isTime = list.kind === 'time';
	const since = list.since === undefined ? '' : `${list.since}==${iso(reader.filterFrom)};`;
	let after = going?.after ?? (isTime ? 0 : watermark - 1);
	let token: Position | undefined;

	const settled = () => going?.watermark ?? Math.max(watermark, settledTime(reader.seen, Date.now()));
	const at = (number: number): Progress => ({ after: number, ...(isTime && { watermark: settled() }) });
	const ended = (isEnd: boolean): Pass<IDataObject> => {
		const whole = isEnd && going === undefined;
		const next = isEnd ? undefined : at(after);
		const reach = isEnd ? Infinity : after;
		return reader.passOf({
			reach: !isTime || whole ? reach : -Infinity,
			whole,
			takenBy: 'id',
			...(isTime && isEnd && !whole && { watermark: settled() }),
			resume: (last) => (last === undefined ? next : at(Number(last.id))),
		});
	};
	for (;;) {
		const page = await reader.page({ filter: `${since}${list.number ?? ''}>${after}`, order_by: 'id asc' }, LARGE_PAGE, token);
		if (page === undefined) return ended(false);
		const last = page.records.reduce((most, record) => Math.max(most, idOf(record) ?? most), after);
		if (page.next === undefined) return ended(true);
		// A page may be empty and still have a next one.
		token = last > after ? undefined : page.next;
		after = last;
		if (reader.hasEnough()) return ended(false);
	}
}
