import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Faults } from './faults';
import { Gateway } from './gateway';
import { listen } from './server';
import { SandboxState } from './store/state';
import type { RecordedCall, Sandbox, SandboxOptions } from './types';
import { HeldCalls, Watch } from './watch';

export type { Fault, FaultMatch, Held, KeapRecord, RecordedCall, Sandbox, SandboxOptions, SandboxStats } from './types';
export type { SandboxState } from './store/state';

/** Epoch milliseconds that never go back. */
const steadyNow = () => performance.timeOrigin + performance.now();

/**
 * Starts a stand-in for Keap on loopback: a strict gateway in front of records in memory, held to the contract.
 * Close it when done; nothing else keeps it alive.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const now = options.now ?? steadyNow;
	const gateway = new Gateway(options);
	const faults = new Faults();
	const state = new SandboxState(options.seed !== false, options.hookTimes);
	const calls: RecordedCall[] = [];
	const watch = new Watch(calls);
	const traffic = { inFlight: 0, maxInFlight: 0, connections: 0 };
	const server = await listen({ options, gateway, faults, state, calls, now, traffic, watch });
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		port,
		calls,
		state,
		stats: () => ({
			calls: calls.length,
			refused: { ...gateway.refused },
			maxInFlight: traffic.maxInFlight,
			connections: traffic.connections,
		}),
		fault: (match, fault) => faults.arm(match, fault),
		clearFaults: () => faults.clear(),
		hold(match = {}) {
			const held: HeldCalls = new HeldCalls(
				watch,
				faults.arm({ ...match, times: Infinity }, { kind: 'held', keep: async () => await held.keep() }),
			);
			return held;
		},
		until: async (isDone) => await watch.until(isDone),
		spendElsewhere: (count, key) => gateway.spendElsewhere(count, now(), key),
		reset() {
			calls.length = 0;
			traffic.maxInFlight = traffic.inFlight;
			traffic.connections = 0;
			gateway.reset();
			faults.clear();
			state.reset();
		},
		close: () =>
			new Promise<void>((resolve) => {
				state.hooks.clear();
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
