import type { Country } from './countries';
import { nearest, plainName } from './names';
import { REGIONS } from './regionData';

/** A subdivision of a country: its code of ISO 3166-2 with the country before it, and its name. */
export interface Region {
	readonly code: string;
	readonly name: string;
}

/** Where people write more kinds of areas than the standard has codes for, such as Cheshire: a name that is not listed may be right. */
const OPEN: ReadonlySet<string> = new Set(['GB']);

/** The form of a code, with or without its country: `US-AZ`, `AZ`, `75`. */
const CODE = /^(?:([A-Z]{2})[-\s])?([A-Z0-9]{1,3})$/;

const regions = new Map<string, Map<string, Region>>();

/** The subdivisions of a country by code and by name; `undefined` where they are not listed here. */
function regionsOf(alpha2: string): ReadonlyMap<string, Region> | undefined {
	const data = REGIONS[alpha2];
	if (data === undefined) return undefined;
	const made = regions.get(alpha2) ?? new Map<string, Region>();
	if (made.size > 0) return made;
	for (const line of data.split('|')) {
		const space = line.indexOf(' ');
		const names = line.slice(space + 1).split('/');
		const region: Region = { code: `${alpha2}-${line.slice(0, space)}`, name: names[0] ?? '' };
		made.set(line.slice(0, space), region);
		for (const name of names) if (!made.has(plainName(name))) made.set(plainName(name), region);
	}
	regions.set(alpha2, made);
	return made;
}

/** Whether the country's regions are listed here. */
export const isListed = ({ alpha2 }: Country): boolean => REGIONS[alpha2] !== undefined;

/** The country that a full code begins with: `US` of `US-AZ`. */
export const countryIn = (written: string): string | undefined => /^([A-Z]{2})-[A-Z0-9]{1,3}$/.exec(written.trim().toUpperCase())?.[1];

/**
 * The region of a country by code or name. Where the country's regions are not listed here, any text of the form of a code is one.
 * @returns `unlisted` for a name of which nothing is known, `unknown` for one that the country certainly has not
 */
export function regionOf(written: string, { alpha2 }: Country): Region | 'unlisted' | 'unknown' {
	const listed = regionsOf(alpha2);
	const [, country = alpha2, part] = CODE.exec(written.trim().toUpperCase()) ?? [];
	if (country !== alpha2) return 'unknown';
	if (listed === undefined) return part === undefined ? 'unlisted' : { code: `${alpha2}-${part}`, name: written.trim() };
	const found = (part === undefined ? undefined : listed.get(part)) ?? listed.get(plainName(written));
	return found ?? (OPEN.has(alpha2) && part === undefined ? 'unlisted' : 'unknown');
}

/** Regions of the country that may be meant by what is none, as `Arizona (US-AZ)`; the nearest first. */
export function regionsNear(written: string, { alpha2 }: Country): string[] {
	const all = [...new Set(regionsOf(alpha2)?.values() ?? [])];
	return nearest(
		written,
		all.map(({ name }) => name),
	).map((name) => `${name} (${all.find((one) => one.name === name)?.code ?? ''})`);
}
