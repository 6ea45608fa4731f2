import { COUNTRIES, isRegionOf } from '../contract/countries';
import { badRequest } from '../errors';

type Fields = Readonly<Record<string, unknown>>;

/** Characters that Keap's description allows, by part; two numbers are those of a BILLING address and of the others. */
const LENGTHS: Readonly<Record<string, (slot: unknown) => number>> = {
	line1: (slot) => (slot === 'BILLING' ? 75 : 100),
	line2: (slot) => (slot === 'BILLING' ? 75 : 100),
	locality: (slot) => (slot === 'BILLING' ? 50 : 100),
	region: () => 50,
	country: () => 100,
	postal_code: (slot) => (slot === 'SHIPPING' ? 20 : 15),
	zip_code: (slot) => (slot === 'SHIPPING' ? 20 : 15),
	zip_four: () => 10,
};

/**
 * Holds an address that is written to what Keap asks of it: lengths by slot, a country that exists, a region code of that country.
 * @param at where the address stands, for the message
 * @throws ApiError 400 that names the part
 */
export function checkAddress(address: Fields, at: string): void {
	for (const [name, longest] of Object.entries(LENGTHS)) {
		const length = String(address[name] ?? '').length;
		const most = longest(address.field);
		if (length > most) throw badRequest(`${at}.${name} must have at most ${most} characters, it has ${length}`, `${at}.${name}`);
	}
	const { country_code: code, region, region_code: regionCode } = address;
	if ((region || regionCode) && !code) throw badRequest(`${at}.country_code is required when a region is given`, `${at}.country_code`);
	const country = code === undefined || code === '' ? undefined : COUNTRIES.get(String(code));
	if (code !== undefined && code !== '' && country === undefined)
		throw badRequest(`${at}.country_code must be an ISO 3166-1 alpha-3 code like USA, not "${String(code)}"`, `${at}.country_code`);
	if (regionCode !== undefined && regionCode !== '' && !isRegionOf(String(regionCode), country ?? ''))
		throw badRequest(`${at}.region_code must be an ISO 3166-2 code of ${String(code)}, not "${String(regionCode)}"`, `${at}.region_code`);
}
