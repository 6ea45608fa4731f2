import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Installation } from './install';
import { pathWith, start } from './processes';

export interface ServerOptions {
	installation: Installation;
	/** n8n's user folder: database, settings and packages are in `<home>/.n8n`. */
	home: string;
	/** Default: any free port. */
	port?: number;
	/** Further settings for n8n. */
	env?: Record<string, string>;
	/** Executions that a worker runs at a time; 5 by default. */
	concurrency?: number;
	/** Default 180,000: the first start of a home runs hundreds of migrations. */
	timeoutMs?: number;
}

export interface N8nServer {
	/** Address without a slash at the end. */
	url: string;
	logFile: string;
	/** Milliseconds from start to the first answer of the REST API. */
	readyMs: number;
	/** Resolves when n8n has ended, by itself or not. */
	ended: Promise<void>;
	/** Ends n8n and waits for that; safe to call again. */
	stop(): Promise<void>;
}

/**
 * Starts n8n's main process on loopback and waits until its REST API answers.
 * @throws Error with the end of n8n's log when it ends or is not ready in time
 */
export async function startN8n(options: ServerOptions): Promise<N8nServer> {
	const { installation, home, env = {}, timeoutMs = 180_000 } = options;
	const port = options.port ?? (await freePort());
	const url = `http://127.0.0.1:${port}`;
	await assertFree(port);
	await mkdir(home, { recursive: true });
	const logFile = join(home, 'n8n.log');
	const from = Date.now();
	const child = start(installation.node, [installation.script, 'start'], {
		cwd: home,
		env: { ...settings(installation, home, port, await freePort()), ...env },
	});
	const log = createWriteStream(logFile);
	child.stdout?.pipe(log);
	child.stderr?.pipe(log);
	// A script that fails must not leave n8n behind.
	const takeAlong = () => child.kill('SIGTERM');
	process.once('exit', takeAlong);
	const ended = once(child, 'exit').then(() => void process.removeListener('exit', takeAlong));
	const stop = async () => await stopProcess(child, ended);
	while (!(await answers(url))) {
		const late = Date.now() - from > timeoutMs;
		if (child.exitCode === null && !late) {
			await wait(100);
			continue;
		}
		await stop();
		throw new Error(`n8n ${late ? `was not ready after ${timeoutMs / 1000} s` : 'ended'}. The end of ${logFile}:\n${await tail(logFile)}`);
	}
	return { url, logFile, readyMs: Date.now() - from, ended, stop };
}

export interface N8nWorker extends Pick<N8nServer, 'logFile' | 'stop'> {
	/** Ends the worker without a word (SIGKILL), as a machine does that is out of memory or loses its power. */
	kill(): Promise<void>;
}

/**
 * Starts a worker of n8n's queue mode beside a main process with the same home, and waits until it takes executions.
 * @param options as for the main process; `env` has to name the queue's Redis
 * @throws Error with the end of the worker's log when it ends or is not ready in time
 */
export async function startN8nWorker({
	installation,
	home,
	env = {},
	concurrency = 5,
	timeoutMs = 180_000,
}: ServerOptions): Promise<N8nWorker> {
	const [port, broker] = [await freePort(), await freePort()];
	const logFile = join(home, `worker-${port}.log`);
	const child = start(installation.node, [installation.script, 'worker', `--concurrency=${concurrency}`], {
		cwd: home,
		env: {
			...settings(installation, home, port, broker),
			...env,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
		},
	});
	const log = createWriteStream(logFile);
	child.stdout?.pipe(log);
	child.stderr?.pipe(log);
	const takeAlong = () => child.kill('SIGTERM');
	process.once('exit', takeAlong);
	const ended = once(child, 'exit').then(() => void process.removeListener('exit', takeAlong));
	const stop = async () => await stopProcess(child, ended);
	const until = Date.now() + timeoutMs;
	const ready = async () =>
		await fetch(`http://127.0.0.1:${port}/healthz/readiness`)
			.then(({ ok }) => ok)
			.catch(() => false);
	while (!(await ready())) {
		if (child.exitCode === null && Date.now() < until) {
			await wait(200);
			continue;
		}
		await stop();
		throw new Error(`The n8n worker ended or was not ready in time. The end of ${logFile}:\n${await tail(logFile)}`);
	}
	const kill = async () => {
		child.kill('SIGKILL');
		await ended;
	};
	return { logFile, stop, kill };
}

/** Loopback only, no telemetry, no calls to outside hosts, nothing of the caller's environment but PATH. */
function settings({ version, node }: Installation, home: string, port: number, brokerPort: number): Record<string, string> {
	return {
		PATH: pathWith(node),
		HOME: home,
		NODE_ENV: 'production',
		GENERIC_TIMEZONE: 'UTC',
		N8N_USER_FOLDER: home,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_ENCRYPTION_KEY: 'development-only',
		N8N_LOG_LEVEL: 'info',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		...version.env,
	};
}

/** The health check answers before the REST routes are there: a route is asked too. */
async function answers(url: string): Promise<boolean> {
	try {
		if (!(await fetch(`${url}/healthz/readiness`)).ok) return false;
		const route = await fetch(`${url}/rest/settings`);
		return route.ok && (route.headers.get('content-type') ?? '').includes('json');
	} catch {
		return false;
	}
}

async function stopProcess(child: ChildProcess, ended: Promise<void>): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	child.kill('SIGTERM');
	const impatience = setTimeout(() => child.kill('SIGKILL'), 20_000);
	await ended;
	clearTimeout(impatience);
}

/** A port of loopback that nobody listens on just now. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

/** Another n8n on the port would answer in place of ours. */
async function assertFree(port: number): Promise<void> {
	const server = createServer().listen(port, '127.0.0.1');
	await once(server, 'listening').catch(({ message }: Error) => {
		throw new Error(`Port ${port} cannot be used (${message}). Stop what listens there, or choose another port with --port.`);
	});
	server.close();
	await once(server, 'close');
}

async function tail(file: string): Promise<string> {
	const text = await readFile(file, 'utf8').catch(() => '');
	return text.trim().split('\n').slice(-20).join('\n');
}
