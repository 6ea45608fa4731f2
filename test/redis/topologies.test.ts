import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { type Logger, LoggerProxy } from 'n8n-workflow';
import { connectRedis } from '../../nodes/shared/throttle/redis/connection/client';
import { checkSharing } from '../../nodes/shared/throttle/redis/check';
import type { RedisSettings } from '../../nodes/shared/throttle/redis/connection/settings';
import { SCRIPT } from '../../nodes/shared/throttle/redis/script';
import { start } from '../../scripts/n8n/processes';
import { freePort } from '../../scripts/n8n/server';
import { type Crowd, mostWithin, plainSettings, startCrowd } from './crowd';
import { type Certificates, makeCertificates } from './certificates';
import { type RedisCluster, startCluster } from './cluster';
import { type RedisServer, startRedis, waitFor } from './redisServer';

/** A message that asks for a slot, as a process sends it first. */
const message = JSON.stringify({
	name: 'p1',
	open: [],
	day: 0,
	calls: 0,
	settle: 1_500,
	events: [],
	perSecond: 5,
	perMinute: 120,
	perDay: 15_000,
	present: true,
	moved: false,
	ask: {
		id: 'p1 c',
		base: 'p1.1',
		class: 2,
		wanted: 1,
		weight: 1,
		backlog: 1,
		unobserved: false,
		lead: 0,
		leaves: true,
		own: { perSecond: 5, perMinute: 120, perDay: 15_000, calls: 0 },
	},
});
const keysOf = (home: string) => ['account', 'log', 'days', 'key', 'peers', 'own:log', 'own:day'].map((part) => `crowd:{${home}}:${part}`);

const limits = { perSecond: 10, perMinute: 10_000, perDay: 100_000, dailyQuotaAction: 'fail' } as const;
const faster = { ...limits, perSecond: 20 };
const warnings: string[] = [];
beforeAll(() => {
	const log = { warn: (text: string) => void warnings.push(text), info: () => undefined };
	LoggerProxy.init(log as Partial<Logger> as Logger);
});
beforeEach(() => void (warnings.length = 0));

/** Calls that the key's log in Redis counts. */
async function counted(node: RedisServer, { keyPrefix }: RedisSettings): Promise<number> {
	const [log = ''] = (await node.command('KEYS', `${keyPrefix}*:log`)) as string[];
	return log === '' ? 0 : Number(await node.command('ZCARD', log));
}

