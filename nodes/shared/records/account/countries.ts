import type { IDataObject } from 'n8n-workflow';

import { isEmpty, located, text } from '../../catalogue/fields/encode';
import { inner } from '../../runtime/isRecord';
import { type CachedList, searchCachedList } from '../../locators/cachedList';
import { nameLabel } from '../../locators/labels';
import type { IdForm, ListSearch } from '../../locators/locator';
import { defineRecord } from '../kind/record';

const PATH = '/crm/rest/v2/locales/countries';

/** A code or a name, which Keap takes in the place of an ID. */
const codeLike = (example: string): IdForm => ({
	example,
	regex: '^.{0,100}$',
	errorMessage: 'A code or a name',
	encode: (raw) => text()(located(raw)),
});

export const countries = defineRecord({
	one: 'country',
	many: 'countries',
	path: PATH,
	records: 'countries',
	parameter: 'countryCode',
	id: 'country_code',
	unpaged: true,
	expects: ['codes', 'name'],
	label: nameLabel('name'),
	findBy: { by: 'list', inside: ({ codes, name }) => [{ id: inner(codes).alpha3, name } as IDataObject] },
	idForm: codeLike('USA'),
});

/** The provinces of the country that the form holds; none before one is chosen. */
const search: ListSearch = async function (filter) {
	const chosen = located(this.getCurrentNodeParameter('countryCode'));
	if (typeof chosen !== 'string' || isEmpty(chosen) || chosen.startsWith('=')) return { results: [] };
	const list: CachedList = {
		path: `${PATH}/${encodeURIComponent(chosen.trim())}/provinces`,
		records: 'provinces',
		unpaged: true,
		label: nameLabel('name'),
		inside: ({ code, name }) => [{ id: code, name } as IDataObject],
	};
	return await searchCachedList(list).call(this, filter);
};

/** States, provinces and regions of a country. */
export const provinces = defineRecord({
	one: 'province',
	path: `${countries.onePath}/provinces`,
	records: 'provinces',
	parameter: 'provinceCode',
	id: 'province_code',
	unpaged: true,
	expects: ['code', 'name'],
	label: nameLabel('name'),
	findBy: { by: 'search', search },
	idForm: codeLike('US-AZ'),
});
