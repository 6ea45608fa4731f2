import { addressForKeap, addressForV1, countryCode } from '../../../nodes/shared/catalogue/places/address';
import { BadInput } from '../../../nodes/shared/catalogue/operation/badInput';
import { COUNTRIES, isRegionOf } from '../../sandbox/contract/countries';

function complaintOf(work: () => unknown): string {
	try {
		return `fine: ${JSON.stringify(work())}`;
	} catch (error) {
		return error instanceof BadInput ? `${error.message} | ${error.advice ?? ''}` : `unexpected: ${String(error)}`;
	}
}

describe('a country', () => {
	it.each([
		['USA', 'USA'],
		['us', 'USA'],
		['United States', 'USA'],
		['the United States of America', 'USA'],
		['U.S.A.', 'USA'],
		['UK', 'GBR'],
		['England', 'GBR'],
		['Deutschland', 'DEU'],
		['Österreich', 'AUT'],
		['osterreich', 'AUT'],
		["Cote d'Ivoire", 'CIV'],
		['Trinidad and Tobago', 'TTO'],
		['Türkei', 'TUR'],
		['South Korea', 'KOR'],
		['NLD', 'NLD'],
	])('%s is %s', (written, code) => {
		expect(countryCode(written)).toBe(code);
	});

	it('is each of ISO 3166-1, by three letters and by two', () => {
		for (const [alpha3, alpha2] of COUNTRIES) expect([alpha2, countryCode(alpha3), countryCode(alpha2)]).toEqual([alpha2, alpha3, alpha3]);
	});

	it.each([
		['Untied States', /Did you mean United States \(USA\)/],
		['Austira', /Did you mean Austria \(AUT\)/],
		['Germny', /Germany \(DEU\)/],
		['XX', /is not a country: "XX" \| Give a code/],
		['EUR', /is not a country/],
		['x'.repeat(100_000), /is not a country/],
	])('is refused with those that may be meant: %.20s', (written, text) => {
		expect(complaintOf(() => countryCode(written))).toMatch(text);
	});
});

describe('an address', () => {
	it.each([
		['AZ', 'USA', 'US-AZ'],
		['Arizona', 'USA', 'US-AZ'],
		['us-az', 'USA', 'US-AZ'],
		['US-AZ', undefined, 'US-AZ'],
		['new york', 'USA', 'US-NY'],
		['Québec', 'CAN', 'CA-QC'],
		['quebec', 'CAN', 'CA-QC'],
		['New South Wales', 'AUS', 'AU-NSW'],
		['Tas', 'AUS', 'AU-TAS'],
		['Kent', 'GBR', 'GB-KEN'],
		['Scotland', 'GBR', 'GB-SCT'],
		['Auckland', 'NZL', 'NZ-AUK'],
		['Bavaria', 'DEU', 'DE-BY'],
		['Steiermark', 'AUT', 'AT-6'],
		['Zurich', 'CHE', 'CH-ZH'],
		['IE-D', 'IRL', 'IE-D'],
		['75', 'FRA', 'FR-75'],
		['FR-IDF', 'FRA', 'FR-IDF'],
	])('has the region %s of %s as %s', (region, country, code) => {
		const address = addressForKeap({ line1: 'x', region, ...(country !== undefined && { country_code: country }) });
		expect(address).toEqual({ line1: 'x', region_code: code, country_code: country ?? 'USA' });
		expect(isRegionOf(code, code.slice(0, 2))).toBe(true);
	});

	it.each([
		['Atlantis', 'USA', /is not one of United States: "Atlantis" \| Give its name or its code/],
		['Arizonia', 'USA', /Did you mean Arizona \(US-AZ\)\?/],
		['ZZ', 'USA', /is not one of United States: "ZZ"/],
		['US-AZ', 'CAN', /is not one of Canada: "US-AZ"/],
		['Arizona', undefined, /without a Country Code/],
		['AZ', undefined, /without a Country Code/],
		['GB-ZZZ', 'GBR', /is not one of United Kingdom/],
	])('is refused for the region %s of %s', (region, country, text) => {
		expect(complaintOf(() => addressForKeap({ region, ...(country !== undefined && { country_code: country }) }))).toMatch(text);
	});

	it.each([
		['Oslo', 'NOR'],
		['Cheshire', 'GBR'],
	])('keeps the name of a region for which no code is known: %s of %s', (region, country) => {
		const address = { region, country_code: country };
		expect(addressForKeap(address)).toEqual(address);
	});

	it('stays as it is without a region', () => {
		expect(addressForKeap({ line1: 'x', country_code: 'USA' })).toEqual({ line1: 'x', country_code: 'USA' });
	});

	it('has the name of its region for v1', () => {
		expect(addressForV1({ region: 'AZ', country_code: 'USA' })).toEqual({ region: 'Arizona', country_code: 'USA' });
		expect(addressForV1({ region: 'US-AZ' })).toEqual({ region: 'Arizona', country_code: 'USA' });
		expect(addressForV1({ region: 'Oslo', country_code: 'NOR' })).toEqual({ region: 'Oslo', country_code: 'NOR' });
	});

	it.each([
		['line1', 'BILLING', 75],
		['line1', 'SHIPPING', 100],
		['line2', 'BILLING', 75],
		['line2', 'OTHER', 100],
		['locality', 'BILLING', 50],
		['locality', 'OTHER', 100],
		['postal_code', 'BILLING', 15],
		['postal_code', 'SHIPPING', 20],
		['postal_code', 'OTHER', 15],
	])('may have so many characters of %s for %s: %i', (part, field, most) => {
		const of = (length: number) => complaintOf(() => addressForKeap({ [part]: 'x'.repeat(length), field }));
		expect(of(most)).toMatch(/^fine/);
		expect(of(most + 1)).toMatch(new RegExp(`longer than the ${most} characters.*\\(it has ${most + 1}\\)`));
	});
});
