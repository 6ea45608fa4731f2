import type { IDataObject } from 'n8n-workflow';

import type { KeapQuery } from '../../transport';
import type { Position } from '../../transport/pages';
import { allOf, type Ask, type Page, placeIn } from './ask';
import type { BadRows } from './badRows';
import { findBad, type Numbered } from './findBad';
import { Failing, Part, type Place, START } from './part';
import type { PolledList } from './polledList';

/** Marks a position in a list that is read in parts, among page tokens of Keap. */
const MARK = 'parts:';

interface Parts {
	/** The numbers that are left out. */
	readonly without: readonly number[];
	readonly places: readonly Place[];
}

/** Another record that Keap fails to write out was found in the middle of the list: what was read so far is not to be relied on. */
export class ReadAgain extends Error {}

export const isInParts = (position: Position | undefined): position is string => typeof position === 'string' && position.startsWith(MARK);

/**
 * A list without the records that Keap fails to write out: the numbers between them are asked for part by part, and the parts put
 * together in the list's order. A record that is not known yet is searched for.
 */
export class InParts {
	private readonly by: Numbered;

	constructor(
		private readonly ask: Ask,
		private readonly list: PolledList & { readonly number: string },
		private readonly bad: BadRows,
	) {
		this.by = { number: list.number, order: list.numberOrder ?? 'id' };
	}

	/**
	 * @param query may have one condition on the number, "higher than"
	 * @param position undefined for the first page
	 * @param cause why the list can't be read as it is
	 * @returns undefined when calls or time are used up
	 * @throws ReadAgain; the cause when no record is to blame
	 */
	async page(query: KeapQuery, size: number, position: string | undefined, cause: unknown): Promise<Page | undefined> {
		const { rest, above } = this.split(query);
		for (let tries = 0; tries <= this.bad.numbers.length + 1; tries++) {
			const parts = position === undefined ? this.fromTheStart(above) : readPosition(position);
			if (parts === undefined) throw cause;
			const page = await this.merged(rest, above, size, parts);
			if (!(page instanceof Failing)) return page;
			if (this.bad.isEnough) return undefined;
			const found = page.found ?? (await findBad(this.ask, this.by, this.bad, rest, page.range, page.reach, page.error));
			if (found === undefined) return undefined;
			if (found !== 'none') this.bad.found(found);
			if (position !== undefined) throw new ReadAgain();
		}
		throw cause;
	}

	private split(query: KeapQuery): { rest: KeapQuery; above: number } {
		const conditions = String(query.filter ?? '').split(';');
		const own = `${this.by.number}>`;
		const above = conditions.find((condition) => condition.startsWith(own));
		return {
			rest: { ...query, filter: allOf(...conditions.filter((condition) => condition !== above)) },
			above: above === undefined ? 0 : Math.max(0, Number(above.slice(own.length))),
		};
	}

	private fromTheStart(above: number): Parts {
		const without = this.bad.numbers.filter((number) => number > above);
		return { without, places: [START, ...without.map(() => START)] };
	}

	private async merged(query: KeapQuery, above: number, size: number, { without, places }: Parts): Promise<Page | Failing | undefined> {
		const bounds = [above, ...without];
		const placeOf = placeIn(this.list, query);
		const readers = bounds.map((bound, index) => {
			const range = { above: bound, below: without[index] ?? Infinity };
			return new Part(range, this.by, placeOf, places[index] ?? START);
		});
		const records: IDataObject[] = [];
		while (records.length < size) {
			for (let part = readers.find(isEmpty); part !== undefined; part = readers.find(isEmpty)) {
				// A part of which more is to come decides the order: what has been put together until now can be given out.
				if (records.length > 0 && part.hasBegun) return { records, next: positionOf(without, readers), date: dateOf(readers) };
				const read = await part.read(this.ask, query, size);
				if (read !== true) return read;
			}
			const first = readers.reduce<Part | undefined>((best, part) => {
				if (part.head === undefined) return best;
				return best?.head === undefined || part.rank < best.rank ? part : best;
			}, undefined);
			if (first?.head === undefined) break;
			records.push(first.take());
		}
		return { records, next: readers.every((part) => part.isDone) ? undefined : positionOf(without, readers), date: dateOf(readers) };
	}
}

const isEmpty = (part: Part): boolean => part.isEmpty;

const dateOf = (parts: readonly Part[]): number | undefined => parts.find(({ date }) => date !== undefined)?.date;

function positionOf(without: readonly number[], parts: readonly Part[]): string {
	const places = parts.map(({ position: { token, skip, before, isOver } }) => [token, skip, before, isOver ? 1 : 0]);
	return MARK + JSON.stringify([without, places]);
}

/** @returns undefined for what is no such position */
function readPosition(position: string): Parts | undefined {
	try {
		const [without, places] = JSON.parse(position.slice(MARK.length)) as [number[], Array<[Position | null, number, number, number]>];
		return { without, places: places.map(([token, skip, before, isOver]) => ({ token, skip, before, isOver: isOver === 1 })) };
	} catch {
		return undefined;
	}
}
