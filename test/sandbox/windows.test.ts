import { dayWindow, minuteWindow, nextMidnight, secondWindow, type Window } from './windows';

/** Tries a call at each time; '+' where it was let through. */
const tried = (window: Window, times: number[]) =>
	times
		.map((at) => {
			if (!window.allows(at)) return '-';
			window.spend(at);
			return '+';
		})
		.join('');

const every = (count: number, step: number, from = 0) => Array.from({ length: count }, (_unused, index) => from + index * step);

describe('the second', () => {
	test.each<[string, Window, number[], string]>([
		['rolling: five at once, the sixth a hair too early, then in time', secondWindow('rolling', 5), [0, 0, 0, 0, 0, 999, 1_000], '+++++-+'],
		[
			'rolling: a burst at the end of one second and the start of the next',
			secondWindow('rolling', 5),
			[...every(5, 1, 995), ...every(5, 1, 1_000)],
			'+++++-----',
		],
		['rolling: what was refused does not count', secondWindow('rolling', 1), [0, 500, 1_000, 1_500, 2_000], '+-+-+'],
		['rolling with tolerance', secondWindow('rolling', 1, 10), [0, 989, 990], '+-+'],
		['rolling, half a call a second', secondWindow('rolling', 0.5), [0, 1_999, 2_000], '+-+'],
		['spike arrest: 200 ms apart, 5 ms early is forgiven', secondWindow('spikeArrest', 5), [0, 194, 195, 389, 390], '+-+-+'],
		['slow spike: five in five seconds, one at a time', secondWindow('slowSpike', 5), [0, 200, 994, 995, 1_989, 1_990], '+--+-+'],
		['spike arrest without tolerance', secondWindow('spikeArrest', 5, 0), [0, 199, 200], '+-+'],
		[
			'token bucket: five at once, then one each 200 ms',
			secondWindow('tokenBucket', 5),
			[0, 0, 0, 0, 0, 0, 199, 200, 300, 400],
			'+++++--+-+',
		],
		['none', secondWindow('none', 1), [0, 0, 0], '+++'],
		['no limit', secondWindow('rolling', Infinity), every(1_000, 0), '+'.repeat(1_000)],
	])('%s', (_name, window, times, expected) => expect(tried(window, times)).toBe(expected));
});

describe('the minute', () => {
	test.each<[string, Window, number[], string]>([
		[
			'rolling: the double burst where two minutes meet',
			minuteWindow('rolling', 3),
			[59_000, 59_500, 59_900, 60_100, 119_000, 119_001],
			'+++-+-',
		],
		[
			'fixed to the clock: the double burst passes',
			minuteWindow('fixedClock', 3),
			[59_000, 59_500, 59_900, 59_999, 60_000, 60_001, 60_002, 60_003],
			'+++-+++-',
		],
		['fixed from the first call', minuteWindow('fixedFirst', 2), [30_000, 80_000, 89_999, 90_000, 149_999, 149_999, 150_000], '++-++-+'],
		['none', minuteWindow('none', 1), [0, 0], '++'],
	])('%s', (_name, window, times, expected) => expect(tried(window, times)).toBe(expected));

	test.each([
		['rolling', 2],
		['fixedClock', 1],
		['fixedFirst', 2],
	] as const)('%s reports what is used', (mode, used) => {
		const window = minuteWindow(mode, 120);
		window.spend(59_000);
		window.spend(61_000);
		expect(window.used(61_500)).toBe(used);
	});

	test('an unlimited minute counts and forgets', () => {
		const window = minuteWindow('rolling', Infinity);
		window.spend(0, 7);
		expect([window.used(59_999), window.used(60_000)]).toEqual([7, 0]);
	});

	test('a long rolling log keeps counting right after its front was cut off', () => {
		const window = minuteWindow('rolling', 120);
		expect(tried(window, every(5_000, 500)).replaceAll('+', '').length).toBe(0);
		expect(window.used(4_999 * 500)).toBe(120);
	});
});

test('the day ends at 00:00 UTC', () => {
	const evening = Date.UTC(2026, 2, 1, 23, 59, 59, 999);
	expect(tried(dayWindow(2), [evening - 1, evening, evening, evening + 1])).toBe('++-+');
	expect(nextMidnight(evening)).toBe(Date.UTC(2026, 2, 2));
	expect(nextMidnight(Date.UTC(2026, 2, 2))).toBe(Date.UTC(2026, 2, 3));
});
