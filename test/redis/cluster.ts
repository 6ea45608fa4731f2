import { createHash } from 'node:crypto';
import type { RedisSettings } from '../../nodes/shared/throttle/redis/connection/settings';
import { freePort } from '../../scripts/n8n/server';
import { plainSettings } from './crowd';
import { type RedisServer, startRedis, waitFor } from './redisServer';

const SLOTS = 16_384;
const LOST_AFTER_MS = 1_000;

/** A cluster of a test's own. */
export interface RedisCluster {
	/** Primaries, each with its part of the slots, and then one node without slots, if it is wanted. */
	nodes: RedisServer[];
	/** For a connection to it: the prefix puts all keys into one slot. */
	settings: RedisSettings;
	/** The slot of the prefix. */
	slot: number;
	/** The primary that has the slot, as the others see it. */
	owner(): Promise<RedisServer>;
	/** Moves the slot with all its keys to another primary, as `redis-cli --cluster reshard` does. */
	moveSlot(): Promise<void>;
	/** Makes the last node, one without slots, the replica of the primary that has the slot. */
	replicate(): Promise<void>;
	close(): Promise<void>;
}

/**
 * @param primaries how many
 * @param more further arguments of the next server
 */
export async function startCluster(primaries: number, { spare = false, more = (): string[] => [] } = {}): Promise<RedisCluster> {
	const nodes: RedisServer[] = [];
	const buses: number[] = [];
	for (let node = 0; node < primaries + (spare ? 1 : 0); node++) {
		// Its usual one is 10,000 above the port, and may be too high.
		buses.push(await freePort());
		const cluster = ['--cluster-enabled', 'yes', '--cluster-port', String(buses[node]), '--cluster-node-timeout', String(LOST_AFTER_MS)];
		nodes.push(await startRedis([...cluster, ...more()]));
	}
	const [first, ...others] = nodes as [RedisServer, ...RedisServer[]];
	const part = Math.ceil(SLOTS / primaries);
	for (let node = 0; node < primaries; node++) {
		await nodes[node]!.command('CLUSTER', 'ADDSLOTSRANGE', String(node * part), String(Math.min(SLOTS, (node + 1) * part) - 1));
		// Two of the same epoch need a moment to agree.
		await nodes[node]!.command('CLUSTER', 'SET-CONFIG-EPOCH', String(node + 1));
	}
	for (const [place, other] of others.entries()) {
		await first.command('CLUSTER', 'MEET', '127.0.0.1', String(other.port), String(buses[place + 1]));
	}
	const agree = async (node: RedisServer) => {
		const info = String(await node.command('CLUSTER', 'INFO'));
		return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${nodes.length}`);
	};
	for (const node of nodes) await waitFor(async () => await agree(node), 20_000);

	const tag = createHash('sha256').update(String(first.port)).digest('hex').slice(0, 8);
	const settings: RedisSettings = {
		...plainSettings(first.port),
		kind: 'cluster',
		addresses: nodes.map(({ port }) => ({ host: '127.0.0.1', port })),
		keyPrefix: `{${tag}}:`,
	};
	const slot = Number(await first.command('CLUSTER', 'KEYSLOT', settings.keyPrefix));
	const idOf = async (node: RedisServer) => String(await node.command('CLUSTER', 'MYID'));
	const owner = async (): Promise<RedisServer> => {
		for (const node of nodes) {
			const [slots] = await Promise.allSettled([node.command('CLUSTER', 'SLOTS')]);
			if (slots.status === 'rejected') continue;
			const ranges = slots.value as Array<[number, number, [string, number]]>;
			const found = ranges.find(([from, to]) => from <= slot && slot <= to);
			return nodes.find(({ port }) => port === found?.[2][1])!;
		}
		throw new Error('No node of the cluster answers');
	};
	return {
		nodes,
		settings,
		slot,
		owner,
		moveSlot: async () => {
			const from = await owner();
			const to = nodes.slice(0, primaries).find((node) => node !== from)!;
			const [fromId, toId] = [await idOf(from), await idOf(to)];
			await to.command('CLUSTER', 'SETSLOT', String(slot), 'IMPORTING', fromId);
			await from.command('CLUSTER', 'SETSLOT', String(slot), 'MIGRATING', toId);
			for (;;) {
				// One at a time: in between, some of the keys are here and some there.
				const [key] = (await from.command('CLUSTER', 'GETKEYSINSLOT', String(slot), '1')) as string[];
				if (key === undefined) break;
				await from.command('MIGRATE', '127.0.0.1', String(to.port), key, '0', '5000');
			}
			for (const node of [to, from, ...nodes.slice(0, primaries)]) await node.command('CLUSTER', 'SETSLOT', String(slot), 'NODE', toId);
		},
		replicate: async () => {
			const last = nodes.at(-1)!;
			await last.command('CLUSTER', 'REPLICATE', await idOf(await owner()));
			await waitFor(async () => String(await last.command('INFO', 'replication')).includes('master_link_status:up'), 20_000);
		},
		close: async () => void (await Promise.all(nodes.map(async (node) => await node.close()))),
	};
}
