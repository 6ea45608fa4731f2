/** A date and time without a zone, as n8n's date picker stores it. */
const LOCAL = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/**
 * Gives a date and time without a zone the offset that the workflow's time zone has then: whoever picked 09:30 meant 09:30 there,
 * not where the server stands. Every other value stays as it is.
 * @param zone an IANA name, such as `Europe/Vienna`
 */
export function inZone(raw: unknown, zone: string): unknown {
	if (typeof raw !== 'string' || !LOCAL.test(raw.trim())) return raw;
	const text = raw.trim().replace(' ', 'T');
	const near = Date.parse(`${text}Z`);
	// A time that there is not is for the encoder to complain of.
	if (Number.isNaN(near)) return raw;
	// The offset depends on the moment (summer time), and the moment on the offset: the second look is exact.
	const guess = Date.parse(`${text}${offsetAt(near, zone)}`);
	return `${text}${offsetAt(guess, zone)}`;
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
