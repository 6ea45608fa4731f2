import { listOf } from '../runtime/listOf';
import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';

import { cachedLookup, forgetLookup, keapGetAll, type KeapContext, type KeapQuery, keapRequest } from '../transport';

/** A list short enough to be read whole, kept for a minute and searched here: typing a letter costs no call. */
export interface CachedList {
	readonly path: string;
	/** The list's name in Keap's answer. */
	readonly records: string;
	/** Keap's largest page for this list, where it is not the usual 1,000. */
	readonly pageSize?: number;
	/** Whether Keap gives the list whole, without pages. */
	readonly unpaged?: boolean;
	/** What narrows the list. It is not part of the cache's key: lists of one path need a `name` each. */
	readonly query?: () => KeapQuery;
	readonly label: (record: IDataObject) => string;
	/** The records that are meant, where those of the list hold them inside. */
	readonly inside?: (record: IDataObject) => IDataObject[];
	/** Whether the list stays as Keap orders it, which says something of its own; else it is shown by name. */
	readonly inOrder?: boolean;
	/** Distinguishes two lists that are made of the same answer. */
	readonly name?: string;
}

/** Nobody scrolls further, and the browser has to draw it. */
const MOST_SHOWN = 500;

/** Not the path alone: whoever reads the same path for something else keeps it in another form. */
const keyOf = ({ name, path }: CachedList): string => `list ${name ?? path}`;

/** All records of the list as name and id, in the order in which they are shown. Two calls for 2,000 records, then none for a minute. */
export async function readCachedList(context: KeapContext, list: CachedList): Promise<INodePropertyOptions[]> {
	return await cachedLookup(context, keyOf(list), async () => await readFreshList(context, list));
}

/** Makes the next reading of the list ask Keap: a record may have been made within the minute. */
export async function forgetCachedList(context: KeapContext, list: CachedList): Promise<void> {
	await forgetLookup(context, keyOf(list));
}

async function readFreshList(context: KeapContext, list: CachedList): Promise<INodePropertyOptions[]> {
	const read = await readList(context, list);
	const found = list.inside === undefined ? read : read.flatMap(list.inside);
	// A record that Keap lists without its ID can't be chosen.
	const named = found.filter(({ id }) => id !== undefined && id !== null);
	const options = named.map((record) => ({ name: list.label(record), value: String(record.id) }));
	return list.inOrder === true ? options : options.sort((a, b) => a.name.localeCompare(b.name));
}

async function readList(context: KeapContext, { path, records, pageSize, unpaged, query }: CachedList): Promise<IDataObject[]> {
	if (unpaged !== true)
		return await keapGetAll(context, { method: 'GET', path, query: query?.() }, { records, ...(pageSize !== undefined && { pageSize }) });
	const { body } = await keapRequest<IDataObject>(context, { method: 'GET', path, query: query?.(), expects: { list: records } });
	return listOf(body[records]);
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
