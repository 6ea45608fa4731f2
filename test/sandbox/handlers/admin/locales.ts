import { notFound } from '../../errors';
import type { Handler } from '../../types';

interface Country {
	readonly codes: { readonly alpha2: string; readonly alpha3: string };
	readonly name: string;
	/** Codes and names; ISO 3166-2. */
	readonly provinces: Readonly<Record<string, string>>;
}

const country = (alpha2: string, alpha3: string, name: string, provinces: Readonly<Record<string, string>> = {}): Country => ({
	codes: { alpha2, alpha3 },
	name,
	provinces,
});

/** Enough to find one by either code and by a name with blanks and letters of its own. */
const COUNTRIES: readonly Country[] = [
	country('AT', 'AUT', 'Austria', { 'AT-6': 'Steiermark' }),
	country('CA', 'CAN', 'Canada', { 'CA-ON': 'Ontario', 'CA-QC': 'Québec' }),
	country('CI', 'CIV', "Côte d'Ivoire"),
	country('FR', 'FRA', 'France', { 'FR-75': 'Paris', 'FR-IDF': 'Île-de-France', 'FR-BRE': 'Bretagne' }),
	country('DE', 'DEU', 'Germany', { 'DE-BY': 'Bayern', 'DE-BE': 'Berlin' }),
	country('US', 'USA', 'United States', { 'US-AZ': 'Arizona', 'US-CA': 'California', 'US-TX': 'Texas' }),
];

const view = ({ codes, name }: Country) => ({ codes, name });

/** By two letters, three letters or the name. @throws ApiError 404 */
function countryOf(text: string): Country {
	const found = COUNTRIES.find(({ codes, name }) =>
		[codes.alpha2, codes.alpha3, name].some((one) => one.toLowerCase() === text.toLowerCase()),
	);
	if (!found) throw notFound('country', text);
	return found;
}

const provinceView = ({ codes, provinces }: Country, code: string) => ({ code, name: provinces[code], country: codes.alpha3 });

const province: Handler = ({ params }) => {
	const { country_code: at = '', province_code: text = '' } = params;
	const owner = countryOf(at);
	const code = Object.entries(owner.provinces).find(([one, name]) =>
		[one, name].some((word) => word.toLowerCase() === text.toLowerCase()),
	)?.[0];
	if (code === undefined) throw notFound('province', text);
	return { status: 200, body: provinceView(owner, code) };
};

const provinces: Handler = ({ params }) => {
	const owner = countryOf(params.country_code ?? '');
	return {
		status: 200,
		body: { provinces: Object.keys(owner.provinces).map((code) => provinceView(owner, code)), next_page_token: '' },
	};
};

const DEFAULTS = {
	fax_types: ['Home', 'Work', 'Other'],
	phone_types: ['Home', 'Mobile', 'Work', 'Other'],
	suffix_types: ['Jr.', 'Sr.'],
	title_types: ['Mr.', 'Mrs.', 'Ms.'],
};

export const LOCALE_HANDLERS: Readonly<Record<string, Handler>> = {
	'v1/getLocalesDefaultOptions': ({ state }) => ({ status: 200, body: { contact_types: state.contactTypes, ...DEFAULTS } }),
	'v2/getContactOptionTypes': ({ state }) => ({ status: 200, body: { option_types: state.contactTypes } }),
	'v2/getCountryByCode': ({ params }) => ({ status: 200, body: view(countryOf(params.country_code ?? '')) }),
	'v2/getProvinceByCode': province,
	'v2/listCountries': () => ({ status: 200, body: { countries: COUNTRIES.map(view), next_page_token: '' } }),
	'v2/listProvincesForCountry': provinces,
};
