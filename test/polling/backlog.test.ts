import type { IDataObject } from 'n8n-workflow';

import type { PolledList } from '../../nodes/shared/polling/list/polledList';
import { HOUR, MINUTE, simulatedKeap, START } from './keapForEachTest';
import { LISTS, lists, Poller, type PollerOptions, twice } from './poller';

const keap = simulatedKeap();
beforeEach(() => {
	keap().page = PAGE;
});

const [WAITING, PAGE] = [12_000, 1_000];

async function backlog(polled: PolledList, time: (index: number) => number, options: PollerOptions = {}, waiting = WAITING) {
	const { list } = keap();
	for (let index = 0; index < 60; index++) list.add(START - HOUR + index * 1_000, 0);
	const poller = new Poller(keap(), polled, { limit: PAGE, ...options });
	await poller.drain(8, () => (list.now += MINUTE));
	const before = list.ids.length;
	const from = list.now;
	for (let index = 0; index < waiting; index++) list.add(from + time(index), 0);
	list.now = from + time(waiting) + HOUR;
	return { poller, before, calls: keap().calls() };
}

/** Polls until all has come; the most that n8n had to keep meanwhile. */
async function drained(poller: Poller): Promise<number> {
	let most = 0;
	await poller.drain(400, () => {
		keap().list.now += MINUTE;
		most = Math.max(most, poller.size);
	});
	return most;
}

function expectAll({ ids }: Poller, before: number): void {
	expect(twice(ids)).toEqual([]);
	const delivered = new Set(ids);
	expect(keap().list.ids.filter((id) => Number(id) > before && !delivered.has(id))).toEqual([]);
	expect(ids.filter((id) => Number(id) <= before)).toEqual([]);
}

/** Calls until a poll has found nothing new for the first time. */
const MOST_CALLS: Record<string, number> = { ascending: 36, byNumber: 28, newestFirst: 60, inNoOrder: 200 };

/** What the process knows of the quota is gone, as it is by the next day. */
const nextDay = (): boolean => Reflect.deleteProperty(globalThis, Symbol.for('n8n-nodes-keap'));

describe.each(lists)('%s', (_name, polled) => {
	test.each<[what: string, time: (index: number) => number]>([
		['at different times', (index) => index * 4_000],
		['within a minute', (index) => index * 5],
		['at the same time', () => 1_000],
	])('12 pages of changes %s are delivered once, for few calls and with little to remember', async (what, time) => {
		const { poller, before, calls } = await backlog(polled, time);
		let toEnd = 0;
		while ((await poller.poll()) > 0) keap().list.now += MINUTE;
		toEnd = keap().calls() - calls;
		const most = await drained(poller);
		expectAll(poller, before);
		expect([what, toEnd <= (MOST_CALLS[polled.reading] ?? 0) ? 'few calls' : toEnd]).toEqual([what, 'few calls']);
		expect(most).toBeLessThan(100_000);
		// What is read again by quiet polls fits on one page, and what lies within the margin of the filter.
		await drained(poller);
		await drained(poller);
		const quiet = keap().calls();
		await poller.poll();
		expect(keap().calls() - quiet).toBeLessThanOrEqual(polled.reading === 'inNoOrder' ? 13 : 2);
	});

	if (polled.reading !== 'inNoOrder') {
		test('what comes is oldest first, over all polls', async () => {
			const { poller } = await backlog(polled, (index) => index * 4_000);
			await drained(poller);
			const numbers = poller.ids.map(Number);
			expect(numbers).toEqual([...numbers].sort((left, right) => left - right));
		});
	}

	test('a poll spends no more than a tenth of the day, and the next one goes on', async () => {
		keap().page = 100;
		const { poller, before } = await backlog(polled, (index) => index * 4_000, { perDay: 80, limit: 500 }, 3_000);
		for (let poll = 0; poll < 80; poll++) {
			const calls = keap().calls();
			await poller.poll();
			expect(keap().calls() - calls).toBeLessThanOrEqual(8);
			keap().list.now += MINUTE;
			nextDay();
		}
		expectAll(poller, before);
	});
});

