import type { INodeProperties } from 'n8n-workflow';

/** A date and time without a zone, as n8n's date picker stores it. */
const LOCAL = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/** A date without a time, as tables and forms have it. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Gives a date and time without a zone the offset that the workflow's time zone has then: whoever picked 09:30 meant 09:30 there,
 * not where the server stands. Every other value stays as it is.
 * @param zone an IANA name, such as `Europe/Vienna`
 */
export function inZone(raw: unknown, zone: string): unknown {
	if (typeof raw !== 'string' || !LOCAL.test(raw.trim())) return raw;
	const text = raw.trim().replace(' ', 'T');
	const near = Date.parse(`${text}Z`);
	// A time that does not exist is for the encoder to refuse.
	if (Number.isNaN(near)) return raw;
	// The offset depends on the moment (summer time), and the moment on the offset: so it is computed twice; the second result is exact.
	const guess = Date.parse(`${text}${offsetAt(near, zone)}`);
	return `${text}${offsetAt(guess, zone)}`;
}

/**
 * The same where a moment is wanted: there a date without a time is midnight in the workflow's time zone. `Date` would take it for
 * midnight in Greenwich, which is the day before in all of America. Where summer time begins at midnight, it is the day's first moment.
 */
export function momentInZone(raw: unknown, zone: string): unknown {
	if (typeof raw !== 'string' || !DAY.test(raw.trim()) || Number.isNaN(Date.parse(raw.trim()))) return inZone(raw, zone);
	return inZone(`${raw.trim()}T00:00:00`, zone);
}

/** The value of a parameter with its moments in the workflow's time zone, those in the entries of a list too; days stay days. */
export function localized(property: INodeProperties, raw: unknown, zone: string): unknown {
	if (property.type === 'dateTime') return property.typeOptions?.dateOnly === true ? raw : momentInZone(raw, zone);
	if (property.type !== 'fixedCollection' || typeof raw !== 'object' || raw === null) return raw;
	const moments = (property.options ?? [])
		.flatMap((option) => ('values' in option ? option.values : []))
		.filter((member) => member.type === 'dateTime');
	return moments.length === 0 ? raw : inEntries(raw, moments, zone);
}

/** `{entries: [row, …]}`, `{entries: row}`, `[row, …]` or a row: whichever form a list has. */
function inEntries(raw: unknown, moments: readonly INodeProperties[], zone: string): unknown {
	if (Array.isArray(raw)) return raw.map((row: unknown) => inEntries(row, moments, zone));
	if (typeof raw !== 'object' || raw === null) return raw;
	if (Object.hasOwn(raw, 'entries')) return { ...raw, entries: inEntries((raw as { entries: unknown }).entries, moments, zone) };
	const row = raw as Record<string, unknown>;
	const local = moments.filter(({ name }) => name in row).map((member) => [member.name, localized(member, row[member.name], zone)]);
	return { ...row, ...(Object.fromEntries(local) as Record<string, unknown>) };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `+02:00`, or `Z` in Greenwich. */
function offsetAt(moment: number, zone: string): string {
	const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
	formats.set(zone, format);
	const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
	// Local mean times of long ago have seconds, which ISO 8601 lacks.
	return name.replace('GMT', '').slice(0, 6) || 'Z';
}
