import { accessSync, constants, readFileSync } from 'node:fs';
import { argv, env } from 'node:process';
import type { Address, RedisSettings } from './settings';

type Variables = Readonly<Record<string, string | undefined>>;

const STANDARD_PORT = 6_379;

/**
 * Whether this process belongs to an n8n in queue mode. A worker and a webhook process know it by their command line:
 * n8n sets the mode of a worker itself, whatever its environment says.
 *
 * @param variables the process's environment
 * @param command what n8n was started to do
 */
export function isQueueMode(variables: Variables = env, command: string | undefined = argv[2]): boolean {
	return command === 'worker' || command === 'webhook' || text(variables, 'EXECUTIONS_MODE', 'regular') === 'queue';
}

/**
 * The Redis of n8n's own queue, from n8n's own settings, read as n8n reads them (its `ScalingModeConfig`, and its Redis
 * client service for what it makes of them). Keys lie under both of n8n's prefixes: a permission made for n8n's queue lets
 * them pass, and two n8n that share a Redis do not share a quota by mistake.
 *
 * @throws Error when a setting names a file that cannot be read
 */
export function redisOfN8n(variables: Variables = env): RedisSettings {
	const name = (setting: string) => `QUEUE_BULL_REDIS_${setting}`;
	const nodes = clusterNodes(text(variables, name('CLUSTER_NODES'), ''));
	const isCluster = nodes.length > 0;
	const server = { host: text(variables, name('HOST'), 'localhost'), port: number(variables, name('PORT'), STANDARD_PORT) };
	const serverName = text(variables, name('TLS_SERVERNAME'), '');
	const bull = text(variables, 'QUEUE_BULL_PREFIX', 'bull');
	return {
		source: 'n8n',
		kind: isCluster ? 'cluster' : 'single',
		addresses: isCluster ? nodes : [server],
		user: text(variables, name('USERNAME'), ''),
		password: text(variables, name('PASSWORD'), ''),
		database: isCluster ? 0 : number(variables, name('DB'), 0),
		tls: boolean(variables, name('TLS'), false),
		...(serverName !== '' && { tlsServerName: serverName }),
		...(!boolean(variables, name('TLS_VALIDATE_CERTIFICATE'), true) && { tlsAnyCertificate: true }),
		keyPrefix: `${isCluster ? inBraces(bull) : bull}:${text(variables, 'N8N_REDIS_KEY_PREFIX', 'n8n')}:keap:`,
	};
}

/**
 * n8n puts its prefix in braces on a cluster, so that all keys of its queue lie in one slot. Ours do, too: then the node that has
 * the counters is also the one that is asked whether it still has its memory.
 */
export function inBraces(prefix: string): string {
	if (prefix === '') return prefix;
	return `${prefix.startsWith('{') ? '' : '{'}${prefix}${prefix.endsWith('}') ? '' : '}'}`;
}

/** `host:port, host:port`; an IPv6 address in square brackets. */
export function clusterNodes(list: string): Address[] {
	return list
		.split(',')
		.map((node) => node.trim())
		.filter((node) => node !== '')
		.map((node) => {
			const end = node.lastIndexOf(':');
			const hasPort = end > node.lastIndexOf(']') && /^\d+$/.test(node.slice(end + 1));
			const host = (hasPort ? node.slice(0, end) : node).replace(/^\[(.*)\]$/, '$1');
			return { host, port: hasPort ? Number(node.slice(end + 1)) : STANDARD_PORT };
		});
}

function read(variables: Variables, name: string): string | undefined {
	const value = variables[name];
	if (value !== undefined) return value;
	const file = variables[`${name}_FILE`];
	if (!file) return undefined;
	if (!isReadable(file)) throw new Error(`The file that ${name}_FILE names cannot be read`);
	return readFileSync(file, 'utf8').trim();
}

function isReadable(file: string): boolean {
	try {
		accessSync(file, constants.R_OK);
		return true;
	} catch {
		return false;
	}
}

function text(variables: Variables, name: string, standard: string): string {
	const value = read(variables, name);
	return value === undefined ? standard : value.trim().replace(/^(['"])(.*)\1$/, '$2');
}

function number(variables: Variables, name: string, standard: number): number {
	const value = read(variables, name);
	const parsed = value === undefined ? NaN : Number(value);
	return Number.isNaN(parsed) ? standard : parsed;
}

function boolean(variables: Variables, name: string, standard: boolean): boolean {
	const value = read(variables, name)?.toLowerCase();
	if (value === 'true' || value === '1') return true;
	return value === 'false' || value === '0' ? false : standard;
}