describe.each(['changes, newest first', 'creations, newest number first'] as const)('%s', (name) => {
	const polled = LISTS[name];

	beforeEach(() => {
		keap().page = 50;
	});

	test('page tokens that Keap has forgotten by the next poll cost calls, and nothing else', async () => {
		const { poller, before } = await backlog(polled, (index) => index * 4_000, { limit: 500 }, 2_500);
		await poller.drain(100, () => (keap().tokens += 1));
		expectAll(poller, before);
	});

	test('records that come, change and go while the backlog is delivered', async () => {
		const { poller, before } = await backlog(polled, (index) => index * 4_000, { limit: 50 }, 2_500);
		let gone = 100;
		await poller.drain(150, () => {
			const { list } = keap();
			list.now += MINUTE;
			if (gone > 1_500) return;
			list.delete(String((gone += 37)));
			list.add(list.now, 0);
			list.touch(String(2_000 + gone), list.now, list.now);
		});
		const changed =
			polled.kind === 'time' ? poller.delivered.map(({ id, update_time: time }) => `${String(id)} ${String(time)}`) : poller.ids;
		expect(twice(changed)).toEqual([]);
		const delivered = new Set(poller.ids);
		expect(keap().list.ids.filter((id) => Number(id) > before && !delivered.has(id))).toEqual([]);
	});

	test('a start far back reads down in several polls, delivers the oldest first, and has never failed', async () => {
		const { list } = keap();
		for (let index = 0; index < 2_500; index++) list.add(START - (2_500 - index) * HOUR, 0);
		const from = START - 2_000 * HOUR;
		const counts = ({ create_time: time }: Record<string, unknown>) => Date.parse(String(time)) >= from;
		const poller = new Poller(keap(), polled, { limit: 200, from, counts, perDay: 100 });
		// The first polls find nothing to deliver yet.
		for (let poll = 0; poll < 100 && poller.ids.length < 2_000; poll++) {
			await poller.poll();
			keap().list.now += MINUTE;
			nextDay();
		}
		expect(poller.ids.map(Number)).toEqual(Array.from({ length: 2_000 }, (_unused, index) => 501 + index));
	});
});

test('the number at which a date begins is found in a few calls, however long ago it is', async () => {
	const { list } = keap();
	keap().page = 1_000;
	for (let index = 0; index < 20_000; index++) list.add(START - (20_000 - index) * HOUR, 0);
	const from = START - 15_000 * HOUR;
	const counts = ({ create_time: time }: Record<string, unknown>) => Date.parse(String(time)) >= from;
	const poller = new Poller(keap(), LISTS['creations, by number'], { limit: 10_000, from, counts });
	await poller.poll();
	expect(keap().calls()).toBeLessThanOrEqual(22);
	await poller.poll();
	expect(poller.ids.map(Number)).toEqual(Array.from({ length: 15_000 }, (_unused, index) => 5_001 + index));
});

describe("n8n's budget for a poll", () => {
	test.each(lists)('%s: a poll begins no call that would end after it, and the next one goes on', async (_name, polled) => {
		let budget = 100_000;
		keap().page = 100;
		const { poller, before } = await backlog(polled, (index) => index * 4_000, { limit: 300, budgetMs: () => budget }, 1_000);
		[budget, keap().delayMs] = [400, 100];
		for (let poll = 0; poll < 8; poll++) {
			const calls = keap().calls();
			await poller.poll();
			// Each call takes a tenth of a second at least.
			expect(keap().calls() - calls).toBeLessThanOrEqual(3);
			keap().list.now += MINUTE;
		}
		[budget, keap().delayMs] = [100_000, 0];
		await drained(poller);
		expectAll(poller, before);
	});

	test('a poll that gets no turn in its time delivers nothing, and says so in the log', async () => {
		const poller = new Poller(keap(), LISTS['changes, newest first'], { budgetMs: () => 1 });
		keap().delayMs = 50;
		expect(await poller.poll()).toBe(0);
		expect(poller.logged).toEqual([expect.stringMatching(/no call got a slot/)]);
	});

	test('records that there is no time to complete come with the next poll', async () => {
		let budget = 100_000;
		const complete = {
			atOnce: 10,
			records: async (records: IDataObject[]): Promise<IDataObject[]> => {
				await new Promise((resolve) => setTimeout(resolve, 60));
				return records.map((record) => ({ ...record, full: true }));
			},
		};
		const { poller, before } = await backlog(LISTS['changes, by time upwards'], (index) => index * 4_000, {
			complete,
			limit: 50,
			budgetMs: () => budget,
		});
		budget = 100;
		expect(await poller.poll()).toBeLessThanOrEqual(30);
		budget = 100_000;
		await poller.poll();
		const ids = poller.ids.map(Number);
		expect(ids).toEqual(Array.from({ length: ids.length }, (_unused, index) => before + 1 + index));
		expect(poller.delivered.every(({ full }) => full === true)).toBe(true);
	});
});
