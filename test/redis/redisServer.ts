import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { start } from '../../scripts/n8n/processes';
import { freePort } from '../../scripts/n8n/server';

/** A Redis of a test's own, empty at every start. */
export interface RedisServer {
	port: number;
	/** Kills the server at once (SIGKILL). */
	kill(): Promise<void>;
	/** Starts it again on the same port, empty. */
	start(): Promise<void>;
	/** Stops it from answering without closing a connection, or lets it go on. */
	freeze(frozen: boolean): void;
	/** Sends one command and gives its answer. */
	command(...words: string[]): Promise<unknown>;
	close(): Promise<void>;
}

/** The server that the tests start: another version of Redis, or Valkey, by its path in `REDIS_SERVER`. */
const BINARY = process.env.REDIS_SERVER ?? 'redis-server';

/** A test that fails must not leave a server behind. */
const running = new Set<() => void>();
process.once('exit', () => running.forEach((kill) => kill()));

/**
 * @param args further arguments of the server, such as `--requirepass` and a password
 * @param sentinel the arguments that make it a sentinel instead: its configuration file first
 */
export async function startRedis(args: string[] = [], sentinel?: string[]): Promise<RedisServer> {
	const port = await freePort();
	const folder = mkdtempSync(join(tmpdir(), 'keap-redis-'));
	let child: ChildProcess | undefined;
	const place = args.indexOf('--requirepass');
	const password = place < 0 ? undefined : args[place + 1];
	const command: RedisServer['command'] = async (...words) => {
		const client = createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: false }, password });
		client.on('error', () => undefined);
		await client.connect();
		try {
			return await client.sendCommand(words);
		} finally {
			client.destroy();
		}
	};
	const redis: RedisServer = {
		port,
		command,
		kill: async () => {
			const dying = child;
			child = undefined;
			if (!dying) return;
			const gone = new Promise((resolve) => dying.once('exit', resolve));
			dying.kill('SIGKILL');
			await gone;
		},
		start: async () => {
			const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
			const call = sentinel ? [...sentinel, '--port', String(port), '--bind', '127.0.0.1', '--dir', folder] : [...options, ...args];
			child = start(BINARY, call, { cwd: folder, env: process.env });
			const failed = new Promise<never>((_, reject) => child?.once('error', reject));
			await Promise.race([failed, waitFor(async () => (await command('PING')) === 'PONG')]);
		},
		freeze: (frozen) => void child?.kill(frozen ? 'SIGSTOP' : 'SIGCONT'),
		close: async () => {
			await redis.kill();
			rmSync(folder, { recursive: true, force: true });
		},
	};
	running.add(() => child?.kill('SIGKILL'));
	await redis.start();
	return redis;
}

/** A way to a port that delays what goes through it by so many milliseconds in each direction. */
export async function startSlowWay(target: number, delayMs: number): Promise<{ port: number; close(): Promise<void> }> {
	const sockets = new Set<Socket>();
	const server: Server = createServer((near) => {
		const far = connect(target, '127.0.0.1');
		for (const [from, to] of [
			[near, far],
			[far, near],
		] as const) {
			sockets.add(from);
			from.on('data', (data) => setTimeout(() => !to.destroyed && to.write(data), delayMs));
			from.on('error', () => to.destroy());
			from.on('close', () => setTimeout(() => to.destroy(), delayMs));
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Asks every 20 ms until the answer is yes; an error is a no. */
export async function waitFor(condition: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
	const until = performance.now() + withinMs;
	while (
		!(await Promise.resolve()
			.then(condition)
			.catch(() => false))
	) {
		if (performance.now() > until) throw new Error(`Not so within ${withinMs} ms`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
