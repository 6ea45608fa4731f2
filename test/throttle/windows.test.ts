import { DayCounter, PROBE_DAY_MS } from '../../nodes/shared/throttle/local/dayCounter';
import { LocalWindows, MOST_IN_FLIGHT } from '../../nodes/shared/throttle/local/localWindows';
import { Pacer, WARY_MS } from '../../nodes/shared/throttle/local/pacer';
import { ServerQuota } from '../../nodes/shared/throttle/local/serverQuota';
import { WindowedMinimum } from '../../nodes/shared/throttle/local/windowedMinimum';
import type { Demand } from '../../nodes/shared/throttle/quota/windows';
import { VirtualClock } from './virtualClock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const noon = Date.UTC(2026, 0, 15, 12);

let clock: VirtualClock;
const startAt = (time: number) => {
	clock = new VirtualClock(time);
	clock.install();
};
afterEach(() => clock.uninstall());

const demand: Demand = { credential: 'c', priority: 'execution', backlog: () => 1 };
const windowsWith = (limits: object = {}) => {
	const windows = new LocalWindows();
	windows.setLimits('c', { perSecond: 5, perMinute: 120, perDay: 15_000, dailyQuotaAction: 'fail', ...limits });
	return windows;
};

describe('a slot', () => {
	test('whose call Keap refused, or that was not used, costs neither the minute nor the day anything', async () => {
		startAt(noon);
		const windows = windowsWith();
		const first = windows.tryAcquire(demand);
		first?.sent();
		first?.answered(undefined, 200);
		for (const end of ['refused', 'unused'] as const) {
			await clock.pass(1_000);
			const slot = windows.tryAcquire(demand);
			expect(windows.view('c').minute.available).toBe(118);
			if (end === 'unused') slot?.unused();
			else {
				slot?.sent();
				slot?.answered(undefined, 429);
			}
			expect(windows.view('c')).toMatchObject({ minute: { available: 119 }, day: { available: 14_999 }, inFlight: 0 });
		}
	});

	test('is not given while so many calls are under way that Keap no longer answers', async () => {
		startAt(noon);
		const windows = windowsWith({ perSecond: 1_000, perMinute: 10_000 });
		const slots = [];
		for (let ms = 0; ms < 20_000; ms += 10) {
			const slot = windows.tryAcquire(demand);
			slot?.sent();
			if (slot) slots.push(slot);
			await clock.pass(10);
		}
		expect(slots).toHaveLength(MOST_IN_FLIGHT);
		slots[0]?.answered(undefined, 200);
		expect(windows.tryAcquire(demand)).toBeDefined();
	});

	test('that is never sent holds the next one up for a second, not for a minute', async () => {
		startAt(noon);
		const windows = windowsWith();
		const first = windows.tryAcquire(demand);
		first?.sent();
		first?.answered(undefined, 200);
		await clock.pass(500);
		expect(windows.tryAcquire(demand)).toBeDefined();
		const asked = clock.elapsed();
		await clock.settle(windows.acquire(demand, new AbortController().signal));
		expect(clock.elapsed() - asked).toBeGreaterThanOrEqual(1_000);
		expect(clock.elapsed() - asked).toBeLessThan(1_300);
	});

	test('of the call that goes ahead holds the others up for two seconds when it is not answered', async () => {
		startAt(noon);
		const windows = windowsWith();
		windows.tryAcquire(demand)?.sent();
		await clock.settle(windows.acquire(demand, new AbortController().signal));
		expect(clock.elapsed()).toBe(2_000);
	});
});

describe('the pace', () => {
	/** Makes calls, each answered after 20 ms, and returns the milliseconds between the last two. */
	async function calls(pacer: Pacer, count: number): Promise<number> {
		let sentAt = 0;
		let distance = 0;
		for (let call = 0; call < count; call++) {
			while (pacer.dueAt() > performance.now()) await clock.pass(Math.max(0.1, pacer.dueAt() - performance.now()));
			const paced = pacer.granted();
			distance = performance.now() - sentAt;
			sentAt = paced.sent();
			await clock.pass(20);
			paced.answered(200);
		}
		return distance;
	}

	test('widens when Keap finds it too fast, and narrows again after a quiet minute', async () => {
		startAt(noon);
		const pacer = new Pacer();
		pacer.setPerSecond(5);
		expect(await calls(pacer, 10)).toBeCloseTo(203, 0);
		for (let times = 0; times < 3; times++) pacer.widen();
		expect(await calls(pacer, 10)).toBeCloseTo(203 * 1.12 ** 3, 0);
		expect(await calls(pacer, 600)).toBeCloseTo(203, 0);
	});

	test('a changed limit is no reason to forget that', async () => {
		startAt(noon);
		const pacer = new Pacer();
		pacer.setPerSecond(5);
		pacer.widen();
		pacer.setPerSecond(4);
		expect(await calls(pacer, 5)).toBeCloseTo((1_000 / 4) * 1.015 * 1.12, 0);
		expect(WARY_MS).toBeGreaterThan(MINUTE);
	});

	test('the fastest round trip is forgotten after two hundred slower ones, and not before a hundred', () => {
		startAt(noon);
		const fastest = new WindowedMinimum();
		expect(fastest.ms).toBe(Infinity);
		fastest.add(10);
		for (let times = 0; times < 100; times++) fastest.add(50);
		expect(fastest.ms).toBe(10);
		for (let times = 0; times < 100; times++) fastest.add(50);
		expect(fastest.ms).toBe(50);
	});
});

