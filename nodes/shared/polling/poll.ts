import { type IDataObject, type IPollFunctions, NodeOperationError } from 'n8n-workflow';

import { CheckpointStore } from './checkpoint/checkpointStore';
import { log } from './delivery';
import type { Watched } from './list/polledList';
import { AccountChanged, PollSession } from './list/pollSession';
import type { PollPlan } from './plan';
import { pollByComparing } from './pollByComparing';
import { pollLists } from './pollLists';
import { readNewest } from './reading/start';

/** Records that a test run in the editor shows. */
const SAMPLE = 5;
/** Lists that can't be ordered are looked through for the newest. */
const SAMPLED_FROM = 1_000;

/** Polls under way in this process: n8n starts the next one on time even while one is still waiting for the quota. */
const underWay = new Set<string>();

/**
 * One poll: reads what is new, and moves the checkpoints only when all of it is in hand. When it fails, the next poll reads
 * the same again.
 *
 * @returns the new records, oldest first, and for each record that Keap can't write out, once, its `id` (null where only its place is
 * known) with `record_error`; none while another poll of the same node is under way
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

async function poll(context: IPollFunctions, plan: PollPlan): Promise<IDataObject[]> {
	const store = new CheckpointStore(context, plan.watch);
	return await pollAccount(context, plan, store).catch(async (error: unknown) => {
		if (!(error instanceof AccountChanged)) throw error;
		const before = store.account;
		store.belongsTo(error.account);
		log(
			context,
			`The API key belongs to another Keap account now (${error.account}, before: ${before}). ` +
				(store.isKnown ? 'The trigger goes on where it was in this account.' : 'The trigger begins anew in this account.'),
		);
		return await pollAccount(context, plan, store).catch((again: unknown) => {
			throw again instanceof AccountChanged ? severalAccounts(context) : again;
		});
	});
}

const severalAccounts = (context: IPollFunctions): NodeOperationError =>
	new NodeOperationError(context.getNode(), "Keap's answers come from several accounts in turn", {
		description: 'Nothing was delivered. Check the API key of the credential; the next poll asks again.',
	});

async function pollAccount(context: IPollFunctions, plan: PollPlan, store: CheckpointStore): Promise<IDataObject[]> {
	const session = await PollSession.open(context, store.account);
	try {
		const { delivered, settle } = await (plan.comparison === undefined
			? pollLists(session, plan, store)
			: pollByComparing(session, plan, plan.comparison, store));
		if (!session.hasAnswers) {
			log(context, 'Keap was not asked for what is new: no call got a slot in the time of one poll. The next poll tries again.');
			return [];
		}
		if (session.account !== '') store.belongsTo(session.account);
		settle();
		store.save();
		return delivered;
	} finally {
		session.close();
	}
}

/** What a test run in the editor shows: some of the newest records that count. The checkpoints are neither read nor moved. */
export async function sample(context: IPollFunctions, { lists, comparison, complete, filter }: PollPlan): Promise<IDataObject[]> {
	const session = await PollSession.open(context, '');
	try {
		const shown = (await comparison?.sample(session, SAMPLE, filter)) ?? (await sampleOfList(session, Object.values(lists).at(-1)));
		return complete === undefined || shown.length === 0 ? shown : await complete.records(shown);
	} finally {
		session.close();
	}
}

async function sampleOfList(session: PollSession, watched: Watched | undefined): Promise<IDataObject[]> {
	if (watched === undefined) return [];
	const { counts = () => true, list } = watched;
	const unordered = list.reading === 'inNoOrder';
	const page = await readNewest(session, watched, unordered || watched.counts !== undefined ? SAMPLED_FROM : SAMPLE);
	const records = page?.records ?? [];
	const newest = unordered ? [...records].sort((left, right) => Number(right.id) - Number(left.id)) : records;
	return newest.filter(counts).slice(0, SAMPLE);
}
