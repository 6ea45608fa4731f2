import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { SETTLE_MS } from '../../nodes/shared/polling/place';
import { pollOnce } from '../../nodes/shared/polling/poll';
import type { PolledList } from '../../nodes/shared/polling/polledList';
import { closeConnections } from '../../nodes/shared/transport/http/dispatchers';
import { pollContext } from '../support/context';
import { serveList } from './simulatedKeap';
import { randomFrom, SimulatedList } from './simulatedList';

const START = Date.UTC(2026, 0, 1);
const LATEST_MS = SETTLE_MS / 2;
const POLLS = 30;
const SEEDS = [1, 2];

const base = { path: '/crm/rest/v2/rows', records: 'rows', created: 'create_time' };
const LISTS: Readonly<Record<string, PolledList>> = {
	'changes, by time upwards': {
		...base,
		reading: 'ascending',
		kind: 'time',
		position: ['update_time'],
		order: 'update_time',
		since: 'since_time',
	},
	'changes, filtered by time and read by number': {
		...base,
		reading: 'byNumber',
		kind: 'time',
		position: ['update_time'],
		since: 'since_time',
		number: 'id',
	},
	'changes, newest first': { ...base, reading: 'newestFirst', kind: 'time', position: ['update_time'], order: 'update_time' },
	'creations, by number': { ...base, reading: 'byNumber', kind: 'number', position: ['id'], number: 'id' },
	'creations, newest number first': { ...base, reading: 'newestFirst', kind: 'number', position: ['id'], order: 'id' },
	'creations, the whole list': { ...base, reading: 'whole', kind: 'number', position: ['id'] },
};

let list: SimulatedList;
let skew = 0;
let happen: () => void = () => undefined;
let keap: Awaited<ReturnType<typeof serveList>>;
beforeAll(async () => {
	keap = await serveList(
		() => list,
		() => list.now + skew,
		() => happen(),
	);
});
afterAll(async () => {
	await closeConnections();
	await keap.close();
});

/** One workflow's poll after the other; n8n's own memory survives as JSON alone. */
class Poller {
	data: IDataObject = {};
	readonly delivered: IDataObject[] = [];

	constructor(
		private readonly polled: PolledList,
		private readonly limit: number,
		private readonly from?: number,
	) {}

	/** @param forgets n8n does not save what a poll without records has noted, and a restart loses it */
	async poll(forgets = false): Promise<number> {
		const data = JSON.parse(JSON.stringify(this.data)) as IDataObject;
		const members = { getWorkflowStaticData: () => data };
		const limits = { requestsPerSecond: 100_000, requestsPerMinute: 10_000_000, requestsPerDay: 10_000_000 };
		const context = { ...pollContext({ credentials: { baseUrl: keap.url, ...limits } }), ...members } as IPollFunctions;
		const first = this.data.place === undefined;
		const records = await pollOnce(context, { watched: { list: this.polled }, watch: 'rows', limit: this.limit, from: this.from });
		this.delivered.push(...records);
		if (records.length > 0 || !forgets || first) this.data = data;
		return records.length;
	}
}

