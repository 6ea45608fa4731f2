import { listOf } from '../runtime/listOf';
import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { keapRequest, type KeapQuery, tokenIn } from '../transport';

/** A list too long to read whole: Keap searches it by how a field begins. */
export interface PrefixSearch {
	readonly path: string;
	readonly records: string;
	readonly query?: KeapQuery;
	/** Keap's largest page for this list, where it is less than 100. */
	readonly pageSize?: number;
	readonly label: (record: IDataObject) => string;
	/** The filters for a typed text, the likeliest first; the next is tried where those before find nothing. `[]` lists everything. */
	readonly filters: (typed: string) => readonly string[];
	/** A condition that holds for every search, from what else the form says, such as the contact already chosen. */
	readonly scope?: (context: ILoadOptionsFunctions) => string | undefined;
}

const PAGE = 100;

/** What was typed, without the signs of Keap's filter language: `john;` and `j*hn` would be read as such. */
export const plainText = (typed: string): string => typed.replace(/[;*]/g, ' ').replace(/\s+/g, ' ').trim();

/** Where a search goes on: Keap's token with the number of the filter that it belongs to. */
const afterPage = (step: number, token: string): string => `${step}:${token}`;

function placeOf(paginationToken: string | undefined): { step: number; token?: string } {
	const [, step, token] = /^(\d+):(.+)$/s.exec(paginationToken ?? '') ?? [];
	return token === undefined ? { step: 0 } : { step: Number(step), token };
}

/** A list search of n8n, one page at a time: a call, and another for each filter that finds nothing. */
export const searchByPrefix = ({ path, records, query, pageSize = PAGE, label, filters, scope }: PrefixSearch) =>
	async function (this: ILoadOptionsFunctions, filter = '', paginationToken?: string): Promise<INodeListSearchResult> {
		const page = async (asked: string, pageToken: string | undefined): Promise<{ results: INodeListSearchItems[]; token?: string }> => {
			const { body } = await keapRequest<IDataObject>(this, {
				method: 'GET',
				path,
				query: {
					...query,
					page_size: pageSize,
					...(asked !== '' && { filter: asked }),
					...(pageToken !== undefined && { page_token: pageToken }),
				},
				expects: { list: records },
			});
			const token = tokenIn(body);
			return {
				results: listOf(body[records]).map((record) => ({ name: label(record), value: String(record.id) })),
				...(token !== undefined && { token: String(token) }),
			};
		};
		const within = scope?.(this) ?? '';
		const wanted = filters(plainText(filter));
		const asked = (wanted.length === 0 ? [''] : wanted).map((one) => [within, one].filter((part) => part !== '').join(';'));
		const start = placeOf(paginationToken);
		for (let step = start.step; step < asked.length; step++) {
			const { results, token } = await page(asked[step] ?? '', step === start.step ? start.token : undefined);
			if (token !== undefined) return { results, paginationToken: afterPage(step, token) };
			if (results.length > 0 || start.token !== undefined) return { results };
		}
		return { results: [] };
	};
