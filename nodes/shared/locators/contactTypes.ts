import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { isEmpty, located } from '../catalogue/fields/encode';
import { BadInput, shown } from '../catalogue/operation/badInput';
import { cachedLookup, keapRequest } from '../transport';
import { defineLocator } from './locator';

const PATH = '/crm/rest/v2/settings/contactOptionTypes';

/** What a contact can be in this account, in Keap's order: plain texts, which are their own IDs. One call a minute. */
async function searchContactTypes(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const types = await cachedLookup(this, PATH, async () => {
		const { body } = await keapRequest<IDataObject>(this, { method: 'GET', path: PATH, expects: { list: 'option_types' } });
		return (body.option_types as unknown[]).filter((type) => typeof type === 'string' && type !== '').map(String);
	});
	const wanted = filter.trim().toLowerCase();
	return { results: types.filter((type) => type.toLowerCase().includes(wanted)).map((type) => ({ name: type, value: type })) };
}

function encode(raw: unknown): string | undefined {
	const value = located(raw);
	if (isEmpty(value)) return undefined;
	if (typeof value === 'object') throw new BadInput(`must be a text: ${shown(value)}`);
	return String(value).trim();
}

/** One of the account's contact types. */
export const contactTypes = defineLocator('searchContactTypes', searchContactTypes, {
	example: 'Customer',
	regex: '.*',
	errorMessage: 'A contact type is a text',
	encode,
});
