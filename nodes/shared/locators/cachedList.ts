import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';

import { cachedLookup, keapGetAll, type KeapContext } from '../transport';

/** A list short enough to be read whole, kept for a minute and searched here: typing a letter costs no call. */
export interface CachedList {
	readonly path: string;
	/** The list's name in Keap's answer. */
	readonly records: string;
	/** Keap's largest page for this list, where it is not the usual 1,000. */
	readonly pageSize?: number;
	readonly label: (record: IDataObject) => string;
}

/** Nobody scrolls further, and the browser has to draw it. */
const MOST_SHOWN = 500;

/** All records of the list as name and id, by name. Two calls for 2,000 records, then none for a minute. */
export async function readCachedList(context: KeapContext, { path, records, pageSize, label }: CachedList): Promise<INodePropertyOptions[]> {
	return await cachedLookup(context, path, async () => {
		const found = await keapGetAll(context, { method: 'GET', path }, { records, ...(pageSize !== undefined && { pageSize }) });
		return found.map((record) => ({ name: label(record), value: String(record.id) })).sort((a, b) => a.name.localeCompare(b.name));
	});
}

export const searchCachedList = (list: CachedList) =>
	async function (this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		const wanted = filter.trim().toLowerCase();
		const options = await readCachedList(this, list);
		const results = options.filter(({ name, value }) => name.toLowerCase().includes(wanted) || value === wanted);
		return { results: results.slice(0, MOST_SHOWN) };
	};

/** The same list for a dropdown that takes several. */
export const loadCachedList = (list: CachedList) =>
	async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return await readCachedList(this, list);
	};
