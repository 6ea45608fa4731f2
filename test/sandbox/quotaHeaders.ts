import type { Limits } from './types';

/** What is used of each window at the moment of an answer. */
export interface Usage {
	/** What `x-keap-tenant-id` names. */
	account: string;
	minute: number;
	day: number;
	/** Counted against the limits of the whole account, whatever kind of key or application asks. */
	tenantMinute: number;
	tenantDay: number;
	/** Epoch milliseconds at which the day begins anew. */
	dayEndsAt: number;
}

const TENANT_PER_MINUTE = 10_000;
const TENANT_PER_DAY = 250_000;

const left = (limit: number, used: number) => Math.max(0, limit - used);
/** An unlimited window has nothing to say, and Keap says nothing with an empty value. */
const text = (value: number) => (Number.isFinite(value) ? String(value) : '');

/** The quota headers of an authenticated answer, names in lower case. */
export function quotaHeaders(limits: Limits, usage: Usage): Record<string, string> {
	return {
		'x-keap-product-quota-limit': text(limits.perDay),
		'x-keap-product-quota-time-unit': 'day',
		'x-keap-product-quota-interval': '1',
		'x-keap-product-quota-available': text(left(limits.perDay, usage.day)),
		'x-keap-product-quota-used': text(usage.day),
		'x-keap-product-quota-expiry-time': text(usage.dayEndsAt),
		'x-keap-product-throttle-limit': text(limits.perMinute),
		'x-keap-product-throttle-time-unit': 'minute',
		'x-keap-product-throttle-interval': '1',
		'x-keap-product-throttle-available': text(left(limits.perMinute, usage.minute)),
		'x-keap-product-throttle-used': text(usage.minute),
		'x-keap-product-spike-limit': '',
		'x-keap-tenant-id': usage.account,
		'x-keap-tenant-throttle-limit': `${TENANT_PER_MINUTE}|${TENANT_PER_DAY}`,
		'x-keap-tenant-throttle-time-unit': 'minute|day',
		'x-keap-tenant-throttle-interval': '1|1',
		'x-keap-tenant-throttle-available': `${left(TENANT_PER_MINUTE, usage.tenantMinute)}|${left(TENANT_PER_DAY, usage.tenantDay)}`,
		'x-keap-tenant-throttle-used': `${usage.tenantMinute}|${usage.tenantDay}`,
	};
}

const SOME_USAGE: Usage = { account: '', minute: 0, day: 0, tenantMinute: 0, tenantDay: 0, dayEndsAt: 0 };

/** The same names when the gateway does not know the caller: units and intervals are named, values are empty (`|` where two stand in one). */
export const EMPTY_QUOTA_HEADERS: Readonly<Record<string, string>> = Object.fromEntries(
	Object.entries(quotaHeaders({ perSecond: 0, perMinute: 0, perDay: 0 }, SOME_USAGE)).map(([name, value]) => {
		if (name.endsWith('-unit') || name.endsWith('-interval')) return [name, value];
		return [name, value.includes('|') ? '|' : ''];
	}),
);
