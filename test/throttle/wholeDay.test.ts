import { executeContext } from '../support/context';
import { simulate, wire, type World } from './simulation';

const mockWire = wire;
jest.mock('../../nodes/shared/transport/http/http', () => ({
	send: async (call: never) => await mockWire.gateway?.send(call),
}));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Four workflows: how often each one runs, from when on, and how many calls it makes each time. */
const WORKFLOWS = [
	{ id: 'poll', everyMs: MINUTE, fromMs: 0, calls: 2 },
	{ id: 'forms', everyMs: 7 * MINUTE, fromMs: 3 * MINUTE, calls: 25 },
	{ id: 'sync', everyMs: HOUR, fromMs: 11 * MINUTE, calls: 150 },
	{ id: 'import', everyMs: 8 * HOUR, fromMs: 2 * HOUR, calls: 2_000 },
] as const;

test('24 hours of four workflows: nothing over, and the whole day’s quota can be used', async () => {
	await simulate({ startsAt: Date.UTC(2026, 0, 15, 0, 0, 2), wayIn: [0, 20], work: [40, 400], second: 'tokenBucket' }, async (world) => {
		let asked = 0;
		let done = 0;
		for (const workflow of WORKFLOWS) {
			const context = executeContext({ executionId: workflow.id, credentials: { dailyQuotaAction: 'wait' } });
			const run = () => {
				for (let call = 0; call < workflow.calls; call++) {
					asked++;
					void world.call(`${workflow.id}${asked}`, context).then(() => done++);
				}
				setTimeout(run, workflow.everyMs);
			};
			setTimeout(run, workflow.fromMs);
		}
		await world.clock.pass(24 * HOUR - 3_000);
		expect(asked).toBeGreaterThan(15_000);
		expect(done).toBeGreaterThanOrEqual(15_000 * 0.98);
		expect(refusals(world)).toBe(0);
		expect(world.gateway.most(MINUTE)).toBeLessThanOrEqual(120);
		// Midnight passes: what waits goes on.
		await world.clock.pass(10 * MINUTE);
		expect(done).toBeGreaterThan(15_000);
		expect(refusals(world)).toBe(0);
	});
	// Real time for a busy machine: what is measured is virtual.
}, 600_000);

function refusals({ gateway: { refused } }: World): number {
	return refused.second + refused.minute + refused.day;
}
