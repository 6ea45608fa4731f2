import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { keapCredentials } from '../../credential/credentials';
import { monotonic } from '../../runtime/clock';
import { isCancelled, type KeapQuery, keapRequest, mayBeOneRecord } from '../../transport';
import { nextPage, type Position, recordsOf, UnknownPosition } from '../../transport/pages';
import { allOf, type Ask, type Page } from './ask';
import { BadRows } from './badRows';
import { readFromBothEnds } from './bothEnds';
import { readAroundByOffset } from './byOffset';
import { InParts, isInParts, ReadAgain } from './inParts';
import { type PolledList, unreadable, type Watched } from './polledList';

/** Thrown when an answer comes from another account than the checkpoints belong to. */
export class AccountChanged extends Error {
	/** @param account the account that the key belongs to now */
	constructor(readonly account: string) {
		super('The key belongs to another Keap account');
	}
}

const V1 = '/crm/rest/v1/';
/** Budget in n8n versions that set no limit for a poll: a longer poll would only overlap with the next. */
const LONGEST_MS = 5 * 60_000;
/** The part of n8n's budget in which lists are read; the rest is for completing records and for handing them over. */
const READING_SHARE = 0.7;
/** No call is begun when less than this is left, or than a quarter of the budget: Keap may take its time. */
const CALL_MS = 10_000;
/** One poll spends this part of the day's calls at most. */
const DAY_SHARE = 0.1;

/**
 * What one poll may spend, in calls and in time, and the account that its answers come from. A poll that runs out of either
 * ends where it is; the next one goes on.
 */
export class PollSession {
	private readonly started = monotonic();
	private readonly abort = new AbortController();
	private readonly timer: NodeJS.Timeout;
	private calls = 0;
	private answers = 0;
	private readonly bad = new Map<PolledList, BadRows>();
	/** Lists that are read in parts from the beginning, because one of their later pages can't be read. */
	private readonly inParts = new Set<PolledList>();

	private constructor(
		readonly context: IPollFunctions,
		/** The account that answers are expected from; empty while it is unknown. */
		public account: string,
		private readonly mostCalls: number,
		private readonly budgetMs: number,
	) {
		this.timer = setTimeout(() => this.abort.abort(), this.budgetMs * READING_SHARE);
	}

	/** @param account see there */
	static async open(context: IPollFunctions, account: string): Promise<PollSession> {
		const { limits } = await keapCredentials(context);
		return new PollSession(context, account, Math.max(1, Math.floor(limits.perDay * DAY_SHARE)), budgetOf(context));
	}

	/** Must be called when the poll is over. */
	close(): void {
		clearTimeout(this.timer);
	}

	/** Whether Keap has answered at all. */
	get hasAnswers(): boolean {
		return this.answers > 0;
	}

	/** Whether records may still be completed. */
	get hasTime(): boolean {
		return this.left(1) > 0;
	}

	/** @param bad what earlier polls have found out about records of a list that Keap can't write out */
	knows(list: PolledList, bad: BadRows): void {
		this.bad.set(list, bad);
	}

	/** Whether a position from an earlier poll is of use: not when the list is read in parts now. */
	isOfUse({ list }: Watched, position: Position): boolean {
		return isInParts(position) || !this.inParts.has(list);
	}

	/** From now on the list is read in parts. */
	readInParts({ list }: Watched): void {
		this.inParts.add(list);
	}

	/**
	 * One page of a list: one call, and some more where Keap fails to write out a record. That record is left out, and noted.
	 *
	 * @param query filter and order
	 * @param size records at most; where a record is read around by its place it may be all that is left of the list
	 * @returns undefined when calls or time are used up: nothing was read then
	 * @throws AccountChanged; ReadAgain when the list has to be read from its beginning, in parts; NodeOperationError when the answer
	 * has no such list in it; everything that `keapRequest` throws
	 */
	async page(watched: Watched, query: KeapQuery, size: number, position?: Position): Promise<Page | undefined> {
		const { list } = watched;
		const { number } = list;
		const bad = this.bad.get(list) ?? new BadRows();
		this.bad.set(list, bad);
		const ask: Ask = async (...asked) => await this.ask(watched, ...asked);
		const parts = number === undefined ? undefined : new InParts(ask, { ...list, number }, bad);
		const gone = unreadable(this.context, list, 'The place in the list that was reached is no longer known');
		if (parts !== undefined && (isInParts(position) || (this.inParts.has(list) && position === undefined)))
			return await parts.page(query, size, isInParts(position) ? position : undefined, gone);
		return await ask(query, size, position).catch(async (error: unknown) => {
			if (!mayBeOneRecord(error)) throw error;
			if (list.path.startsWith(V1)) return await readAroundByOffset(ask, bad, query, size, Number(position ?? 0), error);
			if (parts === undefined) return await readFromBothEnds(ask, list, bad, query, position, error);
			// The position is one in the list as a whole.
			if (position !== undefined) throw new ReadAgain();
			return await parts.page(query, size, undefined, error);
		});
	}

