import type { IDataObject } from 'n8n-workflow';

import { type KeapQuery, mayBeOneRecord } from '../../transport';
import type { Position } from '../../transport/pages';
import { PageSize } from '../../transport/pageSize';
import { allOf, type Ask, type Page } from './ask';
import { asFailure, findBelow, type Numbered, type Range } from './findBad';
import { idOf, LARGE_PAGE } from './polledList';

/** How far one part was read: the token of its page (null: the first), and how many records of that page and of the pages before were given out. */
export interface Place {
	readonly token: Position | null;
	readonly skip: number;
	readonly before: number;
	readonly isOver: boolean;
}

export const START: Place = { token: null, skip: 0, before: 0, isOver: false };

/** A part in which Keap fails at a record that is not known yet. */
export class Failing {
	constructor(
		readonly range: Range,
		readonly reach: number,
		readonly error: unknown,
		/** Its number, where it is known already. */
		readonly found?: number,
	) {}
}

/** One part of the list while it is read. */
export class Part {
	date: number | undefined;
	hasBegun = false;
	private rows: IDataObject[] = [];
	private next: Position | undefined;
	private hasPlace: boolean;

	constructor(
		private readonly range: Range,
		private readonly by: Numbered,
		private readonly placeOf: (record: IDataObject) => number | undefined,
		private place: Place,
	) {
		this.hasPlace = place.before + place.skip > 0;
	}

	/** Whether its next page must be read to know what comes next. */
	get isEmpty(): boolean {
		return !this.place.isOver && this.head === undefined;
	}

	get isDone(): boolean {
		return this.place.isOver;
	}

	get head(): IDataObject | undefined {
		return this.rows[this.place.skip];
	}

	/** Where to go on: at the next page when this one has been given out. */
	get position(): Place {
		const { hasBegun, next, place, rows } = this;
		if (!hasBegun || next === undefined || place.skip < rows.length) return place;
		return { token: next, skip: 0, before: place.before + rows.length, isOver: false };
	}

	/** @returns true when there is something to go on with */
	async read(ask: Ask, query: KeapQuery, size: number): Promise<true | Failing | undefined> {
		this.place = this.position;
		const { token, before } = this.place;
		const page = await this.pageOf(ask, query, size, token ?? undefined).catch((error: unknown) => {
			if (!mayBeOneRecord(error)) throw error;
			return new Failing(this.range, before + size, error);
		});
		if (page === undefined || page instanceof Failing) return page;
		this.hasBegun = true;
		[this.rows, this.next, this.date] = [page.records, page.next, page.date];
		this.endIfOver();
		return true;
	}

	/** Records without a place stand before all others or behind them: behind, when one with a place has come already. */
	get rank(): number {
		const place = this.head === undefined ? undefined : this.placeOf(this.head);
		return place ?? (this.hasPlace ? Infinity : -Infinity);
	}

	take(): IDataObject {
		const row = this.rows[this.place.skip] as IDataObject;
		if (this.placeOf(row) !== undefined) this.hasPlace = true;
		this.place = { ...this.place, skip: this.place.skip + 1 };
		this.endIfOver();
		return row;
	}

	private async pageOf(ask: Ask, query: KeapQuery, size: number, position: Position | undefined): Promise<Page | Failing | undefined> {
		const { above, below } = this.range;
		const { number } = this.by;
		const filtered = (condition: string): KeapQuery => ({ ...query, filter: allOf(String(query.filter ?? ''), condition) });
		if (below === Infinity) return this.kept(await ask(filtered(above === 0 ? '' : `${number}>${above}`), size, position));
		if (above === 0) return this.kept(await ask(filtered(`${number}<${below}`), size, position));
		return await this.between(ask, query);
	}

	/** Keap takes one bound in a filter: so from the upper one downwards, as far as the lower one, which can't be read itself. */
	private async between(ask: Ask, query: KeapQuery): Promise<Page | Failing | undefined> {
		const { above, below } = this.range;
		const { number, order } = this.by;
		const sizes = new PageSize(LARGE_PAGE);
		const records: IDataObject[] = [];
		let date: number | undefined;
		for (let top = below; top > above + 1;) {
			const size = sizes.next(Infinity);
			const down = { ...query, filter: allOf(String(query.filter ?? ''), `${number}<${top}`), order_by: `${order} desc` };
			const asked = await ask(down, size, undefined, size > 1).catch(asFailure);
			if (asked === 'fails') {
				if (sizes.failed(size)) continue;
				const found = await findBelow(ask, this.by, query, { above, below: top });
				if (found === undefined) return undefined;
				if (found !== 'none') return new Failing(this.range, size, undefined, found);
				break;
			}
			const page = this.kept(asked, -Infinity);
			if (page === undefined) return undefined;
			sizes.answered(size, page.records.length);
			const within = page.records.filter((record) => (idOf(record) ?? 0) > above);
			records.push(...within);
			date = page.date;
			const lowest = within.reduce((least, record) => Math.min(least, idOf(record) ?? least), top);
			if (within.length < page.records.length || lowest === top) break;
			top = lowest;
		}
		const place = (record: IDataObject): number => this.placeOf(record) ?? Infinity;
		return { records: records.sort((left, right) => place(left) - place(right)), next: undefined, date };
	}

	/** @throws Error for records that were not asked for: nothing is to be concluded from them */
	private kept(page: Page | undefined, above = this.range.above): Page | undefined {
		const isWithin = (record: IDataObject): boolean => (idOf(record) ?? 0) > above && (idOf(record) ?? 0) < this.range.below;
		if (page === undefined || page.records.every(isWithin)) return page;
		throw new Error(`Keap did not keep to a filter by ${this.by.number}: records came that were not asked for`);
	}

	private endIfOver(): void {
		if (this.next === undefined && this.place.skip >= this.rows.length) this.place = { ...this.place, isOver: true };
	}
}