describe('a cluster', () => {
	test('of one node that has all slots, as managed ones look: each key of Keap lies in one slot', async () => {
		const cluster = await startCluster(1);
		const [node] = cluster.nodes;
		const settings = { ...cluster.settings, keyPrefix: 'crowd:' };
		try {
			expect(await checkSharing(settings)).toBeUndefined();
			const connection = await connectRedis(settings, SCRIPT, () => undefined);
			for (const home of ['one', 'two', 'three']) expect(String(await connection.run(keysOf(home), message))).toContain('"slots"');
			expect(await connection.memory('crowd:memory')).toBe(await connection.memory('crowd:memory'));
			connection.close();
			// What a setting for a single server finds out of it, and the other way round.
			expect(await checkSharing({ ...settings, addresses: [{ host: '127.0.0.1', port: await freePort() }] })).toContain(
				'Check Redis Nodes',
			);
			await node!.command('CLUSTER', 'DELSLOTSRANGE', '0', '16383');
			expect(await checkSharing(settings)).toContain('the cluster has no node for it');
		} finally {
			await cluster.close();
		}
	});

	describe('of three nodes', () => {
		let cluster: RedisCluster;
		let crowd: Crowd | undefined;
		beforeAll(async () => (cluster = await startCluster(3, { spare: true })));
		afterEach(async () => await crowd?.close());
		afterAll(async () => await cluster.close());

		test('is reached by any of them, also where they name no host', async () => {
			const { settings, nodes } = cluster;
			// One that is gone does not matter while another one is named.
			const gone = { host: '127.0.0.1', port: await freePort() };
			expect(await checkSharing({ ...settings, addresses: [gone, ...settings.addresses] })).toBeUndefined();
			const all = async (type: string) => {
				for (const node of nodes) await node.command('CONFIG', 'SET', 'cluster-preferred-endpoint-type', type);
			};
			await all('unknown-endpoint');
			for (const keyPrefix of ['{a}:', '{b}:', '{c}:', '{d}:']) expect(await checkSharing({ ...settings, keyPrefix })).toBeUndefined();
			await all('ip');
		});

		test('a slot that moves to another node, keys here and there meanwhile, costs no call and no refusal', async () => {
			const { settings, nodes } = cluster;
			crowd = await startCrowd(nodes[0]!, { distances: [0, 0, 0], limits, settings });
			const working = [0, 1, 2].map(async (process) => await crowd!.work(process, 15));
			await waitFor(() => crowd!.sent.length >= 15);
			const before = await cluster.owner();
			expect(await counted(before, settings)).toBeGreaterThanOrEqual(15);
			await cluster.moveSlot();
			const after = await cluster.owner();
			expect(after.port).not.toBe(before.port);
			await Promise.all(working);
			expect(crowd.sent).toHaveLength(45);
			expect(mostWithin(crowd.sent, 1_000)).toBeLessThanOrEqual(10);
			// All are counted there; one granted in an answer that came too late may be, too, until its minute is over.
			await waitFor(async () => (await counted(after, settings)) >= 45);
			expect(await counted(after, settings)).toBeLessThanOrEqual(47);
			expect(warnings).toEqual([]);
			expect(await before.command('KEYS', `${settings.keyPrefix}*`)).toEqual([]);
			await cluster.moveSlot();
		});

		test('the primary of the counters dies: its replica takes over, and calls go on meanwhile', async () => {
			const { settings, nodes } = cluster;
			const replica = nodes.at(-1)!;
			await cluster.replicate();
			for (const key of (await (await cluster.owner()).command('KEYS', '*')) as string[]) await (await cluster.owner()).command('DEL', key);
			crowd = await startCrowd(nodes[0]!, { distances: [0, 0, 0], limits: faster, settings });
			const working = [0, 1, 2].map(async (process) => await crowd!.work(process, 40));
			await waitFor(() => crowd!.sent.length >= 10);
			await (await cluster.owner()).kill();
			await Promise.all(working);
			expect(crowd.sent).toHaveLength(120);
			// Where some processes have noticed and some not yet, some more can fall into a second.
			expect(mostWithin(crowd.sent, 1_000)).toBeLessThanOrEqual(24);
			await waitFor(async () => (await counted(replica, settings)) >= 120, 20_000);
			expect(await counted(replica, settings)).toBeLessThanOrEqual(123);
			// Each of the three says it once.
			expect(warnings.length).toBeLessThanOrEqual(3);
		});
	});

	test('is asked for by the words of its own settings when it refuses', async () => {
		const cluster = await startCluster(1, { more: () => ['--requirepass', 'right-password'] });
		const single = await startRedis();
		try {
			const { settings } = cluster;
			expect(await checkSharing({ ...settings, password: 'right-password' })).toBeUndefined();
			expect(await checkSharing({ ...settings, password: 'wrong-password' })).toContain('does not accept the user or password');
			expect(await checkSharing({ ...settings, source: 'n8n', addresses: [{ host: 'redis.invalid', port: 6_379 }] })).toContain(
				'Check QUEUE_BULL_REDIS_CLUSTER_NODES of n8n',
			);
			expect(await checkSharing({ ...settings, addresses: [{ host: '127.0.0.1', port: single.port }] })).toContain('no cluster');
			expect(await checkSharing({ ...settings, kind: 'single', password: 'right-password', keyPrefix: 'x' })).toBeUndefined();
		} finally {
			await Promise.all([cluster.close(), single.close()]);
		}
	});
});

