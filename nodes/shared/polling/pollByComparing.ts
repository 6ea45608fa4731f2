import type { CheckpointStore } from './checkpoint/checkpointStore';
import { completedOf, type Polling, reported } from './delivery';
import { BadRows } from './list/badRows';
import { ReadAgain } from './list/inParts';
import type { PollSession } from './list/pollSession';
import type { PollPlan } from './plan';
import type { Comparison, Found } from './states/comparison';

/** What has happened of an event that is found by comparing. */
export async function pollByComparing(
	session: PollSession,
	{ from, filter, limit, complete }: PollPlan,
	comparison: Comparison,
	store: CheckpointStore,
): Promise<Polling> {
	const bad = Object.entries(comparison.lists).map(([name, list]) => ({ name, list, rows: new BadRows(store.readNotes(name)) }));
	for (const { list, rows } of bad) session.knows(list, rows);
	const find = async (): Promise<Found> =>
		await comparison
			.find({ session, store, limit, ...(from !== undefined && { from }), ...(filter !== undefined && { filter }) })
			.catch(async (error: unknown) => {
				if (!(error instanceof ReadAgain)) throw error;
				// Each time another record is known that is to be left out, and the calls of a poll are bounded.
				for (const { list } of bad) session.readInParts({ list });
				return await find();
			});
	const { isFirst, records, settle } = await find();
	const completed = await completedOf(session, complete, records);
	const reports = bad.map(({ rows }) => reported(session, rows));
	return {
		// What was there before the trigger began is not new.
		delivered: [...completed, ...(isFirst ? [] : (reports[0] ?? []))],
		settle: () => {
			settle(completed.length);
			for (const { name, rows } of bad) store.writeNotes(name, rows.isEmpty ? undefined : rows.toJSON());
		},
	};
}
