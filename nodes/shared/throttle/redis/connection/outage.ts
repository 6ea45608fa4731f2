import { nameOf, type RedisSettings } from './settings';

/** Redis did not answer in time. */
export class TooSlow extends Error {}

/** What people can change, by where the settings come from. */
const SETTINGS = {
	credential: {
		login: 'Redis User and Redis Password',
		sentinelLogin: 'Redis User, Redis Password and Sentinel Password',
		nodes: 'Redis Nodes',
		host: 'Redis Host',
		address: 'Redis Host and Redis Port',
		tls: 'Redis TLS and Redis CA Certificate',
		database: 'Redis Database',
		kind: 'Redis Type',
		end: ' in the Keap credential',
	},
	n8n: {
		login: 'QUEUE_BULL_REDIS_USERNAME and QUEUE_BULL_REDIS_PASSWORD',
		sentinelLogin: 'QUEUE_BULL_REDIS_USERNAME and QUEUE_BULL_REDIS_PASSWORD',
		nodes: 'QUEUE_BULL_REDIS_CLUSTER_NODES',
		host: 'QUEUE_BULL_REDIS_HOST',
		address: 'QUEUE_BULL_REDIS_HOST and QUEUE_BULL_REDIS_PORT',
		tls: 'QUEUE_BULL_REDIS_TLS and the other TLS settings',
		database: 'QUEUE_BULL_REDIS_DB',
		kind: 'QUEUE_BULL_REDIS_CLUSTER_NODES',
		end: ' of n8n, or name another Redis under Share Quota in the Keap credential',
	},
} as const;

type Settings = Record<'login' | 'host' | 'address' | 'tls' | 'database' | 'kind' | 'end', string>;

/** Servers of a cluster and sentinels are named by a list, and sentinels may ask for a password of their own. */
function settingsOf({ source, kind }: Pick<RedisSettings, 'source' | 'kind'>): Settings {
	const settings = SETTINGS[source];
	const { nodes, sentinelLogin } = settings;
	if (kind === 'single') return settings;
	return { ...settings, host: nodes, address: nodes, ...(kind === 'sentinel' && { login: sentinelLogin }) };
}

/** What the error means, and what a person can do. The first that fits counts. */
const CAUSES: ReadonlyArray<readonly [sign: RegExp, meaning: string, advice: (settings: Settings) => string]> = [
	[
		/WRONGPASS|NOAUTH|invalid (username-)?password|without any password/i,
		'it does not accept the user or password',
		({ login }) => `Check ${login}`,
	],
	[/ENOTFOUND|EAI_AGAIN/, 'its host name is unknown', ({ host }) => `Check ${host}`],
	[/ECONNREFUSED/, 'nothing listens on that port', ({ address }) => `Check ${address}, and whether Redis runs`],
	[/ECONNRESET|EPIPE|closed|Socket/i, 'it closed the connection', ({ tls }) => `Check whether Redis runs, and ${tls}`],
	[
		/wrong version number|packet length too long|SSL|TLS|certificate|EPROTO/i,
		'TLS with it fails',
		({ tls }) => `Check ${tls}, and whether the certificate is trusted`,
	],
	[/DB index|invalid DB/i, 'it has no such database', ({ database }) => `Check ${database}`],
	[/^(CLUSTERDOWN|TRYAGAIN) /, 'the cluster has no node for it at present', ({ address }) => `Look at its own log. Check ${address}`],
	[/^(MOVED|CROSSSLOT|ASK) /, 'it is a cluster', ({ kind }) => `Set ${kind}`],
	[/cluster support disabled/i, 'it is a single server, no cluster', ({ kind }) => `Check ${kind}`],
	[/No such master/i, 'its sentinels watch no primary of that name', () => 'Check Sentinel Primary Name'],
	[/^READONLY/, 'it is a read-only replica', ({ address }) => `Name the primary: check ${address}`],
	[/^(LOADING|BUSY|MASTERDOWN|OOM|MISCONF)/, 'it takes no commands at present', ({ address }) => `Look at its own log. Check ${address}`],
	[
		/timeout|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/i,
		'it does not answer',
		({ address, tls }) => `Check ${address}, ${tls}, and the network between`,
	],
];

/** What cannot be done with the Redis, and what would help; never a password, never the text of the script. */
export function causeOf(
	{ source, kind, keyPrefix }: Pick<RedisSettings, 'source' | 'kind' | 'keyPrefix'>,
	error: Error,
): { what: string; advice: string } {
	const settings = settingsOf({ source, kind });
	const text = `${codeOf(error)} ${error.message}`.trim();
	if (error instanceof TooSlow) {
		return { what: 'it is too slow', advice: `Use one nearer to n8n, or look at its load. Check ${settings.address}${settings.end}` };
	}
	if (/NOPERM|no permissions?\b/i.test(text)) return { what: `its user may not ${missing(text)}`, advice: permit(text, keyPrefix) };
	const unknown = /unknown command[^a-z]+'?`?([a-z|]+)/i.exec(text)?.[1];
	if (unknown?.toUpperCase() === 'SENTINEL') {
		return { what: 'it is no sentinel', advice: `Check ${settings.kind} and ${settings.address}${settings.end}` };
	}
	if (unknown !== undefined) {
		return {
			what: `it does not know the command ${unknown.toUpperCase()}`,
			advice: `Allow ${unknown.toUpperCase()} under its own name in the configuration of Redis`,
		};
	}
	const found = CAUSES.find(([sign]) => sign.test(error.message) || sign.test(codeOf(error)));
	if (!found) return { what: withoutScript(text), advice: `Check the settings of Redis${settings.end}` };
	return { what: found[1], advice: `${found[2](settings)}${settings.end}` };
}

/** What n8n's log says when Redis goes away: once an outage. */
export function outageText(settings: RedisSettings, error: Error): string {
	const { what, advice } = causeOf(settings, error);
	return `Keap quota: the Redis at ${nameOf(settings)} that shares it between n8n processes can't be used: ${what}. Calls go on, each process with a part of the quota, until it is back; that is tried all the time. ${advice}.`;
}

/** What n8n's log says when Redis is back. */
export function backText(settings: RedisSettings): string {
	return `Keap quota: the Redis at ${nameOf(settings)} is back, n8n processes share the quota again.`;
}

function missing(text: string): string {
	const command = commandOf(text);
	if (command !== undefined) return `run ${command}`;
	return /key/i.test(text) ? 'use the keys' : 'do what is needed';
}

function permit(text: string, keyPrefix: string): string {
	const command = commandOf(text);
	const rule = command === undefined ? `~${keyPrefix}*` : `+${command.toLowerCase()}`;
	return `Add ${rule} to the rules of that user (ACL SETUSER)`;
}

function commandOf(text: string): string | undefined {
	return /'([a-z|]+)' command/i.exec(text)?.[1]?.toUpperCase();
}

/** Redis repeats what it does not understand, and that may be the whole script. */
function withoutScript(text: string): string {
	return text
		.slice(0, 400)
		.replace(/,? *with args beginning with.*/s, '')
		.replace(/\s+/g, ' ')
		.slice(0, 150);
}

function codeOf(error: Error): string {
	const { code } = error as Error & { code?: unknown };
	return typeof code === 'string' ? code : '';
}
