import { inTurn } from '../../nodes/shared/throttle/local/turns';
import { Apart } from '../../nodes/shared/throttle/redis/apart';
import { VirtualClock } from './virtualClock';

const GAP = 200;
let clock: VirtualClock;
beforeEach(() => (clock = new VirtualClock(0)).install());
afterEach(() => clock.uninstall());

describe('a turn', () => {
	const second = { of: 4, place: 1, origin: 0 };

	test.each([
		['comes in its place', 0, 200],
		['may be used a little after it has begun', 220, 220],
		['is missed later', 226, 1_000],
		['comes again every round', 2_001, 2_600],
	])('%s', (_what, at, due) => {
		expect(inTurn(second, at, GAP, 0)).toBe(due);
	});

	test('is never in the past', () => {
		clock.stall(500);
		expect(inTurn(second, -Infinity, GAP, 400)).toBe(1_000);
	});

	test('is not waited for after a long rest, and by nobody where there is no distance', () => {
		clock.stall(100);
		expect(inTurn(second, -Infinity, GAP, -Infinity)).toBe(-Infinity);
		clock.stall(10_000);
		expect(inTurn(second, 0, GAP, 5_000)).toBe(0);
		expect(inTurn(second, 7, 0, 10_000)).toBe(7);
	});

	test('of each of eight is apart from those of the others', () => {
		const times = Array.from({ length: 8 }, (_none, place) => inTurn({ of: 8, place, origin: -123_456 }, 0, GAP, 0)).sort((a, b) => a - b);
		expect(times.slice(1).map((time, index) => time - times[index]!)).toEqual(Array(7).fill(GAP));
	});
});

describe('what a process believes while Redis is away', () => {
	test('it is one of fifty until something is known', () => {
		const { of, place, origin } = new Apart().turn;
		expect([of, origin]).toEqual([50, 0]);
		expect(place).toBeLessThan(50);
	});

	test('it halves their number with each answer that shows fewer, down to three', () => {
		const apart = new Apart();
		const numbers = Array.from({ length: 7 }, (_none, call) => {
			apart.answered({ limit: 120, available: 119 - call }, call + 1);
			return apart.turn.of;
		});
		expect(numbers).toEqual([25, 13, 7, 4, 3, 3, 3]);
	});

	test.each([
		['as many as the answers show', 5, 5],
		['twice as many where there are many', 12, 24],
		['no more than before', 100, 50],
	])('%s', (_what, used, of) => {
		const apart = new Apart();
		for (let answer = 0; answer < 9; answer++) apart.answered({ limit: 120, available: 120 - used }, 1);
		expect(apart.turn.of).toBe(of);
	});

	test('answers that say nothing change nothing', () => {
		const apart = new Apart();
		apart.answered({ limit: 120 }, 1);
		apart.answered({ available: 119 }, 1);
		apart.answered({ limit: 120, available: 119 }, 0);
		expect(apart.turn.of).toBe(50);
	});

	test('Redis has named their number, its place and the time; a refusal leaves it every other turn of its own', () => {
		const apart = new Apart();
		clock.stall(300);
		apart.hear(8, 3, 1_000);
		expect(apart.turn).toEqual({ of: 8, place: 3, origin: -700 });
		apart.refused();
		expect([apart.turn.of, apart.turn.place % 8]).toEqual([16, 3]);
		apart.answered({ limit: 120, available: 119 }, 1);
		expect(apart.turn).toMatchObject({ of: 8, place: 3 });
		for (let refusal = 0; refusal < 20; refusal++) apart.refused();
		expect(apart.turn.of).toBe(256);
	});
});
