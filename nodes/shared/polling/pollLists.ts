import type { IDataObject } from 'n8n-workflow';

import { advance, type Checkpoint, freshOf } from './checkpoint/checkpoint';
import type { CheckpointStore } from './checkpoint/checkpointStore';
import { completedOf, type Polling, reported } from './delivery';
import { BadRows } from './list/badRows';
import type { Watched } from './list/polledList';
import type { PollSession } from './list/pollSession';
import type { PollPlan } from './plan';
import { readChanges } from './reading/readChanges';
import { startCheckpoint } from './reading/start';

/** Beside the lists of an account: records that Keap can't write out. */
const BAD = 'unreadable';

/** What is new in the lists of a plan. */
export async function pollLists(session: PollSession, plan: PollPlan, store: CheckpointStore): Promise<Polling> {
	const moved = new Map<string, Checkpoint>();
	// All lists of a trigger are of one kind of record.
	const bad = new BadRows(store.readNotes(BAD));
	const delivered: IDataObject[] = [];
	for (const [name, watched] of Object.entries(plan.lists)) {
		const limit = plan.limit - delivered.length;
		if (limit <= 0) break;
		const known = store.read(name);
		session.knows(watched.list, bad);
		const { checkpoint, records } = await pollList(session, watched, plan, known, limit);
		if (checkpoint !== undefined) moved.set(name, checkpoint);
		delivered.push(...records);
		const reports = reported(session, bad);
		// What was there before the trigger began is not new.
		if (plan.from !== undefined || (known !== undefined && known.silent !== true)) delivered.push(...reports);
	}
	const settle = (): void => {
		for (const [name, checkpoint] of moved) store.write(name, checkpoint);
		store.writeNotes(BAD, bad.isEmpty ? undefined : bad.toJSON());
	};
	return { delivered, settle };
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
	const completed = await completedOf(session, complete, fresh);
	return {
		checkpoint: advance(checkpoint, kind, pass, completed.length < fresh.length ? completed.length : limit).next,
		records: completed,
	};
}
