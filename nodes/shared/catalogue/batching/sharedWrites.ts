import { groupBy, type Results } from './bundle';
import type { Answer, Call, Operation, Work } from '../operation/types';

/** Writes what several items want of one record; a result or an error for each, by `keyOf`. */
export type WriteForAll = (work: Work, calls: readonly Call[]) => Promise<Results<Answer>>;

/** What a result goes by: the number of its item. */
export const keyOf = ({ item }: Call): string => String(item);

const MOST_AT_ONCE = 1_000;

/** The record that a call is about. */
const recordOf = ({ pathParams }: Call): string => JSON.stringify(pathParams);

/**
 * Lets all items about one record share a write, which is made when the first of them has its turn. For writes that Keap takes for
 * many things at once in a form of their own; see `BundledWrite` for lists of IDs that it adds by itself.
 * @param begin called before each 1,000 items, to read what they need together
 */
export function sharedWrites(
	begin: (work: Work, calls: readonly Call[]) => Promise<WriteForAll>,
): NonNullable<Operation['performInGroups']> {
	return {
		size: MOST_AT_ONCE,
		begin: async (work, calls) => {
			const write = await begin(work, calls);
			const groups = new Map(groupBy(calls, recordOf).map((group) => [group[0] === undefined ? '' : recordOf(group[0]), group]));
			const written = new Map<string, Promise<Results<Answer>>>();
			return async (each, call) => {
				const record = recordOf(call);
				const all = written.get(record) ?? write(each, groups.get(record) ?? [call]);
				written.set(record, all);
				const result = (await all).get(keyOf(call));
				if (result === undefined) throw new Error('A shared write has no result for one of its items');
				if (result instanceof Error) throw result;
				return result;
			};
		},
	};
}
