/** What one family of Keap's headers says about one window; a missing member is unknown. */
export interface WindowHeaders {
	/** Calls the window allows. */
	limit?: number;
	/** Calls left in the window, all programs with the same key counted. */
	available?: number;
	/** When the window starts anew, in milliseconds since 1970. */
	resetsAt?: number;
}

export interface QuotaHeaders {
	minute?: WindowHeaders;
	day?: WindowHeaders;
	/** Name of the Keap account that the key belongs to: minute and day are counted for all its keys together. */
	account?: string;
}

/** Keap's two windows of a key: the family of headers, and the time unit that it must name. */
const FAMILIES = {
	minute: namesOf('x-keap-product-throttle'),
	day: namesOf('x-keap-product-quota'),
};

const ACCOUNT = 'x-keap-tenant-id';

function namesOf(family: string) {
	return {
		timeUnit: `${family}-time-unit`,
		interval: `${family}-interval`,
		limit: `${family}-limit`,
		used: `${family}-used`,
		available: `${family}-available`,
		expiryTime: `${family}-expiry-time`,
	};
}

/**
 * Reads the quota from an answer's headers. Empty, joined (`a|b`), negative, fractional and absurd values are unknown,
 * and so is a family that names another time unit or contradicts itself.
 *
 * @param headers names in lower case
 * @returns what is known, or `undefined` when nothing is
 */
export function readQuotaHeaders(headers: Record<string, string>): QuotaHeaders | undefined {
	const minute = readFamily(headers, 'minute');
	const day = readFamily(headers, 'day');
	const account = plain(headers[ACCOUNT]);
	if (!minute && !day && account === '') return undefined;
	return { ...(minute && { minute }), ...(day && { day }), ...(account !== '' && { account }) };
}

function readFamily(headers: Record<string, string>, unit: keyof typeof FAMILIES): WindowHeaders | undefined {
	const names = FAMILIES[unit];
	const limit = count(headers[names.limit]) || undefined;
	const used = count(headers[names.used]);
	let available = count(headers[names.available]);
	if (available === undefined && limit !== undefined && used !== undefined) available = Math.max(0, limit - used);
	if (limit === undefined && available === undefined) return undefined;

	const saysUnit = plain(headers[names.timeUnit]);
	const saysInterval = plain(headers[names.interval]);
	if ((saysUnit !== '' && saysUnit.toLowerCase() !== unit) || (saysInterval !== '' && saysInterval !== '1')) return undefined;
	// "Nothing left" beside "hardly anything used" is a fault of the gateway: believing it would stop every workflow.
	if (available !== undefined && limit !== undefined && used !== undefined && available + used < limit) {
		return { limit };
	}
	// The same where nothing else is said of the day, which it would close until 00:00 UTC.
	if (unit === 'day' && available === 0 && limit === undefined && used === undefined) return undefined;
	const said: WindowHeaders = {};
	if (limit !== undefined) said.limit = limit;
	if (available !== undefined) said.available = available;
	const expiryTime = plain(headers[names.expiryTime]);
	if (/^\d{13}$/.test(expiryTime)) said.resetsAt = Number(expiryTime);
	return said;
}

const plain = (text: string | undefined): string => text?.trim() ?? '';

/** A whole number of calls below a thousand million, or unknown. */
function count(header: string | undefined): number | undefined {
	const text = plain(header);
	return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