describe('a primary behind Sentinel', () => {
	async function startSentinel(lines: (name: string) => string[]): Promise<RedisServer> {
		const file = join(mkdtempSync(join(tmpdir(), 'keap-sentinel-')), 'sentinel.conf');
		writeFileSync(file, `${lines('mymaster').join('\n')}\n`);
		return await startRedis([], [file, '--sentinel']);
	}

	test('is used, and what is wrong with one is said in the words of its settings', async () => {
		const primary = await startRedis(['--requirepass', 'right-password']);
		const sentinel = await startSentinel((name) => [
			`sentinel monitor ${name} 127.0.0.1 ${primary.port} 1`,
			`sentinel auth-pass ${name} right-password`,
		]);
		try {
			const settings = {
				...plainSettings(sentinel.port),
				kind: 'sentinel' as const,
				sentinelName: 'mymaster',
				password: 'right-password',
			};
			expect(await checkSharing(settings)).toBeUndefined();
			const connection = await connectRedis(settings, SCRIPT, () => undefined);
			expect(String(await connection.run(keysOf('one'), message))).toContain('"slots"');
			connection.close();
			expect(await primary.command('EXISTS', 'crowd:{one}:log')).toBe(1);

			expect(await checkSharing({ ...settings, password: 'wrong-password' })).toMatch(/does not accept.*Sentinel Password/);
			expect(await checkSharing({ ...settings, sentinelName: 'other' })).toContain('Check Sentinel Primary Name');
			const closed = [{ host: '127.0.0.1', port: await freePort() }];
			expect(await checkSharing({ ...settings, addresses: closed })).toMatch(/nothing listens on that port.*Check Redis Nodes/);
			const plain = [{ host: '127.0.0.1', port: primary.port }];
			expect(await checkSharing({ ...settings, addresses: plain, sentinelPassword: 'right-password' })).toContain('it is no sentinel');
		} finally {
			await Promise.all([sentinel.close(), primary.close()]);
		}
	});

	test('that dies is replaced by its replica, and calls go on meanwhile', async () => {
		const primary = await startRedis();
		const replica = await startRedis(['--replicaof', '127.0.0.1', String(primary.port)]);
		await waitFor(async () => String(await replica.command('INFO', 'replication')).includes('master_link_status:up'), 20_000);
		// From the primary it learns of the replica at its start, and then every ten seconds only.
		const sentinel = await startSentinel((name) => [
			`sentinel monitor ${name} 127.0.0.1 ${primary.port} 1`,
			`sentinel down-after-milliseconds ${name} 1000`,
		]);
		let crowd: Crowd | undefined;
		try {
			await waitFor(async () => inspect(await sentinel.command('SENTINEL', 'REPLICAS', 'mymaster')).includes(String(replica.port)), 30_000);
			const settings = { ...plainSettings(sentinel.port), kind: 'sentinel' as const, sentinelName: 'mymaster' };
			crowd = await startCrowd(primary, { distances: [0, 0, 0], limits: faster, settings });
			const working = [0, 1, 2].map(async (process) => await crowd!.work(process, 40));
			await waitFor(() => crowd!.sent.length >= 10);
			await primary.kill();
			await Promise.all(working);
			expect(crowd.sent).toHaveLength(120);
			// Where some processes have noticed and some not yet, some more can fall into a second.
			expect(mostWithin(crowd.sent, 1_000)).toBeLessThanOrEqual(24);
			await waitFor(async () => (await counted(replica, settings)) >= 120, 20_000);
			expect(warnings.length).toBeLessThanOrEqual(3);
		} finally {
			await crowd?.close();
			await Promise.all([sentinel.close(), primary.close(), replica.close()]);
		}
	});
});

