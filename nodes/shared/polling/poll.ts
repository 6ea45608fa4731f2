import { type IDataObject, type IPollFunctions, NodeOperationError } from 'n8n-workflow';

import { advance, type Checkpoint, freshOf } from './checkpoint/checkpoint';
import { CheckpointStore } from './checkpoint/checkpointStore';
import type { Watched } from './list/polledList';
import { BadRows } from './list/badRows';
import { AccountChanged, PollSession } from './list/pollSession';
import { readChanges } from './reading/readChanges';
import { readNewest, startCheckpoint } from './start';

/** What a poll watches, and how. */
export interface PollPlan {
	/** The lists, each under the name of its checkpoint. What is new in the first is delivered first. */
	readonly lists: Readonly<Record<string, Watched>>;
	/** What is watched, as text; another text begins anew. */
	readonly watch: string;
	/** Epoch milliseconds of the first change to deliver; from now unless given. */
	readonly from?: number;
	/** Records to deliver in one poll at most. */
	readonly limit: number;
	/** Completes records before they are delivered: one call for so many at once. */
	readonly complete?: { readonly atOnce: number; readonly records: (records: IDataObject[]) => Promise<IDataObject[]> };
}

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
		const isKnown = Object.keys(plan.lists).some((list) => store.read(list) !== undefined);
		log(
			context,
			`The API key belongs to another Keap account now (${error.account}, before: ${before}). ` +
				(isKnown ? 'The trigger goes on where it was in this account.' : 'The trigger begins anew in this account.'),
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
		const moved = new Map<string, Checkpoint>();
		// All lists of a trigger are of one kind of record.
		const bad = new BadRows(store.readBad());
		const delivered: IDataObject[] = [];
		for (const [name, watched] of Object.entries(plan.lists)) {
			const limit = plan.limit - delivered.length;
			if (limit <= 0) break;
			const known = store.read(name);
			session.knows(watched.list, bad);
			const { checkpoint, records } = await pollList(session, watched, plan, known, limit);
			if (checkpoint !== undefined) moved.set(name, checkpoint);
			delivered.push(...records);
			const reports = bad.takeReports();
			for (const { record_error: reason } of reports) log(context, String(reason));
			// What was there before the trigger began is not new.
			if (plan.from !== undefined || (known !== undefined && known.silent !== true)) delivered.push(...reports);
		}
		if (!session.hasAnswers) {
			log(context, 'Keap was not asked for what is new: no call got a slot in the time of one poll. The next poll tries again.');
			return [];
		}
		if (session.account !== '') store.belongsTo(session.account);
		for (const [name, checkpoint] of moved) store.write(name, checkpoint);
		store.writeBad(bad.isEmpty ? undefined : bad.toJSON());
		store.save();
		return delivered;
	} finally {
		session.close();
	}
}

interface Polled {
	/** Undefined while the list has none: calls or time were used up. */
	readonly checkpoint: Checkpoint | undefined;
	readonly records: IDataObject[];
}

async function pollList(
	session: PollSession,
	watched: Watched,
	{ from, complete }: PollPlan,
	known: Checkpoint | undefined,
	limit: number,
): Promise<Polled> {
	const checkpoint = known ?? (await startCheckpoint(session, watched, from));
	if (checkpoint === undefined) return { checkpoint, records: [] };
	const { kind } = watched.list;
	if (checkpoint.silent === true) {
		let pass = await readChanges(session, watched, checkpoint, Infinity);
		// An empty answer may be wrong: taken as it is, every existing record would be delivered as new.
		if (pass.whole && pass.seen.size === 0) pass = await readChanges(session, watched, checkpoint, Infinity);
		return { checkpoint: advance(checkpoint, kind, pass, Infinity).next, records: [] };
	}
	if (known === undefined && from === undefined) return { checkpoint, records: [] };
	const pass = await readChanges(session, watched, checkpoint, limit);
	const fresh = freshOf(checkpoint, pass, limit).map(({ record }) => record);
	const completed: IDataObject[] = [];
	for (const { atOnce, records } = complete ?? { atOnce: Infinity, records: asTheyAre }; completed.length < fresh.length;) {
		if (completed.length > 0 && !session.hasTime) break;
		completed.push(...(await records(fresh.slice(completed.length, completed.length + atOnce))));
	}
	return {
		checkpoint: advance(checkpoint, kind, pass, completed.length < fresh.length ? completed.length : limit).next,
		records: completed,
	};
}

const asTheyAre = async (records: IDataObject[]): Promise<IDataObject[]> => await Promise.resolve(records);

/** What a test run in the editor shows: some of the newest records that count. The checkpoints are neither read nor moved. */
export async function sample(context: IPollFunctions, { lists, complete }: PollPlan): Promise<IDataObject[]> {
	const watched = Object.values(lists).at(-1);
	if (watched === undefined) return [];
	const session = await PollSession.open(context, '');
	try {
		const { counts = () => true, list } = watched;
		const unordered = list.reading === 'inNoOrder';
		const page = await readNewest(session, watched, unordered || watched.counts !== undefined ? SAMPLED_FROM : SAMPLE);
		const records = page?.records ?? [];
		const newest = unordered ? [...records].sort((left, right) => Number(right.id) - Number(left.id)) : records;
		const shown = newest.filter(counts).slice(0, SAMPLE);
		return complete === undefined || shown.length === 0 ? shown : await complete.records(shown);
	} finally {
		session.close();
	}
}

/** Says something in n8n's own log. */
function log({ logger }: IPollFunctions, message: string): void {
	(logger as typeof logger | undefined)?.warn(`Keap Polling Trigger: ${message}`);
}
