import { createServer, type AddressInfo, type Server } from 'node:net';
import { type Logger, LoggerProxy, type NodeExecutionHint } from 'n8n-workflow';
import { hintAtSharing } from '../../nodes/shared/catalogue/sharingHint';
import { checkSharing } from '../../nodes/shared/throttle/redis/check';
import { closeSharing, keapRequest, quotaOf } from '../../nodes/shared/transport';
import { freePort } from '../../scripts/n8n/server';
import { startSandbox, type Sandbox } from '../sandbox';
import { executeContext } from '../support/context';
import { plainSettings } from './crowd';
import { type RedisServer, startRedis, startSlowWay, waitFor } from './redisServer';

let sandbox: Sandbox;
let redis: RedisServer;
const warnings: string[] = [];
const infos: string[] = [];
const keys = 60;

beforeAll(async () => {
	redis = await startRedis(['--requirepass', 'right-password']);
	const names = Array.from({ length: keys }, (_, key) => `key-${key}`);
	sandbox = await startSandbox({
		keys: Object.fromEntries(names.map((name) => [name, 'full' as const])),
		accounts: Object.fromEntries(names.map((name) => [name, `account of ${name}`])),
	});
	const log = { warn: (text: string) => void warnings.push(text), info: (text: string) => void infos.push(text) };
	LoggerProxy.init(log as Partial<Logger> as Logger);
});

afterEach(() => {
	closeSharing();
	warnings.length = 0;
	infos.length = 0;
});

afterAll(async () => await Promise.all([sandbox.close(), redis.close()]));

let used = 0;
const contextWith = (fields: Record<string, unknown>) =>
	executeContext({
		credentials: {
			apiKey: `key-${(used += 1)}`,
			baseUrl: sandbox.url,
			shareQuota: 'redis',
			redisHost: '127.0.0.1',
			redisPort: redis.port,
			redisPassword: 'right-password',
			...fields,
		},
	});

const call = async (context: ReturnType<typeof executeContext>) =>
	await keapRequest(context, { method: 'GET', path: '/crm/rest/v1/setting/application/enabled' });

describe('a Redis that can’t be used costs a call no more than a moment, and n8n’s log says once why', () => {
	test.each<[string, () => Promise<Record<string, unknown>>, string]>([
		['unknown host', async () => ({ redisHost: 'redis.invalid' }), 'host name is unknown'],
		['closed port', async () => ({ redisPort: await freePort() }), 'nothing listens on that port'],
		['wrong password', async () => ({ redisPassword: 'wrong-password' }), 'does not accept the user or password'],
		['no password', async () => ({ redisPassword: '' }), 'does not accept the user or password'],
		['unknown user', async () => ({ redisUser: 'nobody' }), 'does not accept the user or password'],
		['no such database', async () => ({ redisDatabase: 99 }), 'no such database'],
		['TLS against a plain port', async () => ({ redisTls: true }), 'TLS'],
		['something else that answers', async () => ({ redisPort: await startOther((text) => text.length > 0) }), 'Redis'],
		['something that never answers', async () => ({ redisPort: await startOther(() => false) }), 'does not answer'],
	])('%s', async (_name, fields, why) => {
		const context = contextWith(await fields());
		const from = performance.now();
		await call(context);
		expect(performance.now() - from).toBeLessThan(3_000);
		await waitFor(() => warnings.length > 0, 8_000);
		// The next one waits for its turn as one of fifty at the most (docs/quota.md), not for Redis, and nothing is said twice.
		const again = performance.now();
		await call(context);
		expect(performance.now() - again).toBeLessThan(50 * 203 + 1_000);
		expect(warnings).toEqual([expect.stringContaining(why)]);
		const hints: NodeExecutionHint[] = [];
		await hintAtSharing(Object.assign(context, { addExecutionHints: (hint: NodeExecutionHint) => void hints.push(hint) }));
		expect(hints).toEqual([expect.objectContaining({ type: 'warning', message: expect.stringContaining(why) })]);
		expect(warnings.join()).not.toMatch(/right-password|wrong-password|key-\d/);
		expect(warnings.join()).toContain('in the Keap credential');
	});
});

test('a Redis that needs 600 ms for an answer is used, and slows nothing beyond the quota', async () => {
	const way = await startSlowWay(redis.port, 300);
	try {
		const context = contextWith({ redisPort: way.port });
		await call(context);
		// It takes several round trips to sign in; the first calls go by themselves meanwhile.
		await new Promise((resolve) => setTimeout(resolve, 4_000));
		const from = performance.now();
		await Promise.all(Array.from({ length: 10 }, async () => await call(context)));
		expect(performance.now() - from).toBeLessThan(10 * 700 + 1_000);
		const logs = (await redis.command('KEYS', '*:log')) as string[];
		const sizes = await Promise.all(logs.map(async (log) => Number(await redis.command('ZCARD', log))));
		expect(warnings).toEqual([]);
		expect(Math.max(...sizes)).toBe(11);
	} finally {
		await way.close();
	}
});

