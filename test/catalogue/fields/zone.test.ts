import { inZone, momentInZone } from '../../../nodes/shared/catalogue/fields/zone';

describe('a date and time without a zone', () => {
	it.each([
		['2024-01-31T09:30:00', 'America/New_York', '2024-01-31T14:30:00.000Z'],
		['2024-07-31T09:30:00', 'America/New_York', '2024-07-31T13:30:00.000Z'],
		['2024-07-31 09:30', 'Europe/Vienna', '2024-07-31T07:30:00.000Z'],
		[' 2024-01-31T09:30:00.250 ', 'Asia/Kolkata', '2024-01-31T04:00:00.250Z'],
		['2024-01-31T09:30:00', 'UTC', '2024-01-31T09:30:00.000Z'],
		// The hours around the change to summer time and back, in both directions from Greenwich.
		['2024-03-10T01:59:00', 'America/New_York', '2024-03-10T06:59:00.000Z'],
		['2024-03-10T03:00:00', 'America/New_York', '2024-03-10T07:00:00.000Z'],
		['2024-11-03T00:59:00', 'America/New_York', '2024-11-03T04:59:00.000Z'],
		['2024-11-03T02:00:00', 'America/New_York', '2024-11-03T07:00:00.000Z'],
		['2024-03-31T01:59:00', 'Europe/Vienna', '2024-03-31T00:59:00.000Z'],
		['2024-03-31T03:00:00', 'Europe/Vienna', '2024-03-31T01:00:00.000Z'],
		['2024-01-31T00:30:00', 'Pacific/Auckland', '2024-01-30T11:30:00.000Z'],
	])('%j is meant in %s: %s', (text, zone, moment) => {
		expect(new Date(String(inZone(text, zone))).toISOString()).toBe(moment);
	});

	it.each([
		'2024-01-31',
		'2024-01-31T09:30:00Z',
		'2024-01-31T09:30:00+02:00',
		'2024-13-41T09:30:00',
		'09:30',
		'soon',
		'',
		5,
		null,
		undefined,
	])('other values stay as they are: %p', (raw) => {
		expect(inZone(raw, 'America/New_York')).toBe(raw);
	});

	it('keeps the day that was written, also one that there is not: the encoder complains of it', () => {
		expect(inZone('2024-02-31T09:30:00', 'America/New_York')).toBe('2024-02-31T09:30:00-05:00');
		expect(inZone('2024-01-31T23:30:00', 'Pacific/Auckland')).toBe('2024-01-31T23:30:00+13:00');
	});
});

describe('a date without a time, where a moment is wanted', () => {
	it.each([
		['2026-02-15', 'America/Phoenix', '2026-02-15T07:00:00.000Z'],
		['2026-02-15', 'Asia/Kolkata', '2026-02-14T18:30:00.000Z'],
		[' 2026-02-15 ', 'Pacific/Auckland', '2026-02-14T11:00:00.000Z'],
		['2026-02-15', 'UTC', '2026-02-15T00:00:00.000Z'],
		// Days on which the clocks change, in both directions from Greenwich.
		['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
		['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
		['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z'],
		['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
		['2026-04-05', 'Pacific/Auckland', '2026-04-04T11:00:00.000Z'],
		['2026-04-06', 'Pacific/Auckland', '2026-04-05T12:00:00.000Z'],
		['2026-09-27', 'Pacific/Auckland', '2026-09-26T12:00:00.000Z'],
		['2026-09-28', 'Pacific/Auckland', '2026-09-27T11:00:00.000Z'],
		// Here the clocks go from 00:00 to 01:00: the day begins at 01:00.
		['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
	])('%j is midnight in %s: %s', (text, zone, moment) => {
		expect(new Date(String(momentInZone(text, zone))).toISOString()).toBe(moment);
	});

	it('leaves all else to what it is: a time, a moment, no date at all', () => {
		expect(momentInZone('2024-01-31T09:30', 'America/New_York')).toBe('2024-01-31T09:30-05:00');
		for (const raw of ['2024-01-31T09:30:00Z', '2024-13-41', 'soon', '', 5, null, undefined]) {
			expect(momentInZone(raw, 'America/New_York')).toBe(raw);
		}
	});
});