	/** One call, unless calls or time are used up. */
	private async ask(watched: Watched, ...[query, size, position, probes = false]: Parameters<Ask>): Promise<Page | undefined> {
		const { list, pathParams } = watched;
		const filter = allOf(watched.filter, query.filter === undefined ? undefined : String(query.filter));
		const left = this.left(READING_SHARE);
		const reserve = Math.min(CALL_MS, this.budgetMs / 4);
		if (this.calls >= this.mostCalls || (this.calls > 0 && left < reserve) || left <= 0) return undefined;
		this.calls += 1;
		const version = list.path.startsWith(V1) ? 'v1' : 'v2';
		const paging = version === 'v1' ? { limit: size, offset: position ?? 0 } : { page_size: size, page_token: position };
		const asked = {
			method: 'GET' as const,
			path: list.path,
			pathParams: { ...pathParams },
			query: { ...list.query, ...query, ...(filter !== undefined && { filter }), ...paging },
			signal: this.abort.signal,
			probes,
			timeoutMs: Math.min(60_000, Math.max(left, reserve)),
		};
		const answer = await keapRequest(this.context, asked).catch((error: unknown) => {
			if (isCancelled(error) && this.abort.signal.aborted) return undefined;
			throw error;
		});
		if (answer === undefined) return undefined;
		this.answers += 1;
		const { body, headers } = answer;
		const records = recordsIn(body, list.records);
		if (typeof records === 'string') throw unreadable(this.context, list, records);
		this.comesFrom(headers['x-keap-tenant-id'] ?? '');
		const next = this.placeBehind(list, () =>
			nextPage(version, body, { position, ...(position === undefined && { before: 0 }), got: records.length, asked: size }),
		);
		if (next !== undefined && next === position) {
			throw unreadable(this.context, list, 'Keap sends the same page position again: the list would never end');
		}
		const date = Date.parse(headers.date ?? '');
		return { records, next, date: Number.isNaN(date) ? undefined : date };
	}

	private placeBehind(list: PolledList, read: () => Position | undefined): Position | undefined {
		try {
			return read();
		} catch (error) {
			throw error instanceof UnknownPosition ? unreadable(this.context, list, error.message) : error;
		}
	}

	/** Milliseconds that are left of a part of the budget. */
	private left(share: number): number {
		return this.budgetMs * share - (monotonic() - this.started);
	}

	private comesFrom(account: string): void {
		if (account === '') return;
		if (this.account !== '' && this.account !== account) throw new AccountChanged(account);
		this.account = account;
	}
}

/** @returns the list, or the reason why there is none: an answer without a list does not mean that nothing is new */
function recordsIn(body: unknown, name: string): IDataObject[] | string {
	if (body === null) return 'Keap answered without a body where a list was expected';
	const list = typeof body === 'object' ? Object.entries(body).find(([key]) => key === name) : undefined;
	if (list === undefined) return `Keap's answer has no list "${name}" in it`;
	return Array.isArray(list[1]) ? recordsOf({ [name]: list[1] }, name) : `"${name}" in Keap's answer is not a list`;
}

/** n8n 2.38 and later say how long a poll may take; with its durable scheduler that is 36 seconds unless configured. */
function budgetOf(context: IPollFunctions): number {
	const host: { getPollBudgetMs?: () => unknown } = context;
	const budget = typeof host.getPollBudgetMs === 'function' ? host.getPollBudgetMs() : undefined;
	return typeof budget === 'number' && budget > 0 ? Math.min(budget, LONGEST_MS) : LONGEST_MS;
}
