/** What is to be done, as a user would say it; `size` is a number of items or of contacts. */
export interface Work {
	name: 'create' | 'tag' | 'get' | 'list';
	title: string;
	size: number;
}

/** What a way did, as its own process saw it. */
export interface WayReport {
	/** Items that ended well. */
	finished: number;
	ms: number;
	/** Processor time of the process while it worked, in microseconds. */
	cpuMicros: number;
	/** Most memory that the process held, in MB. */
	peakMb: number;
}

/** Where and on what a way works. */
export interface Scene {
	url: string;
	apiKey: string;
	work: Work;
	/** IDs of the contacts that are there, for all works but `create`. */
	contactIds: string[];
}

/** One way to do the work; gives the number of items that ended well. */
export type Way = (scene: Scene) => Promise<number>;

export const TAG = '505';

/** The works of the table. */
export function works(quick: boolean): Work[] {
	const size = (full: number, short: number) => (quick ? short : full);
	const work = (name: Work['name'], count: number, what: string): Work => ({
		name,
		size: count,
		title: `${count.toLocaleString('en-US')} ${what}`,
	});
	return [
		work('create', size(300, 150), 'contact creates'),
		work('tag', size(1_000, 150), 'tag applications'),
		work('get', size(1_000, 150), 'gets by ID'),
		work('list', size(100_000, 15_000), 'contacts by Get Many'),
	];
}

/** The least time that 5 calls a second and 120 a minute allow for so many calls, in milliseconds. */
export function leastMs(calls: number, perSecond = 5, perMinute = 120): number {
	if (calls === 0) return 0;
	return Math.floor((calls - 1) / perMinute) * 60_000 + ((calls - 1) % perMinute) * (1_000 / perSecond);
}

/** The calls of all processes together. */
export const totalOf = (calls: number[]): number => calls.reduce((sum, count) => sum + count, 0);