describe('TLS with a certificate of a private authority', () => {
	let secure: RedisServer;
	let tlsPort: number;
	let certificates: Certificates;
	beforeAll(async () => {
		certificates = await makeCertificates('DNS:redis.internal,IP:127.0.0.1');
		tlsPort = await freePort();
		secure = await startRedis(['--tls-port', String(tlsPort), ...certificates.args]);
	});
	afterAll(async () => {
		await secure.close();
		certificates.remove();
	});
	const tls = (more: Partial<RedisSettings> = {}): RedisSettings => ({ ...plainSettings(tlsPort), tls: true, ...more });

	test.each<[string, () => Partial<RedisSettings>, string | undefined]>([
		['is refused as long as the authority is not named', () => ({}), 'TLS with it fails. Check Redis TLS and Redis CA Certificate'],
		['is accepted once it is', () => ({ tlsAuthority: certificates.authority }), undefined],
		['for another name is refused', () => ({ tlsAuthority: certificates.authority, tlsServerName: 'other.internal' }), 'TLS with it fails'],
		['for the given name is accepted', () => ({ tlsAuthority: certificates.authority, tlsServerName: 'redis.internal' }), undefined],
		['is accepted where none is checked', () => ({ tlsAnyCertificate: true }), undefined],
	])('%s', async (_what, more, expected) => {
		const found = await checkSharing(tls(more()));
		if (expected === undefined) expect(found).toBeUndefined();
		else expect(found).toContain(expected);
	});

	test('in a cluster is asked of each node, also of those that the cluster has named', async () => {
		const ports = [await freePort(), await freePort(), await freePort()];
		let next = 0;
		const more = () => ['--tls-port', String(ports[next++]), '--tls-cluster', 'yes', ...certificates.args];
		const cluster = await startCluster(3, { more });
		try {
			const addresses = [{ host: '127.0.0.1', port: ports[0]! }];
			for (const keyPrefix of ['{a}:', '{b}:', '{c}:', '{d}:']) {
				const settings = tls({ kind: 'cluster', addresses, keyPrefix, tlsAuthority: certificates.authority });
				expect(await checkSharing(settings)).toBeUndefined();
				expect(await checkSharing({ ...settings, tlsAuthority: undefined })).toContain('TLS with it fails');
			}
		} finally {
			await cluster.close();
		}
	});

	/** What a process of its own finds that has these variables from its start on. */
	async function inProcess(variables: Record<string, string>): Promise<string> {
		const script = join(__dirname, 'checkN8n.ts');
		const env = { ...process.env, ...variables };
		const child = start(process.execPath, ['--import', 'tsx', script], { cwd: resolve(__dirname, '..', '..'), env });
		const said: string[] = [];
		child.stdout?.on('data', (data) => said.push(String(data)));
		child.stderr?.on('data', (data) => said.push(String(data)));
		await once(child, 'exit');
		return said.join('').trim();
	}

	test("in n8n's own settings: NODE_EXTRA_CA_CERTS, the server's name, and no check at all", async () => {
		const own = { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(tlsPort), QUEUE_BULL_REDIS_TLS: 'true' };
		const trusted = { ...own, NODE_EXTRA_CA_CERTS: certificates.authorityFile };
		const [without, extra, named, misnamed, unchecked] = await Promise.all([
			inProcess(own),
			inProcess(trusted),
			inProcess({ ...trusted, QUEUE_BULL_REDIS_TLS_SERVERNAME: 'redis.internal' }),
			inProcess({ ...trusted, QUEUE_BULL_REDIS_TLS_SERVERNAME: 'other.internal' }),
			inProcess({ ...own, QUEUE_BULL_REDIS_TLS_VALIDATE_CERTIFICATE: 'false' }),
		]);
		expect([extra, named, unchecked]).toEqual(['ready', 'ready', 'ready']);
		for (const failed of [without, misnamed]) expect(failed).toMatch(/TLS with it fails.*QUEUE_BULL_REDIS_TLS/);
	});
});
