import { SETTLE_MS } from '../../nodes/shared/polling/checkpoint/checkpoint';
import type { PolledList } from '../../nodes/shared/polling/list/polledList';
import { closeConnections } from '../../nodes/shared/transport/http/dispatchers';
import { keyOf, LISTS, lists, Poller, twice } from './poller';
import { serveList, type SimulatedKeap } from './simulatedKeap';
import { randomFrom, SimulatedList } from './simulatedList';

const START = Date.UTC(2026, 0, 1);
const LATEST_MS = SETTLE_MS / 2;
const POLLS = 30;
const SEEDS = [1, 2, 3];

let keap: SimulatedKeap;
/** How far the clock of this n8n is ahead. */
let ownClock = 0;
beforeAll(async () => {
	keap = await serveList(new SimulatedList(START));
	jest.spyOn(Date, 'now').mockImplementation(() => keap.list.now + ownClock);
});
afterAll(async () => {
	jest.restoreAllMocks();
	await closeConnections();
	await keap.close();
});
beforeEach(() => {
	keap.list = new SimulatedList(START);
	keap.clock = () => keap.list.now;
	keap.onCall = () => undefined;
	ownClock = 0;
});

/** Things that happen to the account: single and bulk changes, late transactions, deletions; also while pages are read. */
function makeHappen(random: (below: number) => number): void {
	const { list } = keap;
	list.now += random(4_000);
	const stamp = () => {
		const at = list.now - random(LATEST_MS / 2);
		return [at, at + random(LATEST_MS)] as const;
	};
	const anyId = () => list.ids[random(list.ids.length)] ?? '';
	const what = random(20);
	if (what < 6) list.add(...stamp());
	else if (what < 13) list.touch(anyId(), ...stamp());
	else if (what === 13) list.delete(anyId());
	else if (what === 14) for (const [at] = stamp(); random(20) > 0;) list.touch(anyId(), at, at);
	else if (what === 15) for (const [at] = stamp(); random(15) > 0;) list.add(at, at);
}

async function live(seed: number, polled: PolledList, from?: number) {
	const random = randomFrom(seed);
	const { list } = keap;
	// Keap's clock is ahead of its stamps in one history, behind them in the next; so is the clock of n8n.
	const skew = (seed % 2 === 0 ? -1 : 1) * (30_000 + random(30_000));
	keap.clock = () => list.now + skew;
	ownClock = (seed % 3 === 0 ? 1 : -1) * random(20 * 60_000);
	for (let index = 0; index < 30; index++) list.add(START - 3_600_000 + index * 1_000, 0);
	const past = list.history.length;
	const poller = new Poller(keap, polled, { limit: 15, ...(from !== undefined && { from }) });
	if (from === undefined) await poller.drain(3);
	for (let poll = 0; poll < POLLS; poll++) {
		// Some polls fail, at their first call or half-way.
		let failsAt = random(12) === 0 ? 1 + random(3) : Infinity;
		// Not without end: a poll with more to read would make itself ever more.
		let meanwhile = 20;
		keap.onCall = () => {
			if ((meanwhile -= 1) > 0 && random(3) === 0) makeHappen(random);
			if ((failsAt -= 1) === 0) throw new Error('Keap refuses');
		};
		for (let busy = random(6); busy > 0; busy--) makeHappen(random);
		list.now += random(10) === 0 ? SETTLE_MS : random(90_000);
		await poller.poll(random(3) === 0).catch((error: { httpCode?: string }) => expect(error.httpCode).toBe('400'));
	}
	keap.onCall = () => undefined;
	await poller.drain(60, () => (list.now += SETTLE_MS));
	return { poller, past: new Set(list.history.slice(0, past).map(({ id, update }) => `${id}@${update}`)) };
}