describe('what Keap says is left', () => {
	test('by an older call does not replace what a newer one was answered, for the limit nor for what is left', () => {
		startAt(noon);
		const quota = new ServerQuota();
		quota.observe(5, { limit: 120, available: 40 }, 0, MINUTE);
		quota.observe(4, { limit: 240, available: 90 }, 0, MINUTE);
		expect([quota.limit, quota.left(0, 5, 0)]).toEqual([120, 40]);
		quota.observe(6, { limit: 240, available: 39 }, 0, MINUTE);
		expect([quota.limit, quota.left(0, 8, 1)]).toEqual([240, 38]);
		expect(quota.left(MINUTE, 8, 1)).toBe(Infinity);
	});
});

describe('the day', () => {
	test('calls a moment before midnight count for the next day too: Keap’s clock may be ahead', async () => {
		startAt(Date.UTC(2026, 0, 15, 23, 59, 58));
		const day = new DayCounter();
		day.setLimit(10);
		day.take();
		await clock.pass(1_500);
		day.take();
		day.take();
		await clock.pass(1_000);
		expect(day.left(0)).toBe(7);
		await clock.pass(1_000);
		expect(day.left(0)).toBe(8);
		await clock.pass(DAY);
		expect(day.left(0)).toBe(10);
	});

	test('that Keap has refused stays closed whatever the count says, but for one call now and then', async () => {
		startAt(noon);
		const day = new DayCounter();
		day.setLimit(15_000);
		day.refuse();
		expect([day.left(0), day.resetsAt()]).toEqual([0, Date.UTC(2026, 0, 16)]);
		await clock.pass(PROBE_DAY_MS - 1);
		expect(day.left(0)).toBe(0);
		expect(day.wait()).toBe(1);
		await clock.pass(1);
		expect(day.left(0)).toBe(1);
		expect(day.take()).toMatchObject({ probe: true });
		expect(day.left(0)).toBe(0);
		await clock.pass(PROBE_DAY_MS);
		expect(day.left(0)).toBe(1);
		day.take();
		day.reopen();
		expect(day.left(0)).toBe(14_998);
		day.refuse();
		await clock.pass(12 * HOUR);
		expect(day.left(0)).toBe(15_000);
	});

	test('its own limit is never probed', async () => {
		startAt(noon);
		const day = new DayCounter();
		day.setLimit(1);
		day.take();
		await clock.pass(PROBE_DAY_MS + 1);
		expect([day.left(0), day.wait()]).toEqual([0, 12 * HOUR + 1_000 - PROBE_DAY_MS - 1]);
	});

	test.each([
		['in the past', noon - 1_000, Date.UTC(2026, 0, 16)],
		['in a year', noon + 365 * DAY, Date.UTC(2026, 0, 16)],
		['in an hour', noon + HOUR, noon + HOUR],
	])('a reset that Keap names %s', (_name, resetsAt, expected) => {
		startAt(noon);
		const day = new DayCounter();
		day.setLimit(15_000);
		const { day: today } = day.take();
		day.observe(today, 1, { available: 0, limit: 15_000, resetsAt });
		expect(day.resetsAt()).toBe(expected);
		expect(day.left(1)).toBe(0);
	});

	test('what an answer says of yesterday is worth nothing today', async () => {
		startAt(Date.UTC(2026, 0, 15, 23, 59, 50));
		const day = new DayCounter();
		day.setLimit(15_000);
		const { day: yesterday } = day.take();
		await clock.pass(15_000);
		day.observe(yesterday, 1, { available: 0 });
		expect(day.left(1)).toBe(15_000);
	});
});
