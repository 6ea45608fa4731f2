import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { advance } from './place';
import type { Watched } from './polledList';
import { readChanges } from './read';
import { readNewest, startPlace } from './start';
import { readPlace, writePlace } from './storedPlace';

/** What a poll watches, and how. */
export interface PollPlan {
	readonly watched: Watched;
	/** What is watched, as text; another text begins anew. */
	readonly watch: string;
	/** Epoch milliseconds of the first change to deliver; from now unless told. */
	readonly from?: number;
	/** Records to deliver in one poll at most. */
	readonly limit: number;
	/** Completes the records before they are delivered. */
	readonly complete?: (records: IDataObject[]) => Promise<IDataObject[]>;
}

/** Records that a test run in the editor shows. */
const SAMPLE = 5;
/** Lists that can't be ordered are looked through for the newest. */
const SAMPLED_FROM = 1_000;

/** Polls under way in this process: n8n starts the next one on time even while one is still waiting for the quota. */
const underWay = new Set<string>();

/**
 * One poll: reads what is new, and moves the place only when all of it is in hand. When it fails, the next poll reads the
 * same again.
 *
 * @returns the new records, oldest first; none while another poll of the same node is under way
 * @throws what `keapRequest` throws, and NodeOperationError for lists that can't be read
 */
export async function pollOnce(context: IPollFunctions, plan: PollPlan): Promise<IDataObject[]> {
	const name = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
	if (underWay.has(name)) return [];
	underWay.add(name);
	try {
		return await poll(context, plan);
	} finally {
		underWay.delete(name);
	}
}

async function poll(context: IPollFunctions, { watched, watch, from, limit, complete }: PollPlan): Promise<IDataObject[]> {
	const data = context.getWorkflowStaticData('node');
	const known = readPlace(data, watch);
	const place = known ?? (await startPlace(context, watched, from));
	if (known === undefined && from === undefined) {
		writePlace(data, watch, place);
		return [];
	}
	const pass = await readChanges(context, watched, place, limit);
	const { taken, next } = advance(place, watched.list.kind, pass, limit);
	const records = taken.map(({ record }) => record);
	const delivered = complete === undefined || records.length === 0 ? records : await complete(records);
	writePlace(data, watch, next);
	return delivered;
}

/** What a test run in the editor shows: some of the newest records that count. The place is neither read nor moved. */
export async function sample(context: IPollFunctions, { watched, complete }: PollPlan): Promise<IDataObject[]> {
	const { counts = () => true, list } = watched;
	const unordered = list.reading === 'whole';
	const { records } = await readNewest(context, watched, unordered || watched.counts !== undefined ? SAMPLED_FROM : SAMPLE);
	const newest = unordered ? [...records].sort((left, right) => Number(right.id) - Number(left.id)) : records;
	const shown = newest.filter(counts).slice(0, SAMPLE);
	return complete === undefined || shown.length === 0 ? shown : await complete(shown);
}
