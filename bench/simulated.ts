import { createRequire } from 'node:module';
import { executeContext } from '../test/support/context';
import type { GatewayOptions } from '../test/throttle/virtualGateway';
import { casesTable } from './cases';
import { table } from './report';
import { leastMs } from './work';

type Simulation = typeof import('../test/throttle/simulation');

/** The simulation with the wire replaced: what is sent goes to a gateway in virtual time. */
function simulation(): Simulation {
	const load = createRequire(__filename);
	const http = load.resolve('../nodes/shared/transport/http/http');
	const found: { wire?: Simulation['wire'] } = {};
	const send = async (call: never) => await found.wire?.gateway?.send(call);
	load.cache[http] = Object.assign(Object.create(module), {
		id: http,
		filename: http,
		loaded: true,
		exports: { send, closeConnections: async () => undefined },
	}) as NodeModule;
	const loaded = load('../test/throttle/simulation') as Simulation;
	found.wire = loaded.wire;
	return loaded;
}

interface Row {
	name: string;
	calls: number;
	options?: GatewayOptions;
	limits?: { perSecond: number; perMinute: number; fromKeap: boolean };
	/** Milliseconds of a stall of the event loop, every 3.1 s. */
	stallMs?: number;
}

const jitter: GatewayOptions = { wayIn: [0, 150], work: [30, 120], wayBack: [0, 20] };
const higher = { perSecond: 10, perMinute: 240, perDay: 30_000 };

const ROWS: Row[] = [
	...[50, 300, 600].map((calls) => ({ name: 'backlog', calls })),
	...[300, 600].map((calls) => ({ name: 'jitter of 0–150 ms on the way in, strictest second', calls, options: jitter })),
	...[300, 600].map((calls) => ({
		name: 'jitter of 0–150 ms on the way in, token bucket of 5',
		calls,
		options: { ...jitter, second: 'tokenBucket' as const },
	})),
	{ name: 'event loop stalls for 300 ms every 3.1 s', calls: 300, stallMs: 300 },
	{ name: 'Keap answers in 600 ms', calls: 300, options: { work: [600, 600] } },
	{ name: 'Keap answers in 2 s', calls: 300, options: { work: [2_000, 2_000] } },
	{ name: 'minutes of the clock', calls: 300, options: { minute: 'fixedClock' } },
	{ name: 'minutes from the first call', calls: 300, options: { minute: 'fixedFirst' } },
	{ name: 'spike arrest of 200 ms', calls: 300, options: { second: 'spikeArrest' } },
	{ name: 'token bucket of 5', calls: 300, options: { second: 'tokenBucket' } },
	{ name: 'no headers', calls: 300, options: { headers: false } },
	...[300, 600].map((calls) => ({
		name: 'headers say 10/240/30,000, limits from Keap',
		calls,
		options: higher,
		limits: { perSecond: 10, perMinute: 240, fromKeap: true },
	})),
];

/** The rows of one process, in virtual time: the same in every run. */
export async function simulatedTable(): Promise<string> {
	const { simulate } = simulation();
	const rows: string[][] = [];
	for (const { name, calls, options = {}, limits, stallMs } of ROWS) {
		await simulate(options, async ({ backlog, clock, gateway }) => {
			let going = true;
			const stall = () => {
				if (!going || !stallMs) return;
				clock.stall(stallMs);
				setTimeout(stall, 3_100);
			};
			if (stallMs) setTimeout(stall, 3_100);
			const took = await backlog(calls, executeContext({ credentials: { limits: limits?.fromKeap ? 'fromKeap' : 'fixed' } }));
			going = false;
			const { second, minute } = gateway.refused;
			rows.push([
				name,
				String(calls),
				String(second + minute),
				String(gateway.most(1_000)),
				String(gateway.most(60_000)),
				`${(took / 1_000).toFixed(1)} s`,
				(took / leastMs(calls, limits?.perSecond, limits?.perMinute)).toFixed(3),
			]);
		});
	}
	const timed = table(['case', 'calls', '429s', 'most in a rolling second', 'most in a rolling minute', 'time', 'time / optimum'], rows);
	return `${timed}\n\n${await casesTable(simulate)}`;
}
