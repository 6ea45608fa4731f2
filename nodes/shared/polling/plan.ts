import type { IDataObject } from 'n8n-workflow';

import type { Watched } from './list/polledList';
import type { Comparison } from './states/comparison';

/** What a poll watches, and how. */
export interface PollPlan {
	/** The lists, each under the name of its checkpoint. What is new in the first is delivered first. */
	readonly lists: Readonly<Record<string, Watched>>;
	/** How the event is found by comparing, where no list shows it; then there are no lists. */
	readonly comparison?: Comparison;
	/** A filter in Keap's words that must let through what is found by comparing. */
	readonly filter?: string;
	/** What is watched, as text; another text begins anew. */
	readonly watch: string;
	/** Epoch milliseconds of the first change to deliver; from now unless given. */
	readonly from?: number;
	/** Records to deliver in one poll at most. */
	readonly limit: number;
	/** Completes records before they are delivered: one call for so many at once. */
	readonly complete?: { readonly atOnce: number; readonly records: (records: IDataObject[]) => Promise<IDataObject[]> };
}
