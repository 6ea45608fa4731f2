import type { INodePropertyOptions } from 'n8n-workflow';

import type { Call, Work } from '../../catalogue/operation/types';
import type { KeapContext } from '../../transport';
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
	/** Whether an item wants it. */
	readonly isWanted: (call: Call) => boolean;
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
