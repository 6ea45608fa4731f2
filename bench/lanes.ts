/** Cases at a time: a machine that is too busy would be measured instead. */
export const LANES = 2;

/** Does the work of each case, some at a time; the results come in the order of the cases. */
export async function inLanes<Case, Result>(cases: Case[], work: (each: Case) => Promise<Result>): Promise<Result[]> {
	const results: Result[] = [];
	const queue = cases.map((each, place) => ({ each, place }));
	const lane = async () => {
		for (let next = queue.shift(); next; next = queue.shift()) results[next.place] = await work(next.each);
	};
	await Promise.all(Array.from({ length: LANES }, lane));
	return results;
}
