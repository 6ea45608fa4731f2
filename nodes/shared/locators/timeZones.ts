import type { INodeListSearchResult } from 'n8n-workflow';

import { isEmpty, located } from '../catalogue/fields/encode';
import { locale } from '../catalogue/places/locales';
import { TIME_ZONES, timeZone } from '../catalogue/places/timeZones';
import { defineLocator } from './locator';

/** Only values that are given are checked. */
const given =
	(encode: (written: string) => string) =>
	(raw: unknown): string | undefined => {
		const value = located(raw);
		return isEmpty(value) ? undefined : encode(typeof value === 'object' ? '' : String(value));
	};

const options = TIME_ZONES.map((value) => ({ name: value.replaceAll('_', ' '), value }));

/** Zones in which every word of what was typed stands; no call. */
async function searchTimeZones(filter = ''): Promise<INodeListSearchResult> {
	const words = filter.toLowerCase().split(/[\s_]+/);
	return await Promise.resolve({ results: options.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word))) });
}

/** Keap's own list of time zones. */
export const timeZones = defineLocator('searchTimeZones', searchTimeZones, {
	example: 'America/New_York',
	regex: '^\\D*$',
	errorMessage: 'Not a time zone',
	encode: given(timeZone),
});

/** A language and a country in Keap's writing. */
export const encodeLocale = given(locale);
