import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { keapCredentials } from '../../credential/credentials';
import { monotonic } from '../../runtime/clock';
import { isCancelled, type KeapQuery, keapRequest } from '../../transport';
import { findRecords, nextPage, type Position } from '../../transport/pages';
import { unreadable, type Watched } from './polledList';

export interface Page {
	readonly records: IDataObject[];
	/** Where the next page begins; undefined after the last. */
	readonly next: Position | undefined;
	/** The time in the answer's `Date` header, epoch milliseconds; undefined without one. */
	readonly date: number | undefined;
}

/** Thrown when an answer comes from another account than the checkpoints belong to. */
export class AccountChanged extends Error {
	/** @param account the account that the key belongs to now */
	constructor(readonly account: string) {
		super('The key belongs to another Keap account');
	}
}

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

	/**
	 * One page of a list: one call.
	 *
	 * @param query filter and order
	 * @param size records at most
	 * @returns undefined when calls or time are used up: nothing was read then
	 * @throws AccountChanged; NodeOperationError when the answer has no such list in it; everything that `keapRequest` throws
	 */
	async page(watched: Watched, query: KeapQuery, size: number, position?: Position): Promise<Page | undefined> {
		const { list, pathParams } = watched;
		const left = this.left(READING_SHARE);
		const reserve = Math.min(CALL_MS, this.budgetMs / 4);
		if (this.calls >= this.mostCalls || (this.calls > 0 && left < reserve) || left <= 0) return undefined;
		this.calls += 1;
		const version = list.path.startsWith('/crm/rest/v1/') ? 'v1' : 'v2';
		const paging = version === 'v1' ? { limit: size, offset: position ?? 0 } : { page_size: size, page_token: position };
		const asked = {
			method: 'GET' as const,
			path: list.path,
			pathParams: { ...pathParams },
			query: { ...list.query, ...query, ...paging },
			signal: this.abort.signal,
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
		const next = nextPage(version, body, { position, got: records.length, asked: size });
		if (next !== undefined && next === position) {
			throw unreadable(this.context, list, 'Keap sends the same page position again: the list would never end');
		}
		const date = Date.parse(headers.date ?? '');
		return { records, next, date: Number.isNaN(date) ? undefined : date };
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
	return Array.isArray(list[1]) ? findRecords({ [name]: list[1] }, name) : `"${name}" in Keap's answer is not a list`;
}

/** n8n 2.38 and later say how long a poll may take; with its durable scheduler that is 36 seconds unless configured. */
function budgetOf(context: IPollFunctions): number {
	const host: { getPollBudgetMs?: () => unknown } = context;
	const budget = typeof host.getPollBudgetMs === 'function' ? host.getPollBudgetMs() : undefined;
	return typeof budget === 'number' && budget > 0 ? Math.min(budget, LONGEST_MS) : LONGEST_MS;
}
