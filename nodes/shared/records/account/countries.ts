import type { IDataObject } from 'n8n-workflow';

import { isEmpty, located, text } from '../../catalogue/fields/encode';
import { BadInput, shown } from '../../catalogue/operation/badInput';
import { inner } from '../../runtime/isRecord';
import { type CachedList, searchCachedList } from '../../locators/cachedList';
import { nameLabel } from '../../locators/labels';
import type { IdForm, ListSearch } from '../../locators/locator';
import { defineRecord } from '../kind/record';

const PATH = '/crm/rest/v2/locales/countries';

/** Codes and names of places are letters, in any script, with digits and a few signs between them. */
const PLACE = /^[\p{L}\p{M}\d][\p{L}\p{M}\d .,'’()&/-]{0,99}$/u;

/** @throws BadInput for what can be neither the code nor the name of a place */
function placeName(raw: unknown): string | undefined {
	const value = text()(located(raw));
	if (value !== undefined && !PLACE.test(value))
		throw new BadInput(
			`is neither a code nor a name: ${shown(located(raw))}`,
			'Choose from the list, or give a code such as USA or US-AZ.',
		);
	return value;
}

/** A code or a name, which Keap takes in the place of an ID. */
const codeLike = (example: string): IdForm => ({
	example,
	regex: '^.{0,100}$',
	errorMessage: 'A code or a name',
	encode: placeName,
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
