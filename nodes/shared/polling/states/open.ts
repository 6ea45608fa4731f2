import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../runtime/isRecord';
import { dropLowest, readIds, writeIds } from './idSet';

/** Records remembered at most: n8n keeps them in its database, about three characters each. */
export const MOST_OPEN = 10_000;
/** Records that a hint has named and that were not yet what is waited for: they are looked at by each poll. */
const MOST_HINTED = 40;
/** The newest records are the likeliest: so many are looked at by each poll. */
const NEWEST = 30;

/** The records that are not yet what is waited for, by number, and which of them are to be looked at. */
export class Open {
	/** Whether the memory has been begun: until then nothing is delivered. */
	isWhole = false;
	/** How far its beginning has been read. */
	readTo = 0;
	/** How far the hints since the moment of the beginning have been read, and whether to their end. */
	hintsReadTo = 0;
	hasHints = false;
	/** Records below this number may have been left out because there were too many. */
	floor = 0;
	/** The last record of those that were looked at in turn. */
	turn = 0;
	private hasLooked = false;

	constructor(
		readonly ids: Set<number> = new Set(),
		/** To be looked at before all others. */
		readonly due: Set<number> = new Set(),
		/** Named by a hint, looked at, and not yet what is waited for; the latest last. */
		private hinted: number[] = [],
		/** Delivered while hints of the past are still being read: these may name them once more. */
		private readonly told: Set<number> = new Set(),
	) {}

	/** @param how `known`: it was looked at by the answer it came with */
	add(id: number | undefined, how?: 'known'): void {
		if (id === undefined || this.told.has(id)) return;
		this.ids.add(id);
		if (how !== 'known') this.due.add(id);
	}

	/** Records that may have become what is waited for. One that is not remembered was so already. */
	hint(ids: readonly number[]): void {
		for (const id of ids) {
			if (!this.ids.has(id) && id >= this.floor) continue;
			this.due.add(id);
			this.hinted = [...this.hinted.filter((other) => other !== id), id].slice(-MOST_HINTED);
		}
	}

	/** The next records to look at, at most so many; none when none is due and the others have had their turn. */
	next(most: number): number[] {
		if (this.due.size === 0 && this.hasLooked) return [];
		this.hasLooked = true;
		const chosen = new Set([...this.due].slice(0, most));
		const fill = (ids: readonly number[]): void => {
			for (const id of ids) if (chosen.size < most) chosen.add(id);
		};
		const all = [...this.ids].sort((left, right) => left - right);
		fill(this.hinted);
		fill(all.slice(-NEWEST));
		const inTurn = [...all.filter((id) => id > this.turn), ...all.filter((id) => id <= this.turn)].filter((id) => !chosen.has(id));
		const taken = inTurn.slice(0, most - chosen.size);
		fill(taken);
		this.turn = taken.at(-1) ?? this.turn;
		return [...chosen];
	}

	/** These were looked at, and were not yet what is waited for. */
	checked(ids: readonly number[]): void {
		for (const id of ids) this.due.delete(id);
	}

	/** What is waited for has happened to it. */
	remove(id: number | undefined): void {
		if (id === undefined) return;
		if (!this.hasHints) this.told.add(id);
		this.ids.delete(id);
		this.due.delete(id);
		this.hinted = this.hinted.filter((other) => other !== id);
	}

	toJSON(): IDataObject {
		const { due, floor, hasHints, hinted, hintsReadTo, ids, isWhole, readTo, told, turn } = this;
		const below = dropLowest(ids, MOST_OPEN).at(-1);
		const lowest = below === undefined ? floor : Math.max(floor, below + 1);
		const progress = { isWhole, readTo, hintsReadTo, hasHints, ...(!hasHints && { told: writeIds(told) }) };
		return { ids: writeIds(ids), due: writeIds(due), hinted, turn, floor: lowest, ...progress };
	}
}

/** As `writeOpen` has stored it; a new one for anything else. */
export function readOpen(stored: unknown): Open {
	if (!isRecord(stored)) return new Open();
	const { ids, due, hinted, isWhole, readTo, hintsReadTo, hasHints, told, floor, turn } = stored;
	const named: unknown[] = Array.isArray(hinted) ? hinted : [];
	const open = new Open(
		readIds(ids),
		readIds(due),
		named.filter((id) => typeof id === 'number'),
		readIds(told),
	);
	const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
	return Object.assign(open, {
		isWhole: isWhole === true,
		hasHints: hasHints === true,
		readTo: number(readTo),
		hintsReadTo: number(hintsReadTo),
		floor: number(floor),
		turn: number(turn),
	});
}

export const writeOpen = (open: Open): IDataObject => open.toJSON();
