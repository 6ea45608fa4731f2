import type { IDataObject } from 'n8n-workflow';

import { advance, type Checkpoint } from '../checkpoint/checkpoint';
import { allOf } from '../list/ask';
import { idOf, timeOf, type Watched } from '../list/polledList';
import type { PollSession } from '../list/pollSession';
import type { Position } from '../../transport/pages';
import { readChanges } from '../reading/readChanges';
import { iso } from '../reading/listReader';
import { startCheckpoint } from '../reading/start';
import type { Comparison, ComparisonWork, Found } from './comparison';
import { type Open, readOpen, writeOpen } from './open';
import { readUpwards } from './upwards';

/** Records that become something once, and stay it: orders that become paid. */
export interface Becoming {
	/** The records, by number. */
	readonly records: Watched;
	/** The filter of those that are not yet what is waited for, and of those that are. */
	readonly before: string;
	readonly after: string;
	/** A list whose new records show which of the records may have become it, and the filter for its records since a time. */
	readonly hints: Watched;
	readonly hintsSince: string;
	readonly hinted: (record: IDataObject) => readonly number[];
	/** Names for what is kept of the records and of the hints that Keap can't write out. */
	readonly unreadable: readonly [records: string, hints: string];
}

/** Records in one call by their IDs. */
const AT_ONCE = 100;
/** So many records may wait for being looked at; before more are taken in, these are. */
const AHEAD = 2_000;
const NOTES = 'open';

/**
 * The memory holds the numbers of the records that are not yet what is waited for. New records come in, whatever they are; Keap's own
 * filter says which of them are it, and those are delivered and forgotten. The filter is asked about the records of new hints, about new
 * records, and with what is left of the hundred about some others in turn: what no hint shows is found a few polls later.
 */
export const becoming = (kind: Becoming): Comparison => ({
	lists: { [kind.unreadable[0]]: kind.records.list, [kind.unreadable[1]]: kind.hints.list },
	find: async (work) => await new Poll(kind, work).find(),
	sample: async (session, size, filter) => {
		const page = await session.page(kind.records, { filter: allOf(kind.after, filter), order_by: 'id desc' }, size);
		return (page?.records ?? []).slice(0, size);
	},
});

const NOTHING: Found = { records: [], isFirst: true, settle: () => undefined };

class Poll {
	private readonly session: PollSession;
	private readonly open: Open;
	private readonly moved = new Map<string, Checkpoint>();

	constructor(
		private readonly kind: Becoming,
		private readonly work: ComparisonWork,
	) {
		this.session = work.session;
		this.open = readOpen(work.store.readNotes(NOTES));
	}

	async find(): Promise<Found> {
		const { records, hints } = this.kind;
		const isFirst = !this.open.isWhole;
		// First the hints: what they show may be in the list of records already, never the other way round.
		const hinted = await this.fresh('hints', hints, undefined);
		const added = hinted && (await this.fresh('new', records, this.work.from));
		if (hinted === undefined || added === undefined) return { ...NOTHING, settle: () => this.settle([], []) };
		for (const record of added) if (this.isOfTheTime(record)) this.open.add(idOf(record));
		for (const record of hinted) this.open.hint(this.kind.hinted(record));
		if (isFirst && !(await this.readThoseBefore())) return { ...NOTHING, settle: () => this.settle([], []) };
		if (this.work.from === undefined) this.open.hasHints = true;
		else if (!this.open.hasHints) await this.readHintsSince(this.work.from);
		const found = (await this.check()).sort((left, right) => (idOf(left) ?? 0) - (idOf(right) ?? 0));
		return { records: found.slice(0, this.work.limit), isFirst, settle: (taken) => this.settle(found.slice(0, taken), found.slice(taken)) };
	}

	/** Numbers follow the times of creation only by and large: some records from before the beginning are read, too. */
	private isOfTheTime(record: IDataObject): boolean {
		const { created } = this.kind.records.list;
		return this.work.from === undefined || created === undefined || (timeOf(record, created) ?? Infinity) >= this.work.from;
	}

	/** What is new in a list that is read by number; nothing in the poll that begins, unless it begins at an earlier time. */
	private async fresh(name: string, watched: Watched, from: number | undefined): Promise<IDataObject[] | undefined> {
		const known = this.work.store.read(name);
		const checkpoint = known ?? (await startCheckpoint(this.session, watched, from));
		if (checkpoint === undefined) return undefined;
		this.moved.set(name, checkpoint);
		const limit = AHEAD - this.open.due.size;
		if (limit <= 0 || (known === undefined && from === undefined)) return [];
		const pass = await readChanges(this.session, watched, checkpoint, limit);
		const { taken, next } = advance(checkpoint, watched.list.kind, pass, limit);
		this.moved.set(name, next);
		return taken.map(({ record }) => record);
	}

	/** Begins the memory: the records that are not yet it. @returns whether all were read */
	private async readThoseBefore(): Promise<boolean> {
		const { open, session } = this;
		const { before, records } = this.kind;
		const watched = { ...records, filter: allOf(records.filter, before) };
		const take = (page: readonly IDataObject[]): void => page.forEach((record) => open.add(idOf(record), 'known'));
		let read = await readUpwards(session, watched, open.readTo, take);
		// An empty answer may be wrong: taken as it is, none of these would ever be delivered.
		if (read.isEnd && read.after === 0) read = await readUpwards(session, watched, 0, take);
		open.readTo = read.after;
		open.isWhole = read.isEnd;
		return read.isEnd;
	}

	/** Takes in what the hints show since the moment from which on what has happened is to be delivered. */
	private async readHintsSince(from: number): Promise<void> {
		const { open, session } = this;
		const { hints, hintsSince, hinted } = this.kind;
		const { counts = () => true, filter } = hints;
		const watched = { ...hints, filter: allOf(filter, `${hintsSince}==${iso(from)}`) };
		while (!open.hasHints && open.due.size < AHEAD) {
			const take = (page: readonly IDataObject[]): void =>
				page
					.filter(counts)
					.flatMap(hinted)
					.forEach((id) => open.add(id));
			const { after, isEnd } = await readUpwards(session, watched, open.hintsReadTo, take, 1);
			if (!isEnd && after === open.hintsReadTo) return;
			open.hintsReadTo = after;
			open.hasHints = isEnd;
		}
	}

	private async check(): Promise<IDataObject[]> {
		const { kind, open, session } = this;
		const { filter, limit } = this.work;
		const found = new Map<number, IDataObject>();
		for (let ids = open.next(AT_ONCE); ids.length > 0 && found.size < limit; ids = open.next(AT_ONCE)) {
			const asked = new Set(ids);
			const watched = { ...kind.records, filter: allOf(kind.records.filter, `ids==${ids.join(',')}`, kind.after, filter) };
			let token: Position | undefined;
			do {
				const page = await session.page(watched, { order_by: 'id asc' }, AT_ONCE, token);
				if (page === undefined) return [...found.values()];
				for (const record of page.records) {
					const id = idOf(record);
					// An answer counts only for what was asked.
					if (id !== undefined && asked.has(id)) found.set(id, record);
				}
				token = page.next;
			} while (token !== undefined);
			open.checked(ids);
		}
		return [...found.values()];
	}

	private settle(taken: readonly IDataObject[], left: readonly IDataObject[]): void {
		for (const record of taken) this.open.remove(idOf(record));
		for (const record of left) this.open.add(idOf(record));
		for (const [name, checkpoint] of this.moved) this.work.store.write(name, checkpoint);
		this.work.store.writeNotes(NOTES, writeOpen(this.open));
	}
}
