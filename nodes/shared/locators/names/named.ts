import type { INodePropertyOptions } from 'n8n-workflow';

import type { Work } from '../../catalogue/operation/types';
import { keapGetAll, type KeapContext, type KeapQuery } from '../../transport';
import { type CachedList, forgetCachedList, readCachedList } from '../cachedList';

/** Where records of a kind are found by their names. */
export interface Named {
	/** In the words of Keap's screens: `tag category`. */
	readonly one: string;
	readonly many: string;
	/** All that may be meant by a name, from what the editor's list has in memory. */
	readonly read: (work: Work, name: string) => Promise<readonly INodePropertyOptions[]>;
	/** The same from Keap: a record may have been made since. */
	readonly readAgain?: (work: Work) => Promise<readonly INodePropertyOptions[]>;
	readonly maker?: Maker;
}

/** Makes the record that a name has been looked for in vain, where the user wants that. */
export interface Maker {
	/** The switch by which a user wants it, among the options of the operations that offer it. */
	readonly option: { readonly name: string; readonly displayName: string };
	/** The ID of the new record. @throws what `keapRequest` throws */
	readonly make: (work: Work, name: string) => Promise<string>;
	/** Called once there is one more: what is remembered of the names is no longer all. */
	readonly made?: (context: KeapContext) => Promise<void>;
}

/** Names out of a list that is kept for a minute: no call where the list is known, one where a name is not in it. */
export const namesInList = (one: string, many: string, list: CachedList, maker?: Maker): Named => ({
	one,
	many,
	...(maker !== undefined && { maker: { ...maker, made: async (context) => await forgetCachedList(context, list) } }),
	read: async ({ context }) => await readCachedList(context, list),
	readAgain: async ({ context }) => {
		await forgetCachedList(context, list);
		return await readCachedList(context, list);
	},
});

/** A list in Keap that is too long to be kept, and can be searched there. */
interface Searched extends Pick<CachedList, 'path' | 'records' | 'pageSize' | 'label'> {
	/** The filter that finds a name, and may find more. */
	readonly filter: (name: string) => string;
}

/** So many of those that there are may be near a name that is none. */
const MOST_READ = 1_000;

/** Names found in Keap: a call for each, and one more where a name is none, for those near it. */
export function namesBySearch(one: string, many: string, { path, records, pageSize, label, filter }: Searched): Named {
	const read = async ({ context, signal }: Work, query?: KeapQuery): Promise<readonly INodePropertyOptions[]> => {
		const paging = { records, limit: pageSize === undefined ? MOST_READ : 4 * pageSize, ...(pageSize !== undefined && { pageSize }) };
		const found = await keapGetAll(context, { method: 'GET', path, query, signal }, paging);
		return found.map((record) => ({ name: label(record), value: String(record.id) }));
	};
	return {
		one,
		many,
		read: async (work, name) => await read(work, { filter: filter(name.replace(/[;*]/g, ' ').trim()) }),
		readAgain: async (work) => await read(work),
	};
}
