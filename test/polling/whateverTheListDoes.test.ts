import type { PolledList } from '../../nodes/shared/polling/list/polledList';
import { HOUR, MINUTE, simulatedKeap, START } from './keapForEachTest';
import { LISTS, lists, Poller, twice } from './poller';

const keap = simulatedKeap();

/** A list with some records from before, and a trigger that has begun. */
async function activate(polled: PolledList, before = 60) {
	for (let index = 0; index < before; index++) keap().list.add(START - 600_000 + index * 1_000, 0);
	const poller = new Poller(keap(), polled);
	await poller.drain(6, () => (keap().list.now += 100));
	expect(poller.ids).toEqual([]);
	return { poller, before };
}

/** A change a minute for so many minutes, with a poll after each. */
async function everyMinute(poller: Poller, minutes: number, every = 1): Promise<void> {
	for (let minute = 1; minute <= minutes; minute++) {
		keap().list.now += MINUTE;
		keap().list.add(keap().list.now, 0);
		if (minute % every === 0) await poller.poll();
	}
}

async function expectAll(poller: Poller, before: number): Promise<void> {
	await poller.drain(20, () => (keap().list.now += MINUTE));
	expect(twice(poller.ids)).toEqual([]);
	expect(keap().list.ids.filter((id) => Number(id) > before && !poller.ids.includes(id))).toEqual([]);
	expect(poller.ids.filter((id) => Number(id) <= before)).toEqual([]);
}

describe.each(lists)('%s', (_name, polled) => {
	test.each([0, 60])('a list that stands still for 10 or 30 minutes and catches up (%i records before)', async (records) => {
		const { poller, before } = await activate(polled, records);
		for (const minutes of [10, 30]) {
			keap().standsAt = keap().list.now;
			for (let minute = 0; minute < minutes; minute++) {
				keap().list.now += MINUTE;
				// What a replica shows is what was visible then.
				keap().list.add(keap().list.now, keap().list.now);
				await poller.poll();
			}
			keap().standsAt = undefined;
			await everyMinute(poller, 3);
		}
		expect(poller.ids.length).toBe(46);
		await expectAll(poller, before);
	});

	test('replicas that answer in turn, one of them an hour behind', async () => {
		const { poller, before } = await activate(polled);
		for (let poll = 0; poll < 12; poll++) {
			keap().standsAt = poll % 3 === 0 ? keap().list.now - HOUR : undefined;
			keap().list.now += 7 * MINUTE;
			keap().list.add(keap().list.now, keap().list.now);
			await poller.poll();
		}
		keap().standsAt = undefined;
		await expectAll(poller, before);
	});

	test('one proper but empty answer at an hourly poll', async () => {
		const { poller, before } = await activate(polled);
		await everyMinute(poller, 60, 60);
		keap().instead = '{"rows":[],"next_page_token":""}';
		await everyMinute(poller, 60, 60);
		keap().instead = undefined;
		await everyMinute(poller, 60, 60);
		await expectAll(poller, before);
		expect(poller.ids).toHaveLength(180);
	});

	test('one empty answer when the trigger begins', async () => {
		for (let index = 0; index < 60; index++) keap().list.add(START - 30 * HOUR + index * 1_000, 0);
		const poller = new Poller(keap(), polled);
		let calls = 0;
		keap().onCall = () => {
			keap().instead = (calls += 1) === 1 ? '{"rows":[],"next_page_token":""}' : undefined;
		};
		for (let poll = 0; poll < 4; poll++) await poller.poll();
		expect(poller.ids).toEqual([]);
		await everyMinute(poller, 3);
		await expectAll(poller, 60);
	});

	test.each<[what: string, clock: (poll: number, now: number) => number]>([
		['an hour ahead once', (poll, now) => now + (poll === 5 ? HOUR : 0)],
		['a year ahead', (_poll, now) => now + 365 * 24 * HOUR],
		['a day behind', (_poll, now) => now - 24 * HOUR],
		['missing', () => NaN],
	])('a Date header that is %s', async (_what, clock) => {
		let poll = 0;
		keap().clock = () => clock(poll, keap().list.now);
		const { poller, before } = await activate(polled);
		for (; poll < 12; poll++) {
			keap().list.now += 2 * MINUTE;
			// Visible a little later than the next one.
			keap().list.add(keap().list.now, keap().list.now + (poll % 2) * 3 * MINUTE);
			await poller.poll();
		}
		await expectAll(poller, before);
	});

	test.each([-24 * HOUR, 24 * HOUR])('a clock of n8n that is %i ms off for a while', async (off) => {
		const { poller, before } = await activate(polled);
		for (let poll = 0; poll < 12; poll++) {
			jest.spyOn(Date, 'now').mockImplementation(() => keap().list.now + (poll > 3 && poll < 8 ? off : 0));
			keap().list.now += MINUTE;
			keap().list.add(keap().list.now, keap().list.now + (poll % 2) * 2 * MINUTE);
			await poller.poll();
		}
		await expectAll(poller, before);
	});

	test.each([
		'{"fault":{"faultstring":"x"}}',
		'{"code":500,"message":"x"}',
		'[]',
		'{"contacts":[]}',
		'{"rows":null}',
		'null',
		'{"rows":{}}',
		'5',
	])('a 200 that is no list: %s', async (text) => {
		const { poller, before } = await activate(polled);
		await everyMinute(poller, 3);
		keap().instead = text;
		const data = JSON.stringify(poller.data);
		await expect(everyMinute(poller, 1)).rejects.toThrow(/list|with an error/);
		expect(JSON.stringify(poller.data)).toBe(data);
		keap().instead = undefined;
		await expectAll(poller, before);
	});

	test('a quiet list costs one call a poll, and what is remembered stays small', async () => {
		const { poller } = await activate(polled);
		keap().page = 1_000;
		await everyMinute(poller, 70);
		await poller.drain(6, () => (keap().list.now += MINUTE));
		for (let poll = 0; poll < 5; poll++) {
			keap().list.now += HOUR;
			const before = keap().calls();
			expect(await poller.poll()).toBe(0);
			expect(keap().calls() - before).toBe(1);
		}
		expect(poller.size).toBeLessThan(2_500);
	});
});

