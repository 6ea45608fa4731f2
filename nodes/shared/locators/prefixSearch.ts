import { listOf } from '../runtime/listOf';
import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { keapRequest, type KeapQuery, tokenOf } from '../transport';

/** A list too long to read whole: Keap searches it by how a field begins. */
export interface PrefixSearch {
	readonly path: string;
	readonly records: string;
	readonly query?: KeapQuery;
	/** Keap's largest page for this list, where it is less than 100. */
	readonly pageSize?: number;
	readonly label: (record: IDataObject) => string;
	/** The filters to try for a typed text, each one call; `[]` lists everything. */
	readonly filters: (typed: string) => readonly string[];
	/** A condition that holds for every search, from what else the form says, such as the contact already chosen. */
	readonly scope?: (context: ILoadOptionsFunctions) => string | undefined;
}

const PAGE = 100;

/** `john;` and `j*hn` would be read as filter language. */
const plain = (typed: string): string => typed.replace(/[;*]/g, ' ').replace(/\s+/g, ' ').trim();

/** A list search of n8n: one page at a time while browsing; the first page of each filter, merged, while searching. */
export const searchByPrefix = ({ path, records, query, pageSize = PAGE, label, filters, scope }: PrefixSearch) =>
	async function (this: ILoadOptionsFunctions, filter = '', paginationToken?: string): Promise<INodeListSearchResult> {
		const page = async (extra: KeapQuery): Promise<{ results: INodeListSearchItems[]; token: string | undefined }> => {
			const { body } = await keapRequest<IDataObject>(this, {
				method: 'GET',
				path,
				query: { ...query, page_size: pageSize, ...extra },
				expects: { list: records },
			});
			const found = listOf(body[records]);
			const token = tokenOf(body.next_page_token);
			return {
				results: found.map((record) => ({ name: label(record), value: String(record.id) })),
				token: token === undefined ? undefined : String(token),
			};
		};
		const within = scope?.(this);
		const asked = filters(plain(filter));
		const wanted =
			within === undefined
				? asked
				: (asked.length === 0 ? [''] : asked).map((one) => [within, one].filter((part) => part !== '').join(';'));
		if (wanted.length <= 1) {
			const { results, token } = await page({
				...(wanted[0] !== undefined && { filter: wanted[0] }),
				...(paginationToken !== undefined && { page_token: paginationToken }),
			});
			return { results, ...(token !== undefined && { paginationToken: token }) };
		}
		const pages = await Promise.all(wanted.map(async (one) => await page({ filter: one })));
		const unique = new Map(pages.flatMap(({ results }) => results).map((item) => [item.value, item]));
		return { results: [...unique.values()] };
	};
