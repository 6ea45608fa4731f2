import type { RedisSettings } from './settings';

/** Redis did not answer in time. */
export class TooSlow extends Error {}

/** What the error tells, and what a person can do. The first that fits counts. */
const CAUSES: ReadonlyArray<readonly [RegExp, string, string]> = [
	[
		/WRONGPASS|NOAUTH|invalid (username-)?password|without any password/i,
		'it does not accept the user or password',
		'Check Redis User and Redis Password',
	],
	[/NOPERM/i, 'its user may not run the script', 'Allow the user EVAL, EVALSHA and the commands on the keys with the prefix'],
	[/ENOTFOUND|EAI_AGAIN/, 'its host name is unknown', 'Check Redis Host'],
	[/ECONNREFUSED/, 'nothing listens on that port', 'Check Redis Host and Redis Port, and whether Redis runs'],
	[
		/wrong version number|packet length too long|SSL|TLS|certificate|EPROTO/i,
		'TLS with it fails',
		'Check Redis TLS, and whether Node.js trusts the certificate',
	],
	[/DB index|invalid DB/i, 'it has no such database', 'Check Redis Database'],
	[/^(MOVED|CROSSSLOT|ASK) |CLUSTER/, 'it is a cluster', 'Use a Redis that is not a cluster'],
	[/^READONLY/, 'it is a read-only replica', 'Use the primary'],
	[/^(LOADING|BUSY|MASTERDOWN|OOM|MISCONF)/, 'it takes no commands at present', 'Look at its own log'],
	[/ECONNRESET|EPIPE|closed|Socket/i, 'it closed the connection', 'Check whether Redis runs, and Redis TLS'],
	[/timeout|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/i, 'it does not answer', 'Check Redis Host, Redis Port, Redis TLS and the network'],
];

/** What n8n's log says when Redis goes away: once an outage, and never a password. */
export function outageText({ host, port }: RedisSettings, error: Error): string {
	const facts = `${codeOf(error)} ${error.message}`.trim();
	const slow: readonly [string, string] = ['it is too slow', 'Use one nearer to n8n, or look at its load'];
	const found = CAUSES.find(([sign]) => sign.test(error.message) || sign.test(codeOf(error)));
	const [what, advice] = error instanceof TooSlow ? slow : found ? [found[1], found[2]] : [facts.slice(0, 200), 'Check the Redis fields'];
	return `Keap quota: the Redis at ${host}:${port} that shares it between n8n processes can't be used: ${what}. Calls go on, each process with a part of the quota, until it is back; that is tried all the time. ${advice} in the Keap credential.`;
}

/** What n8n's log says when Redis is back. */
export function backText({ host, port }: RedisSettings): string {
	return `Keap quota: the Redis at ${host}:${port} is back, n8n processes share the quota again.`;
}

function codeOf(error: Error): string {
	const { code } = error as Error & { code?: unknown };
	return typeof code === 'string' ? code : '';
}