describe('the check for the credential test', () => {
	const settings = () => ({ ...plainSettings(redis.port), password: 'right-password' });

	test('says nothing of a Redis that can be used', async () => {
		expect(await checkSharing(settings())).toBeUndefined();
	});

	test.each<[string, string]>([
		['-zadd', 'Add +zadd'],
		['-evalsha', 'Add +evalsha'],
		['-hincrby', 'Add +hincrby'],
		['resetkeys', 'Add ~crowd:*'],
	])('names what a user with %s is missing', async (rule, expected) => {
		await redis.command('ACL', 'SETUSER', 'limited', 'reset', 'on', '>secret', '~*', '+@all', rule);
		const found = await checkSharing({ ...settings(), user: 'limited', password: 'secret' });
		expect(found).toContain(expected);
		expect(found).not.toMatch(/redis\.call|secret/);
	});

	test('names the command that another database than 0 needs', async () => {
		await redis.command('ACL', 'SETUSER', 'limited', 'reset', 'on', '>secret', '~*', '+@all', '-select');
		expect(await checkSharing({ ...settings(), user: 'limited', password: 'secret', database: 2 })).toContain('Add +select');
	});

	test.each(['EVALSHA', 'ZADD', 'PEXPIRE'])('names %s where it was renamed', async (command) => {
		const renamed = await startRedis(['--rename-command', command, 'other']);
		try {
			const found = await checkSharing(plainSettings(renamed.port));
			expect(found).toContain(`it does not know the command ${command}. Allow ${command} under its own name`);
			expect(found).not.toContain('redis.call');
		} finally {
			await renamed.close();
		}
	});

	test('a user with the documented commands alone can share', async () => {
		const commands = 'eval evalsha time get set del hget hset hincrby zadd zrem zcard zrange zremrangebyscore pexpire'.split(' ');
		await redis.command('ACL', 'SETUSER', 'limited', 'reset', 'on', '>secret', '~crowd:*', ...commands.map((command) => `+${command}`));
		expect(await checkSharing({ ...settings(), user: 'limited', password: 'secret' })).toBeUndefined();
	});
});

test('a Redis that comes later is used from then on, and the log says so', async () => {
	const late = await startRedis();
	await late.kill();
	try {
		const context = contextWith({ redisPort: late.port, redisPassword: '' });
		await call(context);
		expect(warnings).toHaveLength(1);
		await late.start();
		await waitFor(() => infos.length > 0);
		expect(infos).toEqual([expect.stringContaining('is back')]);
		await call(context);
		const sizes = (await logsOf(late)).map(async (log) => Number(await late.command('ZCARD', log)));
		expect(Math.max(...(await Promise.all(sizes)))).toBe(2);
	} finally {
		await late.close();
	}
});

test('the quota of all processes is seen without spending a call', async () => {
	const context = contextWith({});
	await call(context);
	const [log] = (await logsOf(redis)).slice(-1);
	expect((await quotaOf(context)).minute.available).toBe(119);
	// Another process has made a call.
	for (const each of await logsOf(redis)) await redis.command('ZADD', each, String(Date.now() + 60_000), 'elsewhere');
	expect(log).toBeDefined();
	expect((await quotaOf(context)).minute.available).toBe(118);
});

test('switching the sharing on and off takes effect with the next call', async () => {
	const apiKey = `key-${(used += 1)}`;
	const size = async () => (await logsOf(redis)).length;
	const before = await size();
	await call(contextWith({ apiKey, shareQuota: 'off' }));
	expect(await size()).toBe(before);
	await call(contextWith({ apiKey }));
	expect(await size()).toBeGreaterThan(before);
	await call(contextWith({ apiKey, shareQuota: 'off' }));
	expect((await quotaOf(contextWith({ apiKey, shareQuota: 'off' }))).minute.available).toBe(117);
});

async function logsOf(server: RedisServer): Promise<string[]> {
	return (await server.command('KEYS', '*:log')) as string[];
}

const others: Server[] = [];
afterAll(() => others.forEach((server) => server.close()));

/** A server that is no Redis. */
async function startOther(answers: (text: string) => boolean): Promise<number> {
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.on('data', (data) => {
			if (answers(String(data))) socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
		});
	});
	others.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}
