import { locale } from '../../../nodes/shared/catalogue/places/locales';
import { TIME_ZONES, timeZone } from '../../../nodes/shared/catalogue/places/timeZones';
import { BadInput } from '../../../nodes/shared/catalogue/operation/badInput';
import * as keap from '../../sandbox/contract/timeZones';

const complaintOf = (work: () => unknown): string => {
	try {
		return `fine: ${JSON.stringify(work())}`;
	} catch (error) {
		return error instanceof BadInput ? `${error.message} | ${error.advice ?? ''}` : `unexpected: ${String(error)}`;
	}
};

describe("a contact's time zone", () => {
	it('is one of those that Keap takes', () => {
		expect([...TIME_ZONES].sort()).toEqual([...keap.TIME_ZONES].sort());
		for (const zone of TIME_ZONES) expect(timeZone(zone)).toBe(zone);
	});

	it.each([
		[' america/new york ', 'America/New_York'],
		['US/Eastern', 'America/New_York'],
		['Asia/Calcutta', 'Asia/Kolkata'],
		['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
		['utc', 'UTC'],
	])('is understood under another name: %s', (written, zone) => {
		expect(timeZone(written)).toBe(zone);
	});

	it.each([
		['Europe/Vienna', /is not one of Keap's time zones: "Europe\/Vienna" \| The same time has Europe\/Berlin/],
		['America/New_Yrok', /Did you mean America\/New_York\?/],
		['somewhere', /is not one of Keap's time zones/],
	])('is refused, with those that may be meant: %s', (written, text) => {
		expect(complaintOf(() => timeZone(written))).toMatch(text);
	});
});

describe("a contact's locale", () => {
	it('is a language and a country', () => {
		expect(locale('en-us')).toBe('en_US');
		expect(locale('cy_GB')).toBe('cy_GB');
	});

	it.each(['English', 'en', 'xx_US', 'en_XX', 'en_UK', 'en_USA'])('is refused: %s', (written) => {
		expect(complaintOf(() => locale(written))).toMatch(/is not a locale: .*such as en_US/);
	});
});
