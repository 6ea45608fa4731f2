import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { keapGetAll } from '../transport';
import { chosenRecord } from './chosenRecord';
import type { ListSearch } from './locator';

/** Records that Keap keeps below another one, which the form names already: the payment methods of a contact. */
export interface ListBelow {
	/** Keap's path of the list, with the record above it in braces: `/crm/rest/v2/contacts/{contact_id}/paymentMethods`. */
	readonly path: string;
	readonly records: string;
	/** The parameter of the form that names the record above. */
	readonly parameter: string;
	/** What Keap takes in place of the record above for the lists of all of them; without it nothing is listed until one is chosen. */
	readonly ofAll?: string;
	/** The field of a record with its ID; `id` by default. */
	readonly id?: string;
	readonly label: (record: IDataObject) => string;
}

/** Nobody scrolls further. */
const MOST_SHOWN = 500;

/** Lists what lies below the record that is chosen already, searched here by what stands in the list. */
export const searchBelow = ({ path, records, parameter, ofAll, id = 'id', label }: ListBelow): ListSearch =>
	async function (this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		const above = chosenRecord(this, parameter) ?? ofAll;
		if (above === undefined) return { results: [] };
		const name = /\{(\w+)\}/.exec(path)?.[1] ?? '';
		const found = await keapGetAll(this, { method: 'GET', path, pathParams: { [name]: above } }, { records });
		const options = found.map((record) => ({ name: label(record), value: String(record[id]) }));
		const wanted = filter.trim().toLowerCase();
		return { results: options.filter((one) => one.name.toLowerCase().includes(wanted) || one.value === wanted).slice(0, MOST_SHOWN) };
	};
