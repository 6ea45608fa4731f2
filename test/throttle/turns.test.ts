import { inTurn } from '../../nodes/shared/throttle/local/turns';
import { Apart } from '../../nodes/shared/throttle/redis/apart/apart';
import { VirtualClock } from './virtualClock';

const GAP = 200;
let clock: VirtualClock;
beforeEach(() => (clock = new VirtualClock(0)).install());
afterEach(() => clock.uninstall());

describe('a turn', () => {
	const second = { of: 4, place: 1, origin: 0, processes: 4 };

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

	test('does not come before the moment that is named', () => {
		expect(inTurn({ ...second, notBefore: 500 }, 0, GAP, 0)).toBe(1_000);
		expect(inTurn({ ...second, notBefore: 500 }, 0, GAP, -Infinity)).toBe(500);
	});

	test('of each of eight is apart from those of the others', () => {
		const times = Array.from({ length: 8 }, (_none, place) => inTurn({ of: 8, place, origin: -123_456, processes: 8 }, 0, GAP, 0)).sort(
			(a, b) => a - b,
		);
		expect(times.slice(1).map((time, index) => time - times[index]!)).toEqual(Array(7).fill(GAP));
	});
});

describe('what a process believes while Redis is away', () => {
	const answers = (apart: Apart, ...all: Array<{ after?: number; used: number; own: number }>) => {
		for (const { after = 0, used, own } of all) {
			clock.stall(after);
			apart.answered({ limit: 120, available: 120 - used }, own);
		}
		return apart.turn;
	};
	let apart: Apart;
	beforeEach(() => (apart = new Apart(() => GAP)));

	test('it is one of eight until Keap has said something, and then waits for a second to see whether others call', () => {
		expect(apart.turn).toMatchObject({ of: 8, processes: 8, origin: 0 });
		clock.stall(100);
		expect(answers(apart, { used: 1, own: 1 })).toMatchObject({ of: 2, place: 1, notBefore: 1_100 });
	});

	test('nobody else has called: it is alone, and has no turn to wait for', () => {
		expect(answers(apart, { used: 1, own: 1 }, { after: 1_200, used: 2, own: 2 })).toBeUndefined();
		// Somebody comes, and goes.
		expect(answers(apart, { after: 700, used: 4, own: 3 })).toMatchObject({ of: 2 });
		expect(answers(apart, { after: 4_000, used: 5, own: 4 }, { after: 700, used: 6, own: 5 })).toBeUndefined();
	});

	test('two others have called: three share the second, each in the place that Keap has counted it at', () => {
		const turn = answers(apart, { used: 2, own: 1 }, { after: 1_200, used: 6, own: 2 });
		expect(turn).toMatchObject({ of: 4, place: 1, processes: 4, notBefore: 1_800, minute: { threshold: 3 } });
	});

	test('five at once: everybody makes one call, and what Keap has counted then is their number', () => {
		const waiting = answers(apart, { used: 5, own: 1 }, { after: 1_200, used: 9, own: 2 });
		// 96 turns and a second for the census, then half a second and a bit for each that is to count before it.
		expect(waiting).toMatchObject({ of: 1, notBefore: 96 * GAP + 1_000 + 9 * 600 });
		const turn = answers(apart, { after: 24_400, used: 59, own: 3 });
		expect(turn).toMatchObject({ of: 128, place: 8, processes: 50, minute: { spare: 3 } });
	});

	test('the first call is refused: it is repeated within the turns of the census', () => {
		apart.refused();
		expect(apart.turn).toMatchObject({ of: 96 });
		expect(answers(apart, { after: 9_000, used: 30, own: 1 })).toMatchObject({ of: 1, notBefore: 96 * GAP + 1_000 + 30 * 600 });
	});

	test('others were at work long before: nothing is counted, it takes its part at once', () => {
		expect(answers(apart, { used: 60, own: 1 })).toMatchObject({ of: 8, minute: { threshold: 3 } });
	});

	test('after a minute without a call it begins anew', () => {
		answers(apart, { used: 1, own: 1 }, { after: 1_200, used: 2, own: 2 });
		expect(answers(apart, { after: 70_000, used: 3, own: 1 })).toMatchObject({ of: 2, place: 1 });
	});

	test('answers that say nothing change nothing', () => {
		apart.answered({ limit: 120 }, 1);
		apart.answered({ available: 119 }, 1);
		apart.answered({ limit: 120, available: 119 }, 0);
		expect(apart.turn).toMatchObject({ of: 8 });
	});

	test('Redis has named their number, its place and the time; a refusal leaves it every other turn of its own', () => {
		clock.stall(300);
		apart.hear(8, 3, 1_000);
		expect(apart.turn).toEqual({ of: 8, place: 3, origin: -700, processes: 8 });
		apart.refused();
		const { of, place = 0 } = apart.turn ?? {};
		expect([of, place % 8]).toEqual([16, 3]);
		apart.answered({ limit: 120, available: 119 }, 1);
		expect(apart.turn).toMatchObject({ of: 8, place: 3 });
		for (let refusal = 0; refusal < 20; refusal++) apart.refused();
		expect(apart.turn?.of).toBe(256);
		// For as long as it lives.
		clock.stall(86_400_000);
		answers(apart, { used: 1, own: 1 });
		expect(apart.turn).toMatchObject({ of: 128 });
	});
});
