import type { PolledList } from '../../nodes/shared/polling/list/polledList';
import { HOUR, MINUTE, simulatedKeap, START } from './keapForEachTest';
import { LISTS, Poller, twice } from './poller';

const keap = simulatedKeap();
beforeEach(() => {
	keap().page = 1_000;
});

const WAITING = 50_000;

/** Two calls for a thousand records at most where the list can be filtered; from the newest down, one pass to the oldest and three calls for each thousand. */
test.each<[name: keyof typeof LISTS, most: number]>([
	['changes, by time upwards', 110],
	['changes, filtered by time and read by number', 60],
	['changes, newest first', 220],
])(
	'%s: 50,000 waiting changes take at most %i calls',
	async (name, most) => {
		const polled: PolledList = LISTS[name];
		const { list } = keap();
		for (let index = 0; index < 60; index++) list.add(START - HOUR + index * 1_000, 0);
		const poller = new Poller(keap(), polled, { limit: 1_000 });
		await poller.drain(6, () => (list.now += MINUTE));
		const from = list.now;
		for (let index = 0; index < WAITING; index++) list.add(from + index * 20, 0);
		list.now = from + WAITING * 20 + HOUR;
		const before = keap().calls();
		let largest = 0;
		while (poller.ids.length < WAITING) {
			const calls = keap().calls();
			if ((await poller.poll()) === 0 && keap().calls() === calls) break;
			largest = Math.max(largest, poller.size);
			list.now += MINUTE;
		}
		expect(poller.ids).toHaveLength(WAITING);
		expect(twice(poller.ids)).toEqual([]);
		expect(keap().calls() - before).toBeLessThanOrEqual(most);
		expect(largest).toBeLessThan(100_000);
	},
	120_000,
);