test.each(lists.filter(([, { kind }]) => kind === 'time'))(
	'%s: one stamp of a clock that is ahead carries the watermark past nothing',
	async (_name, polled) => {
		const { poller, before } = await activate(polled);
		keap().list.add(keap().list.now + HOUR, 0);
		await poller.poll();
		await everyMinute(poller, 20);
		await expectAll(poller, before);
	},
);

describe('records that were never changed have no time of change', () => {
	const changes = lists.filter(([, { kind }]) => kind === 'time');
	const orders = (['first', 'last'] as const).flatMap((where) => [true, false].map((filtered) => [where, filtered] as const));

	describe.each(changes)('%s', (_name, polled) => {
		test.each(orders)(
			'they are new records all the same, %s in the order of changes (passed by the filter: %s)',
			async (where, filtered) => {
				const { list } = keap();
				keap().neverChanged = where;
				keap().filterHasNeverChanged = filtered;
				for (let index = 0; index < 60; index++) {
					if (index % 2 === 0) list.add(START - 600_000 + index * 1_000, 0);
					else list.addUnchanged(START - 600_000 + index * 1_000, 0);
				}
				for (const newToo of [LISTS['creations, by number'], LISTS['creations, newest number first']]) {
					const before = list.ids.length;
					const poller = new Poller(keap(), polled, { newToo });
					await poller.drain(6, () => (list.now += MINUTE));
					expect(poller.ids).toEqual([]);
					for (let poll = 0; poll < 10; poll++) {
						list.now += MINUTE;
						if (poll % 2 === 0) list.addUnchanged(list.now, list.now);
						else list.add(list.now, list.now);
						await poller.poll();
					}
					await expectAll(poller, before);
					// Changed at last, it is a change.
					list.touch(String(before + 1), list.now, list.now);
					list.now += MINUTE;
					await poller.poll();
					expect(poller.last.map(({ id }) => id)).toEqual([String(before + 1)]);
				}
			},
		);

		test.each(orders)('changes are found among many of them, %s (passed by the filter: %s)', async (where, filtered) => {
			const { list } = keap();
			keap().neverChanged = where;
			keap().filterHasNeverChanged = filtered;
			for (let index = 0; index < 100; index++) list.addUnchanged(START - 600_000 + index * 1_000, 0);
			const poller = new Poller(keap(), polled);
			await poller.drain(6, () => (list.now += MINUTE));
			for (let poll = 0; poll < 10; poll++) {
				list.now += MINUTE;
				list.touch(String(1 + poll * 9), list.now, list.now);
				await poller.poll();
			}
			await poller.drain(6, () => (list.now += MINUTE));
			expect(poller.ids).toEqual(Array.from({ length: 10 }, (_unused, poll) => String(1 + poll * 9)));
		});
	});
});
