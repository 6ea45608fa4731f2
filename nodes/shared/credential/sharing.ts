import type { RedisSettings } from '../throttle/redis/settings';

const MOST_PORT = 65_535;
/** Redis numbers its databases; 16 of them unless its configuration says otherwise. */
const MOST_DATABASE = 1_000_000;
const LONGEST_PREFIX = 100;

type Raw = Readonly<Record<string, unknown>>;

/**
 * Reads the fields of a `keapApi` credential that share the quota.
 *
 * @returns `undefined` when the credential does not share
 * @throws Error that names the field and says what it takes; never the password
 */
export function parseSharing(raw: Raw): RedisSettings | undefined {
	if (!isOn(raw.shareQuota)) return undefined;
	return {
		host: readHost(raw.redisHost),
		port: readNumber(raw.redisPort, 6_379, { label: 'Redis Port', least: 1, most: MOST_PORT }),
		user: text(raw.redisUser),
		password: typeof raw.redisPassword === 'string' ? raw.redisPassword : '',
		database: readNumber(raw.redisDatabase, 0, { label: 'Redis Database', least: 0, most: MOST_DATABASE }),
		tls: isOn(raw.redisTls),
		keyPrefix: readPrefix(raw.redisKeyPrefix),
	};
}

/** Whether a switch of the credential is on; an expression may give it as text. */
export function isOn(value: unknown): boolean {
	return value === true || value === 'true';
}

function readHost(value: unknown): string {
	const host = text(value);
	if (host === '') {
		throw new Error(
			'The Keap credential shares its quota, but has no Redis Host. Enter the host name of the Redis, such as redis.example.com, or switch Share Quota Between Processes off',
		);
	}
	if (/:\/\//.test(host)) {
		throw new Error(
			`Redis Host of the Keap credential has to be a host name, not a URL${urlAdvice(host)}. Host, port, user, password, database and TLS have fields of their own`,
		);
	}
	const isIpv6 = /^[0-9a-f:.]+$/i.test(host) && (host.match(/:/g) ?? []).length > 1;
	if (!isIpv6 && host.includes(':')) {
		throw new Error('Redis Host of the Keap credential contains a port. Put it into Redis Port');
	}
	if (!isIpv6 && !/^[a-z0-9._-]+$/i.test(host)) {
		throw new Error('Redis Host of the Keap credential has to be a host name or an IP address, such as redis.example.com');
	}
	return host;
}

/** The host alone is shown: a URL may hold a password. */
function urlAdvice(url: string): string {
	try {
		const { hostname } = new URL(url);
		return hostname === '' ? '' : `: enter ${hostname}`;
	} catch {
		return '';
	}
}

function readNumber(value: unknown, standard: number, range: { label: string; least: number; most: number }): number {
	if (value === undefined || value === null || value === '') return standard;
	const isNumeric = typeof value === 'number' || (typeof value === 'string' && /^\s*-?[\d.]+\s*$/.test(value));
	const number = isNumeric ? Number(value) : NaN;
	const { label, least, most } = range;
	if (Number.isInteger(number) && number >= least && number <= most) return number;
	const shown = typeof value === 'string' || typeof value === 'number' ? ` (${String(value).slice(0, 40)})` : '';
	throw new Error(`${label} of the Keap credential${shown} has to be a whole number from ${least} to ${most}`);
}

function readPrefix(value: unknown): string {
	if (typeof value !== 'string') return 'n8n-nodes-keap:';
	if (value.length <= LONGEST_PREFIX && /^[\x20-\x7e]*$/.test(value)) return value;
	throw new Error(
		`Redis Key Prefix of the Keap credential has to be at most ${LONGEST_PREFIX} plain characters (letters, digits, punctuation)`,
	);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