/** Things that happen to the account: single and bulk changes, late transactions, deletions; also while pages are read. */
function makeHappen(random: (below: number) => number): void {
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

const keyOf = ({ id, update_time: time }: IDataObject) => `${String(id)}@${Date.parse(String(time))}`;
const twice = (keys: string[]) => keys.filter((key, index) => keys.indexOf(key) !== index);

async function live(seed: number, polled: PolledList, from?: number) {
	const random = randomFrom(seed);
	list = new SimulatedList(START);
	// Keap's clock is ahead of its stamps in one history, behind them in the next.
	skew = (seed % 2 === 0 ? -1 : 1) * (30_000 + random(30_000));
	for (let index = 0; index < 30; index++) list.add(START - 3_600_000 + index * 1_000, 0);
	const past = list.history.length;
	happen = () => undefined;
	const poller = new Poller(polled, 15, from);
	if (from === undefined) await poller.poll();
	for (let poll = 0; poll < POLLS; poll++) {
		// Some polls fail, at their first call or half-way.
		let failsAt = random(12) === 0 ? 1 + random(3) : Infinity;
		// Not without end: a poll with more to read would make itself ever more.
		let meanwhile = 20;
		happen = () => {
			if ((meanwhile -= 1) > 0 && random(3) === 0) makeHappen(random);
			if ((failsAt -= 1) === 0) throw new Error('Keap refuses');
		};
		for (let busy = random(6); busy > 0; busy--) makeHappen(random);
		list.now += random(10) === 0 ? SETTLE_MS : random(90_000);
		await poller.poll(random(3) === 0).catch((error: { httpCode?: string }) => expect(error.httpCode).toBe('400'));
	}
	happen = () => undefined;
	for (let quiet = 0; quiet < 3; list.now += SETTLE_MS) quiet = (await poller.poll()) === 0 ? quiet + 1 : 0;
	return { poller, past: new Set(list.history.slice(0, past).map(({ id, update }) => `${id}@${update}`)) };
}

describe.each(Object.entries(LISTS))('%s', (_name, polled) => {
	test.each(SEEDS)('nothing is missed and nothing comes twice (history %i)', async (seed) => {
		const { poller, past } = await live(seed, polled);
		const left = list.rows();
		if (polled.kind === 'time') {
			const keys = poller.delivered.map(keyOf);
			expect(twice(keys)).toEqual([]);
			const wanted = left.map(({ id, update }) => `${id}@${update}`).filter((key) => !past.has(key));
			expect(wanted.length).toBeGreaterThan(20);
			expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
			expect(keys.filter((key) => past.has(key))).toEqual([]);
		} else {
			const ids = poller.delivered.map(({ id }) => String(id));
			expect(twice(ids)).toEqual([]);
			const wanted = left.map(({ id }) => id).filter((id) => Number(id) > 30);
			expect(wanted.length).toBeGreaterThan(20);
			expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
			expect(ids.filter((id) => Number(id) <= 30)).toEqual([]);
		}
	});

	test('a quiet list costs one call a poll, and nothing piles up in what is remembered', async () => {
		const { poller } = await live(7, polled);
		const before = keap.calls();
		expect(await poller.poll()).toBe(0);
		const pages = polled.reading === 'whole' ? Math.ceil(list.rows().length / 7) : 1;
		expect(keap.calls() - before).toBe(pages);
		expect(Object.keys((poller.data.place as IDataObject).seen as IDataObject)).toEqual([]);
	});
});

describe.each(Object.entries(LISTS).filter(([, { reading }]) => reading !== 'whole'))('%s, from a date', (_name, polled) => {
	test('begins with what happened then, and goes on', async () => {
		const from = START - 3_600_000 + 20_000;
		const { poller } = await live(5, polled, from);
		const ids = new Set(poller.delivered.map(({ id }) => String(id)));
		const wanted = list.rows().filter(({ update, create }) => (polled.kind === 'time' ? update : create) >= from);
		expect(wanted.filter(({ id }) => !ids.has(id))).toEqual([]);
		expect(
			poller.delivered.filter((record) => Date.parse(String(polled.kind === 'time' ? record.update_time : record.create_time)) < from),
		).toEqual([]);
		expect(twice(poller.delivered.map(polled.kind === 'time' ? keyOf : ({ id }) => String(id)))).toEqual([]);
	});
});

describe('after an hour without polls, when pages shift while they are read', () => {
	const hour = 3_600_000;

	/** Thirty changes are waiting; while a page is asked for by token, one of the page before goes. */
	async function shifted(polled: PolledList, times: (index: number) => number, byToken = 2) {
		list = new SimulatedList(START);
		[skew, happen] = [0, () => undefined];
		const poller = new Poller(polled, 100);
		await poller.poll();
		for (let index = 0; index < 30; index++) list.add(START + times(index), 0);
		list.now += hour;
		const gone = polled.reading === 'newestFirst' ? '29' : '1';
		let calls = 0;
		happen = () => {
			if ((calls += 1) === byToken) list.delete(gone);
		};
		await poller.poll();
		happen = () => undefined;
		for (let poll = 0; poll < 3; poll++) await poller.poll();
		const ids = poller.delivered.map(({ id }) => String(id));
		expect(twice(ids)).toEqual([]);
		expect(list.ids.filter((id) => !ids.includes(id))).toEqual([]);
	}

	test.each(['changes, newest first', 'creations, newest number first'])('%s', async (name) => {
		await shifted(LISTS[name] as PolledList, (index) => index * 1_000);
	});

	test('changes of one moment on several pages', async () => {
		await shifted(LISTS['changes, by time upwards'] as PolledList, () => 1_000, 3);
	});
});

test.each(['changes, newest first', 'creations, newest number first'])(
	'%s: many changes in every poll do not make the polls ever longer',
	async (name) => {
		list = new SimulatedList(START);
		[skew, happen] = [0, () => undefined];
		const poller = new Poller(LISTS[name] as PolledList, 100);
		await poller.poll();
		let calls = 0;
		for (let poll = 0; poll < 20; poll++) {
			for (let index = 0; index < 10; index++) list.add(list.now + index * 1_000, 0);
			list.now += 3_600_000;
			const before = keap.calls();
			expect(await poller.poll()).toBe(10);
			calls = keap.calls() - before;
		}
		// Two pages of what is new, and some of what the polls before have delivered.
		expect(calls).toBeLessThanOrEqual(5);
	},
);

test("without a clock in Keap's answers nothing is missed either", async () => {
	list = new SimulatedList(START);
	[skew, happen] = [Number.NaN, () => undefined];
	const polled = LISTS['changes, newest first'] as PolledList;
	const poller = new Poller(polled, 100, START);
	for (let index = 0; index < 20; index++) {
		list.add(list.now, list.now + (index % 3) * 60_000);
		list.now += 45_000;
		await poller.poll();
	}
	list.now += SETTLE_MS;
	await poller.poll();
	expect(poller.delivered.map(({ id }) => Number(id)).sort((left, right) => left - right)).toEqual(
		Array.from({ length: 20 }, (_unused, index) => index + 1),
	);
});

describe.each([-17_520, -3, -0.5, 0.5, 3])("with stamps %d hours off the clock in Keap's answers", (hours) => {
	// More than a day off is found out where the newest change can be asked for, and is there.
	const isFar = hours < -24;
	test.each(Object.entries(LISTS).filter(([, { kind, order }]) => kind === 'time' && (order !== undefined || !isFar)))(
		'%s: nothing is missed',
		async (_name, polled) => {
			for (const before of isFar ? [3] : [0, 3]) {
				list = new SimulatedList(START);
				[skew, happen] = [-hours * 3_600_000, () => undefined];
				for (let index = 0; index < before; index++) list.add(START - 600_000 + index, 0);
				const poller = new Poller(polled, 100);
				await poller.poll();
				for (let poll = 0; poll < 12; poll++) {
					// More than a page of this list now and then.
					for (let added = poll % 3 === 2 ? 9 : 1; added > 0; added--) list.add(list.now, 0);
					list.now += 61_000;
					await poller.poll();
				}
				expect(poller.delivered.map(({ id }) => Number(id))).toEqual(Array.from({ length: 44 }, (_unused, index) => before + index + 1));
			}
		},
	);
});
