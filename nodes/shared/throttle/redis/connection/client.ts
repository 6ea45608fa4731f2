import { createHash, randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { types } from 'node:util';
import { createClient, createCluster, createSentinel } from '@redis/client';
import type { RedisSettings } from './settings';

/** Nobody waits for it in the foreground: a Redis far away needs several round trips to begin. */
const CONNECT_MS = 5_000;
/** How long the name of Redis' memory is kept. */
const MEMORY_MS = 86_400_000;
/** What the library says of several servers when each of them has failed, for a reason of its own. */
const VAGUE = /^(timeout|None of the sentinels|All the root nodes|Cluster closed)/i;
/** While a slot of a cluster is moved, its keys can't be used together for a moment: so often, and so long after each other. */
const MOST_TRIES = 50;
const TRY_AGAIN_MS = 20;
/** Redis' own word for it; the library trips over a slot that no node has. */
const UNCOVERED = 'CLUSTERDOWN Hash slot not served';

/** A connection to a Redis. It does not come back by itself: after `lost` a new one is opened. */
export interface RedisConnection {
	/** Runs the script, by its hash as long as Redis knows it. Rejects with Redis' own error. */
	run(keys: string[], message: string): Promise<unknown>;
	/** A name that Redis keeps as long as it keeps anything: another one means that it has lost its memory. */
	memory(key: string): Promise<string>;
	close(): void;
}

/** What the library's three kinds of client have in common. */
interface Client {
	connect(): Promise<unknown>;
	evalSha(hash: string, options: ScriptOptions): Promise<unknown>;
	eval(script: string, options: ScriptOptions): Promise<unknown>;
	on(event: 'error' | 'node-error', listener: (error: unknown) => void): unknown;
	get(key: string): Promise<unknown>;
	set(key: string, value: string, options: { NX: true; PX: number }): Promise<unknown>;
	destroy(): unknown;
}

interface ScriptOptions {
	keys: string[];
	arguments: string[];
}

/**
 * Opens a connection, signs in, chooses the database and sees that a script can be run. EVALSHA, EVAL and what is in the
 * script are all the commands it needs beside AUTH and SELECT. The only file that knows the Redis library; the library's
 * own reconnecting is not used: it has been seen to stop for good after several restarts of a server when a database is set.
 *
 * @param lost called once when the connection breaks
 * @throws Error of the network or of Redis
 */
export async function connectRedis(settings: RedisSettings, script: string, lost: (error: Error) => void): Promise<RedisConnection> {
	const { kind } = settings;
	const { client, unref } = makeClient(settings);
	let state: 'opening' | 'open' | 'over' = 'opening';
	// While it opens, `connect` rejects, but with several servers it says no more than that none of them would do.
	let cause: Error | undefined;
	const heard = (error: unknown) => {
		if (types.isNativeError(error) && !VAGUE.test(error.message)) cause = error;
	};
	client.on('node-error', heard);
	client.on('error', (error) => {
		// Errors of a primary and of sentinels come in an envelope. One sentinel less is no reason to leave the primary.
		const inside = types.isNativeError(error) && types.isNativeError(error.cause) ? error.cause : error;
		if (state === 'opening') heard(inside);
		if (state !== 'open' || (kind === 'sentinel' && !String(error).includes('Master Client'))) return;
		state = 'over';
		lost(asError(inside));
	});
	const close = () => {
		state = 'over';
		try {
			const closed: unknown = client.destroy();
			if (closed instanceof Promise) closed.catch(() => undefined);
		} catch {
			// It is closed already.
		}
	};
	const hash = createHash('sha1').update(script).digest('hex');
	const runOnce = async (options: ScriptOptions): Promise<unknown> => {
		const [known] = await Promise.allSettled([client.evalSha(hash, options)]);
		if (known.status === 'fulfilled') return known.value;
		const error = kind === 'cluster' && isTypeError(known.reason) ? new Error(UNCOVERED) : asError(known.reason);
		if (!error.message.startsWith('NOSCRIPT')) throw error;
		return await client.eval(script, options);
	};
	const run: RedisConnection['run'] = async (keys, message) => {
		const options = { keys, arguments: [message] };
		for (let attempt = 1; ; attempt++) {
			const [done] = await Promise.allSettled([runOnce(options)]);
			if (done.status === 'fulfilled') return done.value;
			// A slot is on its way to another node, and only some of its keys have arrived.
			if (state === 'over' || attempt === MOST_TRIES || !asError(done.reason).message.startsWith('TRYAGAIN')) throw done.reason;
			await setTimeout(TRY_AGAIN_MS, undefined, { ref: false });
		}
	};
	// A server may take a connection and yet serve nobody: only an answer proves that it does.
	const begin = async () => {
		await client.connect();
		await run([`${settings.keyPrefix}{hello}`], '');
	};
	const [connected] = await Promise.allSettled([within(CONNECT_MS, begin())]);
	if (connected.status === 'rejected') {
		close();
		const error = asError(connected.reason);
		throw (VAGUE.test(error.message) && cause) || error;
	}
	state = 'open';
	unref();
	const memory: RedisConnection['memory'] = async (key) => {
		const known = await client.get(key);
		if (known !== null) return String(known);
		const name = randomUUID();
		await client.set(key, name, { NX: true, PX: MEMORY_MS });
		return String((await client.get(key)) ?? name);
	};
	return { run, memory, close };
}

function makeClient(settings: RedisSettings): { client: Client; unref(): void } {
	const { kind, addresses, user, password, database, sentinelName = '', sentinelPassword = '' } = settings;
	const login = { ...(user !== '' && { username: user }), ...(password !== '' && { password }) };
	// Redis 6 and every Valkey speak RESP 2, and it needs no greeting of its own.
	const common = { RESP: 2, disableOfflineQueue: true, disableClientInfo: true, maintNotifications: 'disabled' } as const;
	const [first = { host: 'localhost', port: 6_379 }] = addresses;
	if (kind === 'cluster') {
		const cluster = createCluster({
			RESP: 2,
			rootNodes: addresses.map((address) => ({ socket: socketTo(settings, address) })),
			defaults: { ...login, socket: socketTo(settings), disableClientInfo: true, maintNotifications: 'disabled' },
			minimizeConnections: true,
			nodeAddressMap: (node) => nodeAddress(settings, node),
		});
		return { client: cluster, unref: () => undefined };
	}
	if (kind === 'sentinel') {
		const sentinel = createSentinel({
			RESP: 2,
			name: sentinelName,
			sentinelRootNodes: addresses.map(({ host, port }) => ({ host, port })),
			nodeClientOptions: { ...login, database, disableClientInfo: true, maintNotifications: 'disabled', socket: socketTo(settings) },
			sentinelClientOptions: {
				...(sentinelPassword !== '' && { password: sentinelPassword }),
				disableClientInfo: true,
				maintNotifications: 'disabled',
				socket: socketTo(settings),
			},
			passthroughClientErrorEvents: true,
			// Tried again by ours.
			maxCommandRediscovers: 0,
		});
		return { client: sentinel, unref: () => undefined };
	}
	const client = createClient({ ...common, ...login, database, socket: socketTo(settings, first) });
	// An idle connection must not keep a process from ending.
	return { client, unref: () => client.unref() };
}

/** @param address none for connections whose address the library finds out */
function socketTo(settings: RedisSettings, address?: { host: string; port: number }) {
	const { tls, tlsServerName, tlsAnyCertificate, tlsAuthority } = settings;
	const base = { ...address, connectTimeout: CONNECT_MS, reconnectStrategy: false } as const;
	if (!tls) return base;
	const servername = tlsServerName ?? (address && isIP(address.host) === 0 ? address.host : undefined);
	return {
		...base,
		tls: true,
		...(servername !== undefined && { servername }),
		...(tlsAnyCertificate && { rejectUnauthorized: false }),
		...(tlsAuthority !== undefined && { ca: [...rootCertificates, tlsAuthority] }),
	} as const;
}

/**
 * Where a node of a cluster is reached that the cluster itself has named. One without a host is at the address that was asked
 * (`cluster-preferred-endpoint-type unknown-endpoint`); behind one that has a name there may be a proxy that needs to be told it.
 *
 * @param node host and port
 */
function nodeAddress({ addresses, tlsServerName }: RedisSettings, node: string): { host: string; port: number; servername?: string } {
	const end = node.lastIndexOf(':');
	const named = node.slice(0, end);
	const host = ['', 'null', '?'].includes(named) ? (addresses[0]?.host ?? 'localhost') : named;
	const servername = tlsServerName ?? (isIP(host) === 0 ? host : undefined);
	return { host, port: Number(node.slice(end + 1)), ...(servername !== undefined && { servername }) };
}

/** @throws Error when it takes longer */
async function within<T>(ms: number, task: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = globalThis.setTimeout(() => reject(new Error('timeout')), ms);
	});
	return await Promise.race([task, late]).finally(() => clearTimeout(timer));
}

function isTypeError(reason: unknown): boolean {
	return types.isNativeError(reason) && reason.name === 'TypeError';
}

function asError(reason: unknown): Error {
	return types.isNativeError(reason) ? reason : new Error(String(reason));
}
