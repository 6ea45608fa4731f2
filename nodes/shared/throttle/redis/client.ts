import { isIP } from 'node:net';
import { createClient } from '@redis/client';
import type { RedisSettings } from './settings';

/** Nobody waits for it in the foreground: a Redis far away needs several round trips to begin. */
const CONNECT_MS = 5_000;

/** One connection to a Redis. It does not come back by itself: after `lost` a new one is opened. */
export interface RedisConnection {
	/** Runs the script, by its hash as long as Redis knows it. Rejects with Redis' own error. */
	run(keys: string[], message: string): Promise<unknown>;
	close(): void;
}

/**
 * Opens a connection, signs in, chooses the database and hands over the script. The only file that knows the Redis library. The library's own
 * reconnecting is not used: it has been seen to stop for good after several restarts of a server when a database is set.
 *
 * @param lost called once when the connection breaks
 * @throws Error of the network or of Redis
 */
export async function connectRedis(settings: RedisSettings, script: string, lost: (error: Error) => void): Promise<RedisConnection> {
	const { host, port, user, password, database, tls } = settings;
	const socket = { host, port, connectTimeout: CONNECT_MS, reconnectStrategy: false } as const;
	const client = createClient({
		// Redis 6 and every Valkey speak it, and it needs no greeting of its own.
		RESP: 2,
		socket: tls ? { ...socket, tls: true, ...(isIP(host) === 0 && { servername: host }) } : socket,
		...(user !== '' && { username: user }),
		...(password !== '' && { password }),
		database,
		disableOfflineQueue: true,
		disableClientInfo: true,
		maintNotifications: 'disabled',
	});
	let state: 'opening' | 'open' | 'over' = 'opening';
	client.on('error', (error: Error) => {
		// While it opens, `connect` tells.
		if (state !== 'open') return;
		state = 'over';
		lost(error);
	});
	const close = () => {
		state = 'over';
		// Throws when the connection is already closed.
		if (client.isOpen) client.destroy();
	};
	const [connected] = await Promise.allSettled([within(CONNECT_MS, begin(client, script))]);
	if (connected.status === 'rejected') {
		close();
		throw asError(connected.reason);
	}
	state = 'open';
	// An idle connection must not keep a process from ending.
	client.unref();
	const hash = connected.value;
	return {
		run: async (keys, message) => {
			const options = { keys, arguments: [message] };
			const [known] = await Promise.allSettled([client.evalSha(hash, options)]);
			if (known.status === 'fulfilled') return known.value;
			const error = asError(known.reason);
			if (!error.message.startsWith('NOSCRIPT')) throw error;
			return await client.eval(script, options);
		},
		close,
	};
}

interface Client {
	connect(): Promise<unknown>;
	scriptLoad(script: string): Promise<string>;
}

/** A server may take a connection and yet serve nobody: only an answer tells. Gives the script's hash. */
async function begin(client: Client, script: string): Promise<string> {
	await client.connect();
	return await client.scriptLoad(script);
}

/** @throws Error when it takes longer */
async function within<T>(ms: number, task: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('timeout')), ms);
	});
	return await Promise.race([task, late]).finally(() => clearTimeout(timer));
}

function asError(reason: unknown): Error {
	return reason instanceof Error ? reason : new Error(String(reason));
}
