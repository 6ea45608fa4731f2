import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { PollPlan } from '../../nodes/shared/polling/plan';
import { pollOnce } from '../../nodes/shared/polling/poll';
import type { PolledList, Watched } from '../../nodes/shared/polling/list/polledList';
import { pollContext } from '../support/context';
import type { SimulatedKeap } from './simulatedKeap';

const base = { path: '/crm/rest/v2/rows', records: 'rows', created: 'create_time' };

/** One list for each way of reading and each kind of position. */
export const LISTS = {
	'changes, by time upwards': {
		...base,
		reading: 'ascending',
		kind: 'time',
		position: 'update_time',
		order: 'update_time',
		since: 'since_time',
	},
	'changes, filtered by time and read by number': {
		...base,
		reading: 'byNumber',
		kind: 'time',
		position: 'update_time',
		since: 'since_time',
		number: 'id',
	},
	'changes, newest first': { ...base, reading: 'newestFirst', kind: 'time', position: 'update_time', order: 'update_time' },
	'creations, by number': { ...base, reading: 'byNumber', kind: 'number', position: 'id', number: 'id' },
	'creations, newest number first': { ...base, reading: 'newestFirst', kind: 'number', position: 'id', order: 'id' },
	'creations, in no order': { ...base, reading: 'inNoOrder', kind: 'number', position: 'id' },
} as const satisfies Record<string, PolledList>;

export const lists: ReadonlyArray<[name: string, list: PolledList]> = Object.entries(LISTS);

/** What a poller may do otherwise than the usual one. */
export interface PollerOptions {
	readonly limit?: number;
	readonly from?: number;
	/** A list of new records beside the list of changes. */
	readonly newToo?: PolledList;
	readonly counts?: Watched['counts'];
	readonly perDay?: number;
	readonly budgetMs?: () => number;
	readonly complete?: PollPlan['complete'];
	readonly watch?: string;
}

/** One node's polls, one after the other; n8n's memory survives as JSON alone. */
export class Poller {
	/** n8n's static data: of the workflow, and of its nodes by their names. */
	data: Record<string, IDataObject> = {};
	/** Another key is another throttle. */
	apiKey = 'k'.repeat(24);
	node = { id: 'node-1', name: 'Watch' };
	readonly delivered: IDataObject[] = [];
	/** Records of the last poll. */
	last: IDataObject[] = [];
	readonly logged: string[] = [];

	constructor(
		private readonly keap: SimulatedKeap,
		private readonly polled: PolledList,
		private readonly options: PollerOptions = {},
	) {}

	/** @param forgets n8n does not save what a poll without records has noted, and a restart loses it */
	async poll(forgets = false): Promise<number> {
		const { limit = 100, from, newToo, counts, perDay = 10_000_000, budgetMs, complete, watch = 'rows' } = this.options;
		const data = JSON.parse(JSON.stringify(this.data)) as Record<string, IDataObject>;
		const credentials = { apiKey: this.apiKey, baseUrl: this.keap.url };
		const limits = { requestsPerSecond: 100_000, requestsPerMinute: 10_000_000, requestsPerDay: perDay };
		const context = {
			...pollContext({ credentials: { ...credentials, ...limits } }),
			getNode: () => ({ ...pollContext().getNode(), ...this.node }),
			getWorkflowStaticData: (type: string) => (data[type === 'global' ? type : `node:${this.node.name}`] ??= {}),
			logger: { warn: (text: string) => this.logged.push(text) },
			...(budgetMs && { getPollBudgetMs: budgetMs }),
		} as unknown as IPollFunctions;
		const isFirst = Object.keys(this.data).length === 0;
		const neverChanged = (record: IDataObject) => record.update_time === undefined;
		const listsOf = {
			...(newToo && { new: { list: newToo, counts: neverChanged } }),
			changed: { list: this.polled, ...(counts && { counts }) },
		};
		const records = await pollOnce(context, {
			lists: listsOf,
			watch,
			limit,
			...(from !== undefined && { from }),
			...(complete && { complete }),
		});
		this.last = records;
		this.delivered.push(...records);
		if (records.length > 0 || !forgets || isFirst) this.data = data;
		return records.length;
	}

	/** Polls until nothing comes any more, at most so many times. */
	async drain(most = 500, meanwhile: () => void = () => undefined): Promise<number> {
		let polls = 0;
		for (let quiet = 0; quiet < 3 && polls < most; polls++) {
			meanwhile();
			quiet = (await this.poll()) === 0 ? quiet + 1 : 0;
		}
		return polls;
	}

	get ids(): string[] {
		return this.delivered.map(({ id }) => String(id));
	}

	/** Bytes that n8n keeps. */
	get size(): number {
		return JSON.stringify(this.data).length;
	}
}

/** A record's id with the time of the change that was delivered. */
export const keyOf = ({ id, update_time: time }: IDataObject): string => `${String(id)}@${Date.parse(String(time))}`;

/** What stands in a list more than once. */
export function twice(keys: readonly string[]): string[] {
	const seen = new Set<string>();
	return keys.filter((key) => seen.size === seen.add(key).size);
}
