import { isRecord } from '../../runtime/isRecord';
import type { IDataObject } from 'n8n-workflow';

import { dropLowest, readIds, writeIds } from './idSet';

/** Records remembered at most: n8n keeps them in its database, about three characters each. */
export const MOST_STATUSES = 20_000;
/** Changes remembered with their time, so that an answer that is older than one is recognised. */
const MOST_DATED = 200;

/** The status of each record of a list, by number: one of two. */
export class Statuses {
	/** How far the list was read in turn; 0: from its beginning. */
	after = 0;
	/** Whether it has been read to its end once. */
	isWhole = false;
	/** The newest time of change that was seen, epoch milliseconds. */
	newest = 0;

	/** @param words the two statuses, in the order of their sets: the first is kept when there are too many */
	constructor(
		readonly words: readonly [kept: string, other: string],
		private readonly sets: readonly [Set<number>, Set<number>] = [new Set(), new Set()],
		private dated: ReadonlyArray<readonly [id: number, time: number]> = [],
	) {}

	/** @returns undefined for a record that is not known */
	get(id: number): string | undefined {
		const index = this.sets.findIndex((set) => set.has(id));
		return this.words[index];
	}

	/** @param time of the change, epoch milliseconds, where Keap gives one and the status has changed */
	set(id: number, status: string, time?: number): void {
		const at = this.words.indexOf(status);
		this.sets.forEach((set, index) => (index === at ? set.add(id) : set.delete(id)));
		if (time !== undefined) this.dated = [...this.dated.filter(([other]) => other !== id), [id, time] as const].slice(-MOST_DATED);
	}

	/** Whether a record shows it as it was before the last change. */
	isOlder(id: number, time: number | undefined): boolean {
		const known = this.dated.find(([other]) => other === id)?.[1];
		return known !== undefined && (time ?? -Infinity) < known;
	}

	toJSON(): IDataObject {
		const [kept, other] = this.sets;
		dropLowest(other, Math.max(0, MOST_STATUSES - kept.size));
		dropLowest(kept, MOST_STATUSES);
		const { after, dated, isWhole, newest } = this;
		return { kept: writeIds(kept), other: writeIds(other), dated: dated.map((one) => [...one]), after, isWhole, newest };
	}
}

/** As `toJSON` has written it; new ones for anything else. */
export function readStatuses(words: Statuses['words'], stored: unknown): Statuses {
	if (!isRecord(stored)) return new Statuses(words);
	const { kept, other, dated, after, isWhole, newest } = stored;
	const list: unknown[] = Array.isArray(dated) ? dated : [];
	const times = list.flatMap((one): Array<readonly [number, number]> =>
		Array.isArray(one) && typeof one[0] === 'number' && typeof one[1] === 'number' ? [[one[0], one[1]]] : [],
	);
	const statuses = new Statuses(words, [readIds(kept), readIds(other)], times);
	statuses.after = typeof after === 'number' ? after : 0;
	statuses.isWhole = isWhole === true;
	statuses.newest = typeof newest === 'number' ? newest : 0;
	return statuses;
}
