import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { contactTypes } from '../../nodes/shared/locators/contactTypes';
import { anyTimeZones, locales, timeZones } from '../../nodes/shared/locators/timeZones';
import { BadInput } from '../../nodes/shared/catalogue/operation/badInput';
import type { Locator } from '../../nodes/shared/locators/locator';

const valuesOf = async ({ search }: Locator, filter?: string): Promise<unknown[]> =>
	(await search.call({} as ILoadOptionsFunctions, filter)).results.map(({ value }) => value);
const encode = ({ field }: Locator, raw: unknown): unknown => field('name', 'Name').encode?.(raw);

test.each<[typed: string, locator: Locator, found: unknown[]]>([
	['austria', locales, ['de_AT']],
	['english united', locales, ['en_GB', 'en_US']],
	['pt_br', locales, ['pt_BR']],
	['new york', timeZones, ['America/New_York']],
	['Berlin', anyTimeZones, ['Europe/Berlin']],
])('"%s" finds what it names, without a call', async (typed, locator, found) => {
	expect(await valuesOf(locator, typed)).toEqual(found);
});

test('every choice is a value that is taken', async () => {
	for (const locator of [locales, timeZones, anyTimeZones]) {
		const values = await valuesOf(locator);
		expect(values.length).toBeGreaterThan(50);
		expect(values.map((value) => encode(locator, { __rl: true, mode: 'list', value }))).toEqual(values);
	}
});

test.each<[locator: Locator, raw: unknown, value: unknown]>([
	[locales, 'en-us', 'en_US'],
	[locales, { __rl: true, mode: 'id', value: 'es_EC' }, 'es_EC'],
	[anyTimeZones, 'america/toronto', 'America/Toronto'],
	[contactTypes, ' Customer ', 'Customer'],
	[contactTypes, '', undefined],
])('%#: a value by name, and none', (locator, raw, value) => {
	expect(encode(locator, raw)).toBe(value);
});

test.each<[locator: Locator, raw: unknown]>([
	[locales, 'English'],
	[anyTimeZones, 'Mars/Olympus'],
	[timeZones, 'Mars/Olympus'],
	[contactTypes, { a: 1 }],
])('%#: what is none is refused before a call', (locator, raw) => {
	expect(() => encode(locator, raw)).toThrow(BadInput);
});
