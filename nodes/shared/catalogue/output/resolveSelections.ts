import type { Fail, Outcome } from '../operation/outcome';
import type { Call, Operation, Work } from '../operation/types';
import { namesWanted } from './parameters';
import { selectionOf } from './selection';

/**
 * Finds the fields that calls with Output > Selected Fields name, before anything is sent for them.
 * @returns the calls that can go on, and the outcomes of those that name a field which there is not
 */
export async function resolveSelections(
	{ context }: Pick<Work, 'context'>,
	{ simplify }: Operation,
	calls: readonly Call[],
	fail: Fail,
): Promise<[Call[], Outcome[]]> {
	const ready: Call[] = [];
	const refused: Outcome[] = [];
	for (const call of calls) {
		const names = namesWanted(call);
		try {
			ready.push(
				names === undefined || simplify === undefined ? call : { ...call, selection: await selectionOf(context, simplify, names) },
			);
		} catch (error) {
			refused.push(fail(call, error));
		}
	}
	return [ready, refused];
}
