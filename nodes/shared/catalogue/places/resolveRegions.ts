import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../runtime/isRecord';
import { BadInput } from '../operation/badInput';
import type { Fail, Outcome } from '../operation/outcome';
import type { Call, Work } from '../operation/types';
import { noSuchRegion, REGION, type UnlistedRegion, unlistedRegionOf } from './address';
import type { Country } from './countries';
import { nearest, plainName } from './names';
import { type Province, provincesOf } from './provinces';

/** Every address in a body whose region could be checked by its form alone. */
function unlistedIn(value: unknown): UnlistedRegion[] {
	if (typeof value !== 'object' || value === null) return [];
	const own = unlistedRegionOf(value);
	if (own !== undefined) return [own];
	return Array.isArray(value) || isRecord(value) ? Object.values(value).flatMap(unlistedIn) : [];
}

/** The province that is meant by a code, with or without its country, or by a name. */
function provinceOf(written: string, { alpha2 }: Country, provinces: readonly Province[]): Province | undefined {
	const code = written.trim().toUpperCase();
	return (
		provinces.find((one) => one.code === code || one.code === `${alpha2}-${code}`) ??
		provinces.find(({ name }) => plainName(name) === plainName(written))
	);
}

/** What a part of the body becomes; a complaint about it names the address, once. */
function ofEntry(name: string, settle: () => unknown): unknown {
	try {
		return settle();
	} catch (error) {
		throw named(error, name);
	}
}

const named = (error: unknown, name: string): unknown =>
	error instanceof BadInput && error.parameter === REGION ? new BadInput(error.message, error.advice, `${name} > ${REGION}`) : error;

/** The body with the regions of these countries as Keap has them. @throws BadInput for a region that Keap does not have there */
function settled(value: unknown, known: ReadonlyMap<string, readonly Province[]>, isV1: boolean): unknown {
	if (typeof value !== 'object' || value === null || unlistedIn(value).length === 0) return value;
	if (Array.isArray(value)) return value.map((one, index) => ofEntry(`Address ${index + 1}`, () => settled(one, known, isV1)));
	const own = unlistedRegionOf(value);
	if (own === undefined)
		return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, ofEntry('Address', () => settled(inner, known, isV1))]));
	const { written, country } = own;
	const provinces = known.get(country.alpha3) ?? [];
	if (provinces.length === 0) return value;
	const found = provinceOf(written, country, provinces);
	if (found === undefined) {
		const near = nearest(
			written,
			provinces.map(({ name }) => name),
		).map((name) => `${name} (${provinces.find((one) => one.name === name)?.code ?? ''})`);
		const [first] = provinces;
		throw noSuchRegion(written, country, near, first === undefined ? '' : `${first.name} or ${first.code}`);
	}
	const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'region'));
	return isV1 ? { ...rest, region: found.name } : { ...rest, country_code: country.alpha3, region_code: found.code };
}

/**
 * Looks regions up in Keap that could be checked by their form alone: one call for each country, then none for an hour. Where Keap has
 * no list, or does not give it, the form is what counts.
 * @returns the calls that can go on, and the outcomes of those with a region that their country does not have
 */
export async function resolveRegions({ context }: Pick<Work, 'context'>, calls: readonly Call[], fail: Fail): Promise<[Call[], Outcome[]]> {
	const known = new Map<string, readonly Province[]>();
	const ready: Call[] = [];
	const refused: Outcome[] = [];
	for (const call of calls) {
		try {
			const regions = unlistedIn(call.body);
			for (const { country } of regions)
				if (!known.has(country.alpha3)) known.set(country.alpha3, await provincesOf(context, country.alpha3));
			const isV1 = call.operation.path.startsWith('/crm/rest/v1/');
			ready.push(regions.length === 0 ? call : { ...call, body: settled(call.body, known, isV1) as IDataObject });
		} catch (error) {
			refused.push(fail(call, error));
		}
	}
	return [ready, refused];
}