describe.each(lists)('%s', (_name, polled) => {
	test.each(SEEDS)('nothing is missed and nothing comes twice (history %i)', async (seed) => {
		const { poller, past } = await live(seed, polled);
		const left = keap.list.rows();
		if (polled.kind === 'time') {
			const keys = poller.delivered.map(keyOf);
			expect(twice(keys)).toEqual([]);
			const wanted = left.map(({ id, update }) => `${id}@${update}`).filter((key) => !past.has(key));
			expect(wanted.length).toBeGreaterThan(20);
			expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
			expect(keys.filter((key) => past.has(key))).toEqual([]);
		} else {
			expect(twice(poller.ids)).toEqual([]);
			const wanted = left.map(({ id }) => id).filter((id) => Number(id) > 30);
			expect(wanted.length).toBeGreaterThan(20);
			expect(wanted.filter((id) => !poller.ids.includes(id))).toEqual([]);
			expect(poller.ids.filter((id) => Number(id) <= 30)).toEqual([]);
		}
	});
});

describe.each(lists.filter(([, { reading }]) => reading !== 'inNoOrder'))('%s, from a date', (_name, polled) => {
	test('begins with what happened then, and goes on', async () => {
		const from = START - 3_600_000 + 20_000;
		// Numbers say nothing of dates: which of them count is the caller's.
		const counts = ({ create_time: time }: Record<string, unknown>) => polled.kind === 'time' || Date.parse(String(time)) >= from;
		const poller = new Poller(keap, polled, { limit: 4, from, counts });
		for (let index = 0; index < 40; index++) keap.list.add(START - 3_600_000 + index * 1_000, 0);
		await poller.drain(60, () => {
			if (poller.delivered.length < 30) keap.list.add(keap.list.now, 0);
			keap.list.now += 60_000;
		});
		const wanted = keap.list.rows().filter(({ update, create }) => (polled.kind === 'time' ? update : create) >= from);
		expect(wanted.length).toBeGreaterThan(25);
		expect([...poller.ids].sort()).toEqual(wanted.map(({ id }) => id).sort());
	});
});

describe('after an hour without polls, when pages shift while they are read', () => {
	/** Thirty changes are waiting; while a page is asked for by token, one of the page before goes. */
	async function shifted(polled: PolledList, times: (index: number) => number, byToken: number) {
		const { list } = keap;
		const poller = new Poller(keap, polled);
		await poller.poll();
		for (let index = 0; index < 30; index++) list.add(START + times(index), 0);
		list.now += 3_600_000;
		const gone = polled.reading === 'newestFirst' ? '29' : '1';
		let calls = 0;
		keap.onCall = () => {
			if ((calls += 1) === byToken) list.delete(gone);
		};
		await poller.poll();
		keap.onCall = () => undefined;
		for (let poll = 0; poll < 3; poll++) await poller.poll();
		expect(twice(poller.ids)).toEqual([]);
		expect(list.ids.filter((id) => !poller.ids.includes(id))).toEqual([]);
	}

	// The first small page is followed by the list from its beginning.
	test.each(['changes, newest first', 'creations, newest number first'] as const)('%s', async (name) => {
		await shifted(LISTS[name], (index) => index * 1_000, 3);
	});

	test('changes of one moment on several pages', async () => {
		await shifted(LISTS['changes, by time upwards'], () => 1_000, 3);
	});
});

describe.each([-17_520, -3, -0.5, 0.5, 3, 17_520])('with stamps %d hours off all other clocks', (hours) => {
	test.each(lists.filter(([, { kind }]) => kind === 'time'))('%s: nothing is missed', async (_name, polled) => {
		for (const before of Math.abs(hours) > 24 ? [3] : [0, 3]) {
			keap.list = new SimulatedList(START);
			keap.clock = () => keap.list.now - hours * 3_600_000;
			ownClock = -hours * 3_600_000;
			const { list } = keap;
			for (let index = 0; index < before; index++) list.add(START - 600_000 + index, 0);
			const poller = new Poller(keap, polled);
			await poller.poll();
			for (let poll = 0; poll < 12; poll++) {
				// More than a page of this list now and then.
				for (let added = poll % 3 === 2 ? 9 : 1; added > 0; added--) list.add(list.now, 0);
				list.now += 61_000;
				await poller.poll();
			}
			expect(poller.ids.map(Number)).toEqual(Array.from({ length: 44 }, (_unused, index) => before + index + 1));
		}
	});
});
