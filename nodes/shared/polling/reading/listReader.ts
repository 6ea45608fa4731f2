import type { IDataObject } from 'n8n-workflow';

import { httpCodeOf, type KeapQuery } from '../../transport';
import type { Position } from '../../transport/pages';
import { type Change, type Checkpoint, isFresh, type Pass } from '../checkpoint/checkpoint';
import { changeOf, idOf, type PolledList, timeOf, unreadable, type Watched } from '../list/polledList';
import type { Page } from '../list/ask';
import type { PollSession } from '../list/pollSession';

/** Most pages of a list. No list of Keap is longer, so more pages mean that they repeat. */
const MOST_PAGES = 2_000;

/** A page with its records as changes; those without a position are left out. */
export interface ReadPage extends Page {
	readonly changes: ReadonlyArray<Change<IDataObject>>;
	/** How many of the changes were not delivered or passed before. */
	readonly fresh: number;
}

/** Reads pages of one list and collects what is new on them. */
export class ListReader {
	/** Changes that count and have not been delivered. */
	readonly changes: Array<Change<IDataObject>> = [];
	/** Changes that do not count, and have not been passed before. */
	readonly passed = new Map<string, number>();
	readonly seen = new Map<string, number>();
	private readonly freshIds = new Set<string>();
	private pages = 0;

	constructor(
		private readonly session: PollSession,
		readonly watched: Watched,
		readonly checkpoint: Checkpoint,
		readonly limit: number,
	) {}

	/** The lowest time that a filter has to let through. */
	get filterFrom(): number {
		return this.checkpoint.watermark - (this.checkpoint.exact === true ? 0 : FILTER_MARGIN_MS);
	}

	/** Whether nothing was found that had not been delivered or passed before. */
	get isQuiet(): boolean {
		return this.changes.length + this.passed.size === 0;
	}

	/**
	 * Whether as much as may be delivered is in hand.
	 *
	 * @param nearly how much is as good as all: another call for the few that are missing is not worth it
	 */
	hasEnough(nearly = 1): boolean {
		return this.freshIds.size >= this.limit * nearly;
	}

	/** @returns undefined when the poll has no more calls or no more time */
	async page(query: KeapQuery, size: number, token?: Position): Promise<ReadPage | undefined> {
		if ((this.pages += 1) > MOST_PAGES) {
			throw unreadable(this.session.context, this.watched.list, 'Keap sends page after page: the list would never end');
		}
		const page = await this.session.page(this.watched, query, size, token);
		if (page === undefined) return undefined;
		const { counts = () => true, list } = this.watched;
		const changes = page.records.flatMap((record) => changeOf(list, record) ?? []);
		if (page.records.length > 0 && changes.length === 0 && page.records.every((record) => tellsNothing(list, record))) {
			const position = list.kind === 'time' ? [list.position, list.created].filter(Boolean).join(' or ') : 'a whole number as their ID';
			throw unreadable(this.session.context, list, `Keap lists records without ${position}, so nothing shows which are new`);
		}
		const fresh = changes.filter((change) => isFresh(this.checkpoint, change));
		for (const change of fresh) {
			if (counts(change.record)) {
				this.changes.push(change);
				this.freshIds.add(change.id);
			} else this.passed.set(change.id, Math.max(change.position, this.passed.get(change.id) ?? -Infinity));
		}
		for (const { id, position } of changes)
			if (position >= this.checkpoint.watermark) this.seen.set(id, Math.max(position, this.seen.get(id) ?? -Infinity));
		return { ...page, changes, fresh: fresh.length };
	}

	/**
	 * The first page from where the poll before has ended. A page token that Keap no longer knows is no reason to fail.
	 *
	 * @returns 'gone' when there is no such page any more; undefined when the poll has no more calls or no more time
	 */
	async pageAgain(query: KeapQuery, size: number, token: Position): Promise<ReadPage | 'gone' | undefined> {
		if (!this.session.isOfUse(this.watched, token)) return 'gone';
		return await this.page(query, size, token).catch((error: unknown) => {
			const code = httpCodeOf(error);
			if (code === 400 || code === 404) return 'gone' as const;
			throw error;
		});
	}

	/** @param pass how far the list was read, as its way of reading knows */
	passOf(pass: Pick<Pass<IDataObject>, 'reach' | 'whole' | 'takenBy' | 'watermark' | 'resume'>): Pass<IDataObject> {
		return { changes: this.changes, passed: this.passed, seen: this.seen, now: Date.now(), ...pass };
	}
}

/** Records that were never changed have no time of change; they have a time of creation, where the list has one. */
const tellsNothing = ({ kind, created }: PolledList, record: IDataObject): boolean =>
	kind === 'number' || idOf(record) === undefined || (created !== undefined && timeOf(record, created) === undefined);

/** A moment as Keap's filters take it. */
export const iso = (time: number): string => new Date(time).toISOString();

/** A time filter may mean "later than", and the list may keep parts of a second that it does not show. */
export const FILTER_MARGIN_MS = 1_000;
