import type { IDataObject } from 'n8n-workflow';

import { countOf } from './pages';

/** Counts that go up and down, because they come from several replicas, must not be followed for ever. */
const MOST_TIMES = 20;

/**
 * A list of version 1 that becomes shorter while it is read: where a record is deleted on a page that was read, those behind it move
 * up, and as many of them from the next page to the one before. The count that comes with each page shows it: so many places
 * before the page are then read again, and what was there already is left out.
 */
export class Shrinking {
	private left = MOST_TIMES;
	private count: number | undefined;
	private readonly given = new Set<string>();

	/** @returns where the page has to begin so that no record is missed, where that is before `offset` */
	goesBackTo(body: unknown, offset: number): number | undefined {
		const before = this.count;
		this.count = countOf(body);
		if (before === undefined || this.count === undefined || this.count >= before || offset === 0) return undefined;
		if (this.left === 0) return undefined;
		this.left -= 1;
		return Math.max(0, offset - (before - this.count));
	}

	/** Those of the records that were not given out before the list became shorter; one without an ID is always given. */
	fresh(found: readonly IDataObject[]): IDataObject[] {
		const fresh = found.filter(({ id }) => this.left === MOST_TIMES || id === undefined || !this.given.has(String(id)));
		for (const { id } of fresh) this.given.add(String(id));
		return fresh;
	}
}
