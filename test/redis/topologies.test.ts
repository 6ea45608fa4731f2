import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRedis } from '../../nodes/shared/throttle/redis/connection/client';
import { checkSharing } from '../../nodes/shared/throttle/redis/check';
import { SCRIPT } from '../../nodes/shared/throttle/redis/script';
import { freePort } from '../../scripts/n8n/server';
import { plainSettings } from './crowd';
import { startRedis, waitFor } from './redisServer';

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

test('a cluster: each key of Keap lies in one slot', async () => {
	const node = await startRedis(['--cluster-enabled', 'yes']);
	try {
		await node.command('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
		await waitFor(async () => String(await node.command('CLUSTER', 'INFO')).includes('cluster_state:ok'));
		const settings = { ...plainSettings(node.port), kind: 'cluster' as const };
		expect(await checkSharing(settings)).toBeUndefined();
		const connection = await connectRedis(settings, SCRIPT, () => undefined);
		for (const home of ['one', 'two', 'three']) expect(String(await connection.run(keysOf(home), message))).toContain('"slots"');
		expect(await connection.memory('crowd:memory')).toBe(await connection.memory('crowd:memory'));
		connection.close();
		// What a setting for a single server finds out of it.
		expect(await checkSharing({ ...settings, addresses: [{ host: '127.0.0.1', port: await freePort() }] })).toContain('cluster');
	} finally {
		await node.close();
	}
});

test('a primary behind Sentinel', async () => {
	const primary = await startRedis();
	const file = join(mkdtempSync(join(tmpdir(), 'keap-sentinel-')), 'sentinel.conf');
	writeFileSync(file, `sentinel monitor mymaster 127.0.0.1 ${primary.port} 1\n`);
	const sentinel = await startRedis([], [file, '--sentinel']);
	try {
		const settings = { ...plainSettings(sentinel.port), kind: 'sentinel' as const, sentinelName: 'mymaster' };
		expect(await checkSharing(settings)).toBeUndefined();
		const connection = await connectRedis(settings, SCRIPT, () => undefined);
		expect(String(await connection.run(keysOf('one'), message))).toContain('"slots"');
		connection.close();
		expect(await primary.command('EXISTS', 'crowd:{one}:log')).toBe(1);
	} finally {
		await Promise.all([sentinel.close(), primary.close()]);
	}
});
