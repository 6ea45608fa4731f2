import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';

import { locatedId } from '../catalogue/encode';
import { field, type FieldOptions } from '../catalogue/fields';
import type { Field } from '../catalogue/types';

export type ListSearch = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>;
export type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** A kind of record that users pick from a list or name by its id. */
export interface Locator {
	/** The name under which the node registers the search, such as `searchContacts`. */
	readonly method: string;
	readonly search: ListSearch;
	/** A parameter that holds one such record. */
	readonly field: (options: FieldOptions) => Field;
}

/**
 * @param method the search method's registered name
 * @param search finds records by what the user typed
 * @param idExample an id as it looks in Keap, for the placeholder
 */
export function defineLocator(method: string, search: ListSearch, idExample = '1234'): Locator {
	return {
		method,
		search,
		field: (options) =>
			field(
				options,
				{
					type: 'resourceLocator',
					default: { mode: 'list', value: '' },
					modes: [
						{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Select from the list…', typeOptions: { searchListMethod: method, searchable: true } },
						{
							displayName: 'By ID',
							name: 'id',
							type: 'string',
							placeholder: `e.g. ${idExample}`,
							validation: [{ type: 'regex', properties: { regex: '^\\s*[0-9]{1,19}\\s*$', errorMessage: 'A Keap ID is a whole number, such as 1234' } }],
						},
					],
				},
				locatedId,
			),
	};
}
