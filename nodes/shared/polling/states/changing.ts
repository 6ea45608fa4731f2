import type { IDataObject } from 'n8n-workflow';

import type { KeapQuery } from '../../transport';
import type { Position } from '../../transport/pages';
import { SETTLE_MS } from '../checkpoint/checkpoint';
import { allOf } from '../list/ask';
import { idOf, LARGE_PAGE, SMALL_PAGE, timeOf, type Watched } from '../list/polledList';
import type { PollSession } from '../list/pollSession';
import type { Comparison, ComparisonWork, Found } from './comparison';
import { readStatuses, type Statuses } from './statuses';
import { readUpwards } from './upwards';

/** Records that are in one of two statuses, and may go from one to the other and back. */
export interface Changing {
	/** The records: by number, and ordered by the time of their change. */
	readonly records: Watched;
	/** The two statuses; of too many records, those in the first are kept in memory. */
	readonly statuses: Statuses['words'];
	/** @returns undefined for a record that doesn't show it */
	readonly statusOf: (record: IDataObject) => string | undefined;
	/** Name for what is kept of records that Keap can't write out. */
	readonly unreadable: string;
}

/** Records in one call by their IDs. */
const AT_ONCE = 100;
const NOTES = 'statuses';

/**
 * The memory holds the status of each record. Each poll reads a page of the list in turn, so a list of one page whole; of a longer one
 * also the records that were changed last. A record whose status is another one than in memory is delivered with both.
 */
export const changing = (kind: Changing): Comparison => ({
	lists: { [kind.unreadable]: kind.records.list },
	find: async (work) => await new Poll(kind, work).find(),
	sample: async (session, size, filter) => {
		const page = await session.page({ ...kind.records, ...(filter !== undefined && { filter }) }, newestFirst(kind), size);
		return (page?.records ?? []).slice(0, size).map((record) => withStatuses(record, null, kind.statusOf(record) ?? null));
	},
});

const newestFirst = ({ records: { list } }: Changing): KeapQuery => ({ order_by: `${list.order ?? ''} desc` });

const withStatuses = (record: IDataObject, before: string | null, now: string | null): IDataObject => ({
	...record,
	old_status: before,
	new_status: now,
});

interface Change {
	readonly id: number;
	readonly time: number | undefined;
	readonly before: string;
	readonly now: string;
	readonly record: IDataObject;
}

class Poll {
	private readonly session: PollSession;
	private readonly statuses: Statuses;
	private readonly changes = new Map<number, Change>();

	constructor(
		private readonly kind: Changing,
		private readonly work: ComparisonWork,
	) {
		this.session = work.session;
		this.statuses = readStatuses(kind.statuses, work.store.readNotes(NOTES));
	}

	async find(): Promise<Found> {
		const { session, statuses } = this;
		const isFirst = !statuses.isWhole;
		const before = { after: statuses.after, newest: statuses.newest };
		const take = (records: readonly IDataObject[]): void => records.forEach((record) => this.compare(record));
		const read = await readUpwards(session, this.kind.records, statuses.after, take, isFirst ? Infinity : 1);
		const isAll = read.isEnd && before.after === 0;
		statuses.after = read.isEnd ? 0 : read.after;
		statuses.isWhole ||= read.isEnd;
		if (!isAll && !isFirst) await this.readChanged();
		const all = [...this.changes.values()].sort((left, right) => (left.time ?? 0) - (right.time ?? 0) || left.id - right.id);
		const found = all.slice(0, this.work.limit);
		const wanted = await this.wantedOf(found);
		return {
			records: (wanted ?? []).map(({ record, before: old, now }) => withStatuses(record, old, now)),
			isFirst,
			settle: (taken) => {
				const end = wanted?.[taken];
				const settled = wanted === undefined ? [] : end === undefined ? found : found.slice(0, found.indexOf(end));
				for (const { id, now, time } of settled) statuses.set(id, now, time);
				// What is left is found again where it was found.
				if (settled.length < all.length) Object.assign(statuses, before);
				this.work.store.writeNotes(NOTES, statuses.toJSON());
			},
		};
	}

	/** Those that the filter lets through; undefined when calls or time are used up. */
	private async wantedOf(found: readonly Change[]): Promise<readonly Change[] | undefined> {
		const { filter } = this.work;
		if (filter === undefined || found.length === 0) return found;
		const ids = new Set<number | undefined>();
		for (let at = 0; at < found.length; at += AT_ONCE) {
			const some = found.slice(at, at + AT_ONCE).map(({ id }) => id);
			const watched = { ...this.kind.records, filter: allOf(`ids==${some.join(',')}`, filter) };
			let token: Position | undefined;
			do {
				const page = await this.session.page(watched, { order_by: 'id asc' }, AT_ONCE, token);
				if (page === undefined) return undefined;
				page.records.forEach((record) => ids.add(idOf(record)));
				token = page.next;
			} while (token !== undefined);
		}
		return found.filter(({ id }) => ids.has(id));
	}

	/** The records that were changed since the poll before, and somewhat earlier: a change may become visible after newer ones. */
	private async readChanged(): Promise<void> {
		const { kind, session, statuses } = this;
		const { list } = kind.records;
		let [size, token, newest]: [number, Position | undefined, number] = [SMALL_PAGE, undefined, statuses.newest];
		for (;;) {
			const page = await session.page(kind.records, newestFirst(kind), size, token);
			if (page === undefined) return;
			const times = page.records.flatMap((record) => timeOf(record, list.position) ?? []);
			page.records.forEach((record) => this.compare(record));
			newest = Math.max(newest, ...times);
			const lowest = times.at(-1);
			if (page.next === undefined || lowest === undefined || lowest < statuses.newest - SETTLE_MS || statuses.newest === 0) break;
			[size, token] = size === SMALL_PAGE ? [LARGE_PAGE, undefined] : [size, page.next];
		}
		statuses.newest = newest;
	}

	private compare(record: IDataObject): void {
		const { kind, statuses, changes } = this;
		const [id, now, time] = [idOf(record), kind.statusOf(record), timeOf(record, kind.records.list.position)];
		if (id === undefined || now === undefined || statuses.isOlder(id, time)) return;
		const seen = changes.get(id);
		if (seen !== undefined && (time ?? -Infinity) < (seen.time ?? -Infinity)) return;
		const before = statuses.get(id);
		if (before === undefined) statuses.set(id, now);
		else if (before === now) changes.delete(id);
		else changes.set(id, { id, time, before, now, record });
	}
}
