import type { QuotaHeaders } from './quotaHeaders';
import type { Refusal } from './windows';

/** Characters of a body in which Apigee's code or Keap's words are looked for. */
const MOST_READ = 4_000;

/**
 * Which window a 429 is about: the headers know best, then Apigee's name for the policy that refused, then words. A wrong "day"
 * would close the key until 00:00 UTC, so words say it only where no header says that something is left of the day.
 *
 * @param quota the answer's quota headers, if they say anything
 * @param text the answer's body
 */
export function whyRefused(quota: QuotaHeaders | undefined, text: string): Refusal {
	const said = text.slice(0, MOST_READ);
	const ofDay = quota?.day?.available;
	const ofMinute = quota?.minute?.available;
	if (ofDay === 0) return 'day';
	if (/SpikeArrest/i.test(said)) return 'second';
	if (ofMinute === 0) return 'minute';
	if (ofDay === undefined && /\bdaily\b|\bper day\b/i.test(said)) return 'day';
	if (ofMinute !== undefined) return 'second';
	return /quota/i.test(said) ? 'minute' : 'unknown';
}

/** Longer than any window but the day takes to refill. A request that would have to wait longer fails and reports it. */
const LONGEST_RETRY_AFTER_MS = 600_000;

/**
 * How long Keap, or a gateway before it, asks to be left alone (`Retry-After`, in seconds or as a date).
 *
 * @param headers names in lower case
 * @param now milliseconds since 1970; the answer's own `Date` goes before it, as it is by the same clock
 * @returns milliseconds, ten minutes at most; undefined where it is not said, or lies in the past
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
	const said = headers['retry-after']?.trim() ?? '';
	if (said === '' || said.length > 40) return undefined;
	if (/^\d+(\.\d+)?$/.test(said)) return bounded(Number(said) * 1_000);
	// A plain number would be read as a year.
	const date = /[a-z]/i.test(said) ? Date.parse(said) : NaN;
	const sent = Date.parse(headers.date ?? '');
	return bounded(date - (Number.isNaN(sent) ? now : sent));
}

function bounded(ms: number): number | undefined {
	return ms > 0 ? Math.min(ms, LONGEST_RETRY_AFTER_MS) : undefined;
}
