import type { IDataObject } from 'n8n-workflow';

import type { CheckpointStore } from '../checkpoint/checkpointStore';
import type { PolledList } from '../list/polledList';
import type { PollSession } from '../list/pollSession';

/** What a comparison works with in one poll. */
export interface ComparisonWork {
	readonly session: PollSession;
	readonly store: CheckpointStore;
	/** Epoch milliseconds of the first change to deliver; from now unless given. */
	readonly from?: number;
	/** Records to deliver at most. */
	readonly limit: number;
	/** A filter in Keap's words that must let through what is delivered. */
	readonly filter?: string;
}

/** What a poll has found by comparing. */
export interface Found {
	/** What is to be delivered, at most as many as the limit. */
	readonly records: readonly IDataObject[];
	/** Whether the trigger begins with this poll: what is there already is not new. */
	readonly isFirst: boolean;
	/** Takes into the store what is known now. @param taken how many of the records are delivered; the others come with the next poll */
	readonly settle: (taken: number) => void;
}

/**
 * An event of which Keap keeps no time and no list: it is found by comparing what Keap has with what earlier polls have noted.
 * Nothing is concluded from a record that is missing in an answer; so an answer that is late or empty loses nothing.
 */
export interface Comparison {
	/** The lists that are read, by the names under which is kept which of their records Keap can't write out. The records of the first are delivered. */
	readonly lists: Readonly<Record<string, PolledList>>;
	readonly find: (work: ComparisonWork) => Promise<Found>;
	/** Some of the newest records, as a test run in the editor shows them. */
	readonly sample: (session: PollSession, size: number, filter?: string) => Promise<IDataObject[]>;
}
