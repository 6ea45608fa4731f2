import type { INodeListSearchResult } from 'n8n-workflow';

import { isEmpty, located } from '../catalogue/fields/encode';
import { LOCALES, locale, nameOfLocale } from '../catalogue/places/locales';
import { anyTimeZone, TIME_ZONES, timeZone } from '../catalogue/places/timeZones';
import { defineLocator, type ListSearch } from './locator';

/** Only values that are given are checked. */
const given =
	(encode: (written: string) => string) =>
	(raw: unknown): string | undefined => {
		const value = located(raw);
		return isEmpty(value) ? undefined : encode(typeof value === 'object' ? '' : String(value));
	};

type Choice = INodeListSearchResult['results'][number];

/** Choices in which every word of what was typed stands; no call. */
const searchIn = (choices: readonly Choice[]): ListSearch =>
	async function (filter = ''): Promise<INodeListSearchResult> {
		const words = filter.toLowerCase().split(/[\s_]+/);
		const texts = (choice: Choice): string => `${choice.name} ${String(choice.value)}`.replaceAll('_', ' ').toLowerCase();
		return await Promise.resolve({ results: choices.filter((choice) => words.every((word) => texts(choice).includes(word))) });
	};

const searchTimeZones = searchIn(TIME_ZONES.map((value) => ({ name: value.replaceAll('_', ' '), value })));

const FORM = { example: 'America/New_York', regex: '^\\D*$', errorMessage: 'Not a time zone' };

/** Keap's own list of time zones. */
export const timeZones = defineLocator('searchTimeZones', searchTimeZones, { ...FORM, encode: given(timeZone) });

/** The same list where Keap does not say that it takes no other zone: by name it can be any. */
export const anyTimeZones = defineLocator('searchTimeZones', searchTimeZones, { ...FORM, encode: given(anyTimeZone) });

/** A language and a country in Keap's writing. */
export const locales = defineLocator('searchLocales', searchIn(LOCALES.map((value) => ({ name: nameOfLocale(value), value }))), {
	example: 'en_US',
	regex: '^\\D*$',
	errorMessage: 'A locale is a language and a country, such as en_US',
	encode: given(locale),
});
