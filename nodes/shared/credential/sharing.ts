import { clusterNodes, inBraces, isQueueMode, redisOfN8n } from '../throttle/redis/connection/n8nSettings';
import type { Address, RedisSettings } from '../throttle/redis/connection/settings';

const MOST_PORT = 65_535;
/** Redis numbers its databases; 16 of them unless its configuration says otherwise. */
const MOST_DATABASE = 1_000_000;
const LONGEST_PREFIX = 100;

type Raw = Readonly<Record<string, unknown>>;

/**
 * Reads the fields of a `keapApi` credential that share the quota. By default it is shared where n8n runs in queue mode,
 * through the Redis of n8n's own queue, and nowhere else.
 *
 * @returns `undefined` when the quota is not shared
 * @throws Error that names the field and says what it takes; never the password
 */
export function parseSharing(raw: Raw): RedisSettings | undefined {
	const mode = text(raw.shareQuota) || 'automatic';
	if (mode === 'off') return undefined;
	if (mode === 'automatic') return isQueueMode() ? redisOfN8n() : undefined;
	if (mode !== 'redis')
		throw new Error('Share Quota of the Keap credential has to be "automatic", "redis" or "off": choose one of the three');
	const kind = readKind(raw.redisType);
	const authority = text(raw.redisCaCertificate);
	const tls = isOn(raw.redisTls);
	return {
		source: 'credential',
		kind,
		addresses: kind === 'single' ? [readAddress(raw)] : readNodes(raw.redisNodes),
		user: text(raw.redisUser),
		password: textAsIs(raw.redisPassword),
		database: kind === 'cluster' ? 0 : readNumber(raw.redisDatabase, 0, { label: 'Redis Database', least: 0, most: MOST_DATABASE }),
		tls,
		...(tls && authority !== '' && { tlsAuthority: readAuthority(authority) }),
		keyPrefix: kind === 'cluster' ? inBraces(readPrefix(raw.redisKeyPrefix)) : readPrefix(raw.redisKeyPrefix),
		...(kind === 'sentinel' && {
			sentinelName: readSentinelName(raw.redisSentinelName),
			sentinelPassword: textAsIs(raw.redisSentinelPassword),
		}),
	};
}

/** Whether a switch of the credential is on; an expression may give it as text. */
export function isOn(value: unknown): boolean {
	return value === true || value === 'true';
}

function readKind(value: unknown): RedisSettings['kind'] {
	const kind = text(value) || 'single';
	if (kind === 'single' || kind === 'sentinel' || kind === 'cluster') return kind;
	throw new Error('Redis Type of the Keap credential has to be "single", "sentinel" or "cluster": choose one of the three');
}

function readAddress(raw: Raw): Address {
	const host = text(raw.redisHost);
	if (host === '') {
		throw new Error(
			'The Keap credential shares its quota through a Redis, but has no Redis Host. Enter the host name of the Redis, such as redis.example.com, or set Share Quota to Automatic or Off',
		);
	}
	if (/:\/\//.test(host)) {
		throw new Error(
			`Redis Host of the Keap credential has to be a host name, not a URL${urlAdvice(host)}. Host, port, user, password, database and TLS have fields of their own`,
		);
	}
	if (!isIpv6(host) && host.includes(':')) {
		throw new Error('Redis Host of the Keap credential contains a port. Put it into Redis Port');
	}
	if (!isHost(host)) {
		throw new Error('Redis Host of the Keap credential has to be a host name or an IP address, such as redis.example.com');
	}
	return { host, port: readNumber(raw.redisPort, 6_379, { label: 'Redis Port', least: 1, most: MOST_PORT }) };
}

function readNodes(value: unknown): Address[] {
	const nodes = clusterNodes(text(value));
	if (nodes.length === 0) {
		throw new Error('The Keap credential has no Redis Nodes. Enter one or more as host:port, separated by commas');
	}
	if (nodes.every(({ host, port }) => isHost(host) && port >= 1 && port <= MOST_PORT)) return nodes;
	throw new Error(
		'Redis Nodes of the Keap credential have to be host names or IP addresses with a port, separated by commas, such as redis-1.example.com:26379, redis-2.example.com:26379',
	);
}

function readSentinelName(value: unknown): string {
	const name = text(value);
	if (name !== '') return name;
	throw new Error(
		'The Keap credential has no Sentinel Primary Name: the name under which the sentinels watch the primary, such as mymaster',
	);
}

function readAuthority(certificate: string): string {
	if (/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(certificate)) return certificate;
	throw new Error('Redis CA Certificate of the Keap credential has to be in PEM format, from -----BEGIN CERTIFICATE----- on');
}

function isIpv6(host: string): boolean {
	return /^[0-9a-f:.]+$/i.test(host) && (host.match(/:/g) ?? []).length > 1;
}

function isHost(host: string): boolean {
	return isIpv6(host) || /^[a-z0-9._-]+$/i.test(host);
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

function textAsIs(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
