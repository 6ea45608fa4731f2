import type { PolledList } from '../../nodes/shared/polling/list/polledList';
import { HOUR, MINUTE, simulatedKeap, START } from './keapForEachTest';
import { LISTS, Poller, type PollerOptions, twice } from './poller';

// Keap is asked twice before a 500 counts; the pause between the two is of no interest here.
jest.mock('../../nodes/shared/runtime/clock', () => ({
	...jest.requireActual<object>('../../nodes/shared/runtime/clock'),
	sleep: async () => await Promise.resolve(),
}));

const keap = simulatedKeap();
beforeEach(() => {
	keap().page = 1_000;
});

/** The ways of reading as Keap's lists have them: most can be filtered by number too. */
const READ: Record<string, PolledList> = {
	'changes, by time upwards': { ...LISTS['changes, by time upwards'], number: 'id' },
	'changes, by time upwards, without numbers': {
		...LISTS['changes, by time upwards'],
		apart: { until: 'until_time', order: 'email' },
	},
	'changes, filtered by time and read by number': LISTS['changes, filtered by time and read by number'],
	'changes, newest first': { ...LISTS['changes, newest first'], number: 'id' },
	'creations, by number': LISTS['creations, by number'],
	'creations, newest number first': LISTS['creations, newest number first'],
};

async function started(polled: PolledList, options: PollerOptions = {}): Promise<Poller> {
	const { list } = keap();
	for (let index = 0; index < 150; index++) list.add(START - HOUR + index * 1_000, 0);
	const poller = new Poller(keap(), polled, { limit: 1_000, ...options });
	await poller.drain(6, () => (list.now += MINUTE));
	expect(poller.delivered).toEqual([]);
	return poller;
}

/** @returns the ids of new records, several of which share a time */
function add(count: number): string[] {
	const { list } = keap();
	const ids = Array.from({ length: count }, (_unused, index) => list.add(list.now + Math.floor(index / 5) * 1_000, 0));
	list.now += count * 1_000;
	return ids;
}

const records = ({ delivered }: Poller) => delivered.filter(({ record_error: reason }) => reason === undefined).map(({ id }) => String(id));
const reports = ({ delivered }: Poller) => delivered.filter(({ record_error: reason }) => reason !== undefined);

describe.each(Object.entries(READ))('%s', (_name, polled) => {
	test.each<[where: string, indices: number[]]>([
		['first', [0]],
		['among others of its time', [12]],
		['last', [39]],
	])(
		'a record that Keap fails to write out, the %s of those that are new, costs no other one and is reported once',
		async (_where, indices) => {
			const poller = await started(polled);
			const ids = add(40);
			const bad = indices.map((index) => ids[index] ?? '');
			keap().bad = new Set(bad);
			const others = ids.filter((id) => !bad.includes(id));
			for (let poll = 0; poll < 4; poll++) {
				await poller.poll();
				keap().list.now += MINUTE;
			}
			expect([records(poller).sort(), twice(records(poller))]).toEqual([others.sort(), []]);
			expect(reports(poller).map(({ id }) => id)).toEqual([polled.number === undefined ? null : bad[0]]);
			const calls = keap().calls();
			await poller.poll();
			expect(keap().calls() - calls).toBeLessThanOrEqual(polled.number === undefined ? 30 : 6);
			const later = add(30);
			await poller.drain(4, () => (keap().list.now += 10 * MINUTE));
			expect(later.filter((id) => !records(poller).includes(id))).toEqual([]);
			expect(twice(records(poller))).toEqual([]);
			expect(reports(poller)).toHaveLength(1);
		},
	);

	test('what was there before the trigger began is not reported, and nobody waits for it', async () => {
		const { list } = keap();
		for (let index = 0; index < 150; index++) list.add(START - HOUR + index * 1_000, 0);
		keap().bad = new Set(['140', '150']);
		const poller = new Poller(keap(), polled, { limit: 1_000 });
		await poller.drain(4, () => (list.now += MINUTE));
		const ids = add(20);
		await poller.drain(4, () => (list.now += MINUTE));
		expect(records(poller)).toEqual(ids);
		expect(reports(poller)).toEqual([]);
	});

	test('a Keap that fails for a while is no reason to leave anything out', async () => {
		const poller = await started(polled);
		const ids = add(40);
		keap().bad = new Set(keap().list.ids);
		await expect(poller.poll()).rejects.toThrow(/internal error/);
		keap().bad = new Set();
		await poller.drain(4, () => (keap().list.now += MINUTE));
		expect(records(poller)).toEqual(ids);
		expect(reports(poller)).toEqual([]);
	});
});

describe.each(Object.entries(READ).filter(([, { number }]) => number !== undefined))('%s', (_name, polled) => {
	test('several at once, side by side and apart, are each named', async () => {
		const poller = await started(polled);
		const ids = add(40);
		const bad = [3, 4, 20, 39].map((index) => ids[index] ?? '');
		keap().bad = new Set(bad);
		await poller.drain(8, () => (keap().list.now += MINUTE));
		expect(records(poller).sort()).toEqual(ids.filter((id) => !bad.includes(id)).sort());
		expect(twice(records(poller))).toEqual([]);
		expect(
			reports(poller)
				.map(({ id }) => String(id))
				.sort(),
		).toEqual([...bad].sort());
	});

	test('the search goes on in the next poll where the calls of one do not suffice', async () => {
		const poller = await started(polled, { perDay: 120 });
		const ids = add(40);
		keap().bad = new Set([ids[7] ?? '']);
		const nextDay = () => Reflect.deleteProperty(globalThis, Symbol.for('n8n-nodes-keap'));
		for (let poll = 0; poll < 12; poll++) {
			const calls = keap().calls();
			await poller.poll();
			expect(keap().calls() - calls).toBeLessThanOrEqual(24);
			keap().list.now += MINUTE;
			nextDay();
		}
		expect(records(poller).sort()).toEqual(ids.filter((id) => id !== ids[7]).sort());
		expect(reports(poller).map(({ id }) => id)).toEqual([ids[7]]);
	});

	test('in a backlog of many pages, whatever page it is on', async () => {
		keap().page = 50;
		const poller = await started(polled, { limit: 100 });
		const ids = add(600);
		const bad = [100, 350].map((index) => ids[index] ?? '');
		keap().bad = new Set(bad);
		await poller.drain(40, () => (keap().list.now += MINUTE));
		expect(records(poller).sort()).toEqual(ids.filter((id) => !bad.includes(id)).sort());
		expect(twice(records(poller))).toEqual([]);
		expect(new Set(reports(poller).map(({ id }) => id))).toEqual(new Set(bad));
		expect(reports(poller)).toHaveLength(2);
	});
});
