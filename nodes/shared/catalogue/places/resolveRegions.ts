import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../runtime/isRecord';
import { BadInput } from '../operation/badInput';
import type { Fail, Outcome } from '../operation/outcome';
import type { Call, Field, Work } from '../operation/types';
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

/** The labels of all parameters of a row. */
const labelsOf = (fields: readonly Field[]): string[] =>
	fields.flatMap(({ property, members }) => [property.displayName, ...labelsOf(members ?? [])]);

/**
 * The label of an address that stands in a list. Keap's `field` of a contact's addresses (BILLING, SHIPPING, OTHER) is in the label
 * of the parameter; other records have one address.
 */
function labelOf(address: unknown, labels: readonly string[]): string {
	const field = isRecord(address) && typeof address.field === 'string' ? address.field.toLowerCase() : '';
	return labels.find((label) => label.toLowerCase() === `${field} address`) ?? 'Address';
}

const named = (error: unknown, name: string): unknown =>
	error instanceof BadInput && error.parameter === REGION ? new BadInput(error.message, error.advice, `${name} > ${REGION}`) : error;

/** Whether a label stands for a field of the body: Shipping Address for `shipping_address`. */
const isLabelOf =
	(name: string) =>
	(label: string): boolean =>
		plainName(label) === plainName(name.replaceAll('_', ' '));

/** What the regions of a body are compared with, and the labels under which its addresses stand in the form. */
interface Settling {
	readonly known: ReadonlyMap<string, readonly Province[]>;
	readonly isV1: boolean;
	readonly labels: readonly string[];
}

/** The body with the regions of these countries as Keap has them. @throws BadInput for a region that Keap does not have there */
function settled(value: unknown, { known, isV1, labels }: Settling): unknown {
	if (typeof value !== 'object' || value === null || unlistedIn(value).length === 0) return value;
	const inner = (one: unknown, label: string): unknown => ofEntry(label, () => settled(one, { known, isV1, labels }));
	if (Array.isArray(value)) return value.map((one: unknown) => inner(one, labelOf(one, labels)));
	const own = unlistedRegionOf(value);
	if (own === undefined)
		return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inner(one, labels.find(isLabelOf(name)) ?? 'Address')]));
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
			const { path, fields } = call.operation;
			const settling = { known, isV1: path.startsWith('/crm/rest/v1/'), labels: labelsOf(fields) };
			ready.push(regions.length === 0 ? call : { ...call, body: settled(call.body, settling) as IDataObject });
		} catch (error) {
			refused.push(fail(call, error));
		}
	}
	return [ready, refused];
}
