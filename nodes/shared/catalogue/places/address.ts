import { BadInput, shown } from '../operation/badInput';
import { countriesNear, type Country, countryOf } from './countries';
import { countryIn, isListed, type Region, regionOf, regionsNear } from './regions';

/** An address as it is sent to Keap. */
export type Address = Record<string, unknown>;

/** Most characters of each part, as Keap's description of an address says: of a BILLING address, of a SHIPPING one, of others. */
const LENGTHS: Readonly<Record<string, readonly [name: string, billing: number, shipping: number, other: number]>> = {
	line1: ['Street Address 1', 75, 100, 100],
	line2: ['Street Address 2', 75, 100, 100],
	locality: ['City', 50, 100, 100],
	region: ['State or Region', 50, 50, 50],
	postal_code: ['Postal Code', 15, 20, 15],
};

/** The code by which Keap's v2 takes a country. @throws BadInput for what is no country, with those that may be meant */
export function countryCode(written: string): string {
	const country = countryOf(written);
	if (country !== undefined) return country.alpha3;
	const near = countriesNear(written);
	throw new BadInput(
		`is not a country: ${shown(written)}`,
		`${near.length > 0 ? `Did you mean ${near.join(', ')}? ` : ''}Give a code of ISO 3166-1, such as USA, GB or DEU, or a name, such as United States.`,
	);
}

/**
 * An address in the form that Keap's v2 wants: country and region by their codes. A region that is not listed for its country goes
 * by its name, which Keap still takes.
 * @throws BadInput for a region without a country or of another one, and for parts that are too long for the kind of address
 */
export function addressForKeap(address: Address): Address {
	checkLengths(address);
	const { region: written, ...rest } = address;
	if (typeof written !== 'string') return address;
	const { country, region } = placed(written, address.country_code);
	if (region === 'unlisted') return markUnlisted(address, written, country);
	return markUnlisted({ ...rest, country_code: country.alpha3, region_code: region.code }, written, country);
}

/** The same for v1, which has no kinds of addresses, and no codes for regions: it wants their names. @throws BadInput for a region as above */
export function addressForV1(address: Address): Address {
	const { region: written } = address;
	if (typeof written !== 'string') return address;
	const { country, region } = placed(written, address.country_code);
	return markUnlisted(
		{ ...address, country_code: country.alpha3, ...(region !== 'unlisted' && { region: region.name }) },
		written,
		country,
	);
}

/** A region of a country whose regions are not listed here: Keap can say whether the country has it. */
export interface UnlistedRegion {
	readonly written: string;
	readonly country: Country;
}

const unlisted = new WeakMap<object, UnlistedRegion>();

function markUnlisted(address: Address, written: string, country: Country): Address {
	if (!isListed(country)) unlisted.set(address, { written, country });
	return address;
}

/** The region of an address as it was checked above, if only its form could be. */
export const unlistedRegionOf = (address: object): UnlistedRegion | undefined => unlisted.get(address);

/** What the form calls it. */
export const REGION = 'State or Region';

/** The error for a region that a country does not have. @param near those that may be meant @param example of its country */
export function noSuchRegion(written: string, { name }: Country, near: readonly string[], example: string): BadInput {
	return new BadInput(
		`is not one of ${name}: ${shown(written)}`,
		`${near.length > 0 ? `Did you mean ${near.join(', ')}? ` : ''}Give its name or its code of ISO 3166-2, such as ${example}, or leave it empty.`,
		REGION,
	);
}

/** The name by which Keap finds a region: that of a full code such as `US-AZ`, what was written otherwise. */
export function regionName(written: string | undefined): string | undefined {
	const country = written === undefined ? undefined : countryOf(countryIn(written) ?? '');
	if (written === undefined || country === undefined) return written;
	const region = regionOf(written, country);
	return typeof region === 'string' ? written : region.name;
}

/** A region with its country, which a full code such as `US-AZ` brings along. */
function placed(written: string, code: unknown): { country: Country; region: Region | 'unlisted' } {
	const country = countryOf(typeof code === 'string' ? code : (countryIn(written) ?? ''));
	if (country === undefined) {
		throw new BadInput(
			'has a State or Region without a Country Code',
			'Give the Country Code as well, such as USA: Keap refuses a region alone.',
		);
	}
	const region = regionOf(written, country);
	if (region !== 'unknown') return { country, region };
	throw noSuchRegion(
		written,
		country,
		regionsNear(written, country),
		country.alpha2 === 'US' ? 'Arizona, AZ or US-AZ' : `${country.alpha2}-…`,
	);
}

const KINDS = ['a billing', 'a shipping', 'such an'] as const;

function checkLengths(address: Address): void {
	const kind = address.field === 'BILLING' ? 1 : address.field === 'SHIPPING' ? 2 : 3;
	for (const [part, limits] of Object.entries(LENGTHS)) {
		const value = address[part];
		if (typeof value !== 'string' || value.length <= limits[kind]) continue;
		throw new BadInput(
			`is longer than the ${limits[kind]} characters that Keap takes in ${KINDS[kind - 1]} address (it has ${value.length})`,
			'Shorten it.',
			limits[0],
		);
	}
}
