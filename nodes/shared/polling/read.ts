import type { IDataObject } from 'n8n-workflow';

import type { KeapContext, KeapQuery } from '../transport';
import type { Position } from '../transport/pages';
import { type Change, isFresh, type Pass, type Place } from './place';
import { changeOf, endless, type Page, positionOf, readPage, type Watched } from './polledList';

/** Records a call where the filter leaves out what is old. */
export const FILTERED_PAGE = 1_000;
/** Records a call where it doesn't: most of them are known already. */
export const NEWEST_PAGE = 100;
/** A time filter may mean "later than", and the list may keep parts of a second that it doesn't show. */
const FILTER_MARGIN_MS = 1_000;
/** No list of changes is longer; one that is goes in circles. */
const MOST_PAGES = 2_000;

/** Reads what the list has above the place: all of it, or enough for `limit` changes where it can be read in order. */
export async function readChanges(context: KeapContext, watched: Watched, place: Place, limit: number): Promise<Pass<IDataObject>> {
	const reader = new Reader(context, watched, place, limit);
	const { reading } = watched.list;
	if (reading === 'ascending') return await reader.ascending();
	if (reading === 'byNumber') return await reader.byNumber();
	return await reader.down(reading === 'newestFirst');
}

class Reader {
	private readonly changes: Array<Change<IDataObject>> = [];
	private readonly fresh = new Set<string>();
	private sure = true;
	private pages = 0;
	private newest = -Infinity;
	private clock: number | undefined;

	constructor(
		private readonly context: KeapContext,
		private readonly watched: Watched,
		private readonly place: Place,
		private readonly limit: number,
	) {}

	/** Each page begins where the one before ended by time, not by page token: nothing is skipped when records move to the end meanwhile. */
	async ascending(): Promise<Pass<IDataObject>> {
		const { since = '', order = '' } = this.watched.list;
		let from = this.place.at - FILTER_MARGIN_MS;
		let token: Position | undefined;
		for (;;) {
			const page = await this.page({ filter: `${since}==${iso(from)}`, order_by: `${order} asc` }, FILTERED_PAGE, token);
			const last = this.take(page, token !== undefined).at(-1)?.at ?? from;
			if (page.next === undefined) return this.pass(Infinity);
			if (this.fresh.size >= this.limit) return this.pass(last);
			// More changes of one moment than a page holds can only be read by page token.
			if (last - FILTER_MARGIN_MS > from) [from, token] = [last - FILTER_MARGIN_MS, undefined];
			else token = page.next;
		}
	}

	/** Each page begins behind the last number of the one before: no number comes twice and none is skipped. */
	async byNumber(): Promise<Pass<IDataObject>> {
		const { since, number = '', kind } = this.watched.list;
		const filter = since === undefined ? '' : `${since}==${iso(this.place.at - FILTER_MARGIN_MS)};`;
		let after = kind === 'number' ? this.place.at - 1 : 0;
		let token: Position | undefined;
		for (;;) {
			const page = await this.page({ filter: `${filter}${number}>${after}`, order_by: 'id asc' }, FILTERED_PAGE, token);
			this.take(page, token !== undefined);
			if (page.next === undefined) return this.pass(Infinity);
			const last = Number(page.records.at(-1)?.id ?? after);
			// A page may be empty and still have a next one.
			token = last > after ? undefined : page.next;
			after = Math.max(last, after);
			// By time the numbers say nothing of what is still to come: only the whole list will do.
			if (kind === 'number' && this.fresh.size >= this.limit) return this.pass(after);
		}
	}

	/** Page by page from the newest, until a page has something older than the place. */
	async down(stopAtPlace: boolean): Promise<Pass<IDataObject>> {
		const { order } = this.watched.list;
		// After many changes at once, the next polls go through them again.
		const size = stopAtPlace && Object.keys(this.place.seen).length < NEWEST_PAGE ? NEWEST_PAGE : FILTERED_PAGE;
		const query: KeapQuery = stopAtPlace ? { order_by: `${order ?? ''} desc` } : {};
		let token: Position | undefined;
		// Where pages meet, something may have slipped through that is no newer than what stands above and no older than what stands
		// below: what lies under a record that had been delivered before had been there as well.
		let [isAfterFresh, isOpen, sureTo] = [false, false, Infinity];
		for (;;) {
			const page = await this.page(query, size, token);
			const oldest = page.records.at(-1);
			isOpen ||= stopAtPlace && token !== undefined && isAfterFresh;
			for (const change of this.take(page, token !== undefined, stopAtPlace)) {
				if (this.isNew(change)) isAfterFresh = true;
				else if (!isFresh(this.place, change)) {
					if (isOpen) sureTo = change.at;
					[isAfterFresh, isOpen] = [false, false];
				}
			}
			const passed = stopAtPlace && oldest !== undefined && (positionOf(this.watched.list, oldest) ?? -Infinity) < this.place.at;
			if (page.next === undefined || passed) return this.pass(isOpen ? this.place.at - 1 : sureTo);
			token = page.next;
		}
	}

	private async page(query: KeapQuery, size: number, token?: Position): Promise<Page> {
		if ((this.pages += 1) > MOST_PAGES) throw endless(this.context, this.watched.list);
		const page = await readPage(this.context, this.watched, query, size, token);
		this.clock ??= page.clock;
		return page;
	}

	/** @param mayLack whether records at the end may have no position: Keap lists those that never changed last */
	private take({ records }: Page, byToken: boolean, mayLack = false): Array<Change<IDataObject>> {
		const { list } = this.watched;
		const [first] = records;
		if (mayLack && !byToken && first !== undefined) changeOf(this.context, this.watched, first);
		const placed = mayLack ? records.filter((record) => positionOf(list, record) !== undefined) : records;
		const found = placed.map((record) => changeOf(this.context, this.watched, record));
		for (const change of found) {
			this.newest = Math.max(this.newest, change.at);
			if (!this.isNew(change)) continue;
			this.changes.push(change);
			this.fresh.add(change.id);
			// Pages by token shift when records move or go: what is new on them is delivered, and all is read once more.
			if (byToken && !mayLack) this.sure = false;
		}
		return found;
	}

	private isNew(change: Change<IDataObject>): boolean {
		const { counts = () => true } = this.watched;
		return isFresh(this.place, change) && counts(change.record);
	}

	private pass(reach: number): Pass<IDataObject> {
		const { kind } = this.watched.list;
		// Without Keap's clock: its newest stamp can't be later than its now. Numbers need a clock for durations only.
		const fallback = () => (kind === 'number' ? Date.now() : this.changes.reduce((most, { at }) => Math.max(most, at), this.place.at));
		return { changes: this.changes, reach, sure: this.sure, now: this.clock ?? fallback(), newest: this.newest };
	}
}

const iso = (time: number): string => new Date(time).toISOString();
