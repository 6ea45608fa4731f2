import type { QuotaHeaders } from './quotaHeaders';
import type { Refusal } from './windows';

/**
 * Tells which window a 429 is about. Headers know best; without them, Apigee names its policy in the body.
 *
 * @param quota the answer's quota headers, if they say anything
 * @param text the answer's body
 */
export function whyRefused(quota: QuotaHeaders | undefined, text: string): Refusal {
	if (quota?.day?.available === 0 || /\bdaily\b|per day/i.test(text)) return 'day';
	if (/SpikeArrest/i.test(text)) return 'second';
	if (quota?.minute?.available === 0) return 'minute';
	if (quota?.minute?.available !== undefined) return 'second';
	return /quota/i.test(text) ? 'minute' : 'unknown';
}
