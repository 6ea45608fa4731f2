import { ASSUMPTIONS } from './assumptions';
import { unknown } from './findings';
import { NoAnswer, type Keap } from './keap';
import type { Assumption, Finding } from './types';
import { Workbench } from './workbench';

export interface Result extends Finding {
	assumption: Assumption;
}

/** A probe's finding; a question that could not be asked proves nothing, and its reason stays unsaid: it may hold what is nobody's business. */
async function found(ask: () => Promise<Finding>): Promise<Finding> {
	try {
		return await ask();
	} catch (error) {
		return unknown(error instanceof NoAnswer ? 'Keap gave no answer' : 'the question could not be asked');
	}
}

/**
 * Asks an account everything that reading can answer.
 * @param assumptions those to ask; all of them by default
 */
export async function readingResults(keap: Keap, assumptions: readonly Assumption[] = ASSUMPTIONS): Promise<Result[]> {
	const results: Result[] = [];
	for (const assumption of assumptions) {
		const { reads } = assumption;
		if (reads) results.push({ assumption, ...(await found(async () => await reads(keap))) });
	}
	return results;
}

/**
 * Asks an account everything that takes writing, on records made for it, and removes them whatever happens.
 * @returns the results, and the paths of what could not be removed
 */
export async function writingResults(
	keap: Keap,
	assumptions: readonly Assumption[] = ASSUMPTIONS,
): Promise<{ results: Result[]; left: string[] }> {
	const writing = assumptions.filter(({ writes }) => writes !== undefined);
	const results: Result[] = [];
	const bench = await Workbench.open(keap);
	if (!bench.ready)
		return {
			results: writing.map((assumption) => ({ assumption, ...unknown('the marked records could not be made') })),
			left: await bench.clear(),
		};
	for (const assumption of writing) {
		const { writes } = assumption;
		if (writes) results.push({ assumption, ...(await found(async () => await writes(keap, bench))) });
	}
	return { results, left: await bench.clear() };
}
