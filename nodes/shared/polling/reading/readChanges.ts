import type { IDataObject } from 'n8n-workflow';

import type { Checkpoint, Pass } from '../checkpoint/checkpoint';
import type { Reading, Watched } from '../list/polledList';
import { ReadAgain } from '../list/inParts';
import type { PollSession } from '../list/pollSession';
import { readAscending } from './ascending';
import { readByNumber } from './byNumber';
import { readInNoOrder } from './inNoOrder';
import { ListReader } from './listReader';
import { readNewestFirst } from './newestFirst';

const WAYS: Readonly<Record<Reading, (reader: ListReader) => Promise<Pass<IDataObject>>>> = {
	ascending: readAscending,
	byNumber: readByNumber,
	newestFirst: readNewestFirst,
	inNoOrder: readInNoOrder,
};

/**
 * Reads what a list has above the watermark: all of it, or enough for `limit` changes where it can be read in order, or as
 * much as the poll has calls and time for.
 */
export async function readChanges(
	session: PollSession,
	watched: Watched,
	checkpoint: Checkpoint,
	limit: number,
): Promise<Pass<IDataObject>> {
	const reader = new ListReader(session, watched, checkpoint, limit);
	return await WAYS[watched.list.reading](reader).catch(async (error: unknown) => {
		if (!(error instanceof ReadAgain)) throw error;
		// Each time another record is known that is to be left out, and the calls of a poll are bounded.
		session.readInParts(watched);
		return await readChanges(session, watched, checkpoint, limit);
	});
}
