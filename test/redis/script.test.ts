import { connectRedis, type RedisConnection } from '../../nodes/shared/throttle/redis/connection/client';
import { type Ask, type CallEvent, type Message, readReply, type Reply } from '../../nodes/shared/throttle/redis/protocol';
import { SCRIPT } from '../../nodes/shared/throttle/redis/script';
import { paceOf } from '../../nodes/shared/throttle/local/pacer';
import { plainSettings } from './crowd';
import { type RedisServer, startRedis } from './redisServer';

let redis: RedisServer;
let connection: RedisConnection;

beforeAll(async () => {
	redis = await startRedis();
	connection = await connectRedis(plainSettings(redis.port), SCRIPT, () => undefined);
});
beforeEach(async () => void (await redis.command('FLUSHALL')));
afterAll(async () => {
	connection.close();
	await redis.close();
});

/** A process that speaks with the script, message by message. */
class Speaker {
	private born?: string;
	private bases = 0;

	constructor(
		private readonly name: string,
		private readonly standing: Partial<Message> = {},
		private readonly home = 'home',
	) {}

	async say(message: Partial<Message> = {}): Promise<Reply> {
		const standard = {
			name: this.name,
			born: this.born,
			open: [],
			settle: 1_500,
			day: 0,
			calls: 0,
			events: [],
			perSecond: 1_000,
			perMinute: 120,
			perDay: 15_000,
			present: true,
			moved: false,
		};
		const keys = ['account', 'log', 'days', 'key', 'peers', 'own:log', 'own:day'].map((part) => `{${this.home}}:${part}`);
		const reply = readReply(await connection.run(keys, JSON.stringify({ ...standard, ...this.standing, ...message })));
		if (reply.verdict !== 'moved') this.born = reply.born;
		return reply;
	}

	async ask(ask: Partial<Ask> = {}, message: Partial<Message> = {}): Promise<Reply> {
		const { perSecond = 1_000, perMinute = 120, perDay = 15_000 } = this.standing;
		const own = { perSecond, perMinute, perDay, calls: 0 };
		const base = `${this.name}.${++this.bases}`;
		const standard = {
			id: this.name,
			base,
			class: 2,
			wanted: 1,
			weight: 1,
			backlog: 1,
			unobserved: false,
			lead: 0,
			leaves: true,
			own,
		} as const;
		return await this.say({ ...message, ask: { ...standard, ...ask } });
	}

	/** Sends so many calls and has them answered. */
	async call(times = 1): Promise<string[]> {
		const ids: string[] = [];
		while (ids.length < times) {
			const { verdict, slots, wait } = await this.ask({ unobserved: true });
			for (const { id, order } of slots) {
				ids.push(id);
				await this.say({ events: [done(id, { order })] });
			}
			if (verdict === 'day' || verdict === 'stranger') throw new Error(verdict);
			if (slots.length === 0) await new Promise((resolve) => setTimeout(resolve, wait));
		}
		return ids;
	}
}

const done = (id: string, more: Partial<CallEvent> = {}): CallEvent =>
	({ type: 'done', id, ago: 0, arrived: 0, probe: false, passed: true, ...more }) as CallEvent;

/** Withdraws a process from the order. */
const nothing = (id: string): Ask => ({
	id,
	base: `${id}.x`,
	class: 2,
	wanted: 0,
	weight: 1,
	backlog: 0,
	unobserved: false,
	lead: 0,
	leaves: true,
	own: { perSecond: 0, perMinute: 0, perDay: 0, calls: 0 },
});

const { gap } = paceOf(5);
const five = { perSecond: 5 };

describe('one process', () => {
	test('the first call goes ahead, the others wait for its answer', async () => {
		const process = new Speaker('p1');
		const first = await process.ask();
		expect(first.slots).toEqual([expect.objectContaining({ probe: true, order: 1 })]);
		expect((await process.ask()).slots).toEqual([]);
		const answered = done(first.slots[0]!.id, { probe: true } as Partial<CallEvent>);
		expect((await process.ask({}, { events: [answered] })).slots).toEqual([expect.objectContaining({ probe: false, order: 2 })]);
	});

	test('a call whose answer nobody sees does not go ahead', async () => {
		const process = new Speaker('p1');
		expect((await process.ask({ unobserved: true })).slots).toMatchObject([{ probe: false }]);
		expect((await process.ask()).slots).toMatchObject([{ probe: true }]);
	});

	test('the minute is full at its limit, and a queue that takes longer leaves some of it for people', async () => {
		const process = new Speaker('p1', { perMinute: 80 });
		await process.call(78);
		expect((await process.ask({ backlog: 500 })).slots).toEqual([]);
		expect((await process.ask({ class: 0 })).slots).toHaveLength(1);
		expect((await process.ask({ class: 2, backlog: 1, unobserved: true })).slots).toEqual([]);
		expect((await process.ask({ class: 0, unobserved: true })).left).toBe(1);
	});

	test('calls keep their distance, also from one that was late', async () => {
		const process = new Speaker('p1', five);
		const first = await process.ask({ unobserved: true });
		const second = await process.ask({ unobserved: true });
		expect(second.slots[0]!.wait).toBeGreaterThan(190);
		expect(second.slots[0]!.wait).toBeLessThanOrEqual(gap);
		const late: CallEvent = { type: 'late', id: first.slots[0]!.id, unobserved: false, ago: 0 };
		const third = await process.ask({ unobserved: true }, { events: [late] });
		expect(third.slots[0]?.wait ?? third.wait).toBeGreaterThan(50);
	});

	test('six late arrivals do not fit into a second', async () => {
		const process = new Speaker('p1', five);
		const ids: string[] = [];
		while (ids.length < 5) {
			const { slots, wait } = await process.ask({ unobserved: true });
			ids.push(...slots.map(({ id }) => id));
			await new Promise((resolve) => setTimeout(resolve, wait));
		}
		await new Promise((resolve) => setTimeout(resolve, 400));
		// All five arrived just now, late.
		const reply = await process.ask({}, { events: ids.map((id) => done(id)) });
		expect(reply.slots).toEqual([]);
		// It is to come again shortly before the second is over.
		expect(reply.wait).toBeGreaterThan(600);
	});

	test('a pause holds all up, and widens the distance when it was for going too fast', async () => {
		const [one, two] = [new Speaker('p1', five), new Speaker('p2', five)];
		const [first] = (await one.ask({ unobserved: true })).slots;
		const { pausedFor } = await one.say({ events: [{ type: 'pause', ms: 3_000, tooFast: true, ago: 500 }] });
		expect(pausedFor).toBeGreaterThan(2_400);
		expect(pausedFor).toBeLessThanOrEqual(2_500);
		await two.say({ known: [] });
		const held = await two.ask({ unobserved: true });
		expect([held.slots, held.wait > 1_500]).toEqual([[], true]);
		expect(first).toBeDefined();
		await new Promise((resolve) => setTimeout(resolve, held.wait + 10));
		const [next] = (await two.ask({ unobserved: true })).slots;
		const [after] = (await one.ask({ unobserved: true })).slots;
		expect(next).toBeDefined();
		expect((after?.wait ?? Infinity) - next!.wait).toBeGreaterThan(gap * 1.1);
	});

	test('a call given back is no longer counted, once', async () => {
		const process = new Speaker('p1');
		const [id] = await process.call(2);
		const event: CallEvent = { type: 'back', id: id!, ago: 0, unsent: false, probe: false };
		await process.say({ events: [event] });
		expect(await process.say({ events: [event] })).toMatchObject({ left: 119, dayLeft: 14_999 });
	});

	test('the day ends at its limit, and when Keap says so', async () => {
		const process = new Speaker('p1', { perDay: 2 });
		await process.call(2);
		const over = await process.ask();
		expect(over.verdict).toBe('day');
		expect(over.dayResetsAt % 86_400_000).toBe(0);
		expect(over.dayResetsAt + 1_000 - Date.now() - over.wait).toBeCloseTo(0, -2);
		await redis.command('FLUSHALL');
		const other = new Speaker('p2');
		await other.call();
		const closed = await other.ask({}, { events: [{ type: 'dayOver', ago: 0 }] });
		// One call in five minutes finds out whether that still holds.
		expect(closed).toMatchObject({ verdict: 'day', dayLeft: 0, slots: [] });
		expect(closed.wait).toBeGreaterThan(299_000);
		expect(closed.wait).toBeLessThanOrEqual(300_000);
	});
});

describe('what Keap’s headers say', () => {
	const heard = (order: number, minute: object, day?: object): CallEvent =>
		({ ...done('x'), order, minute, ...(day && { day }) }) as CallEvent;

	test('of calls left is heeded by all, and an older answer does not overrule a newer one', async () => {
		const process = new Speaker('p1');
		await process.call(10);
		expect((await process.say({ events: [heard(10, { available: 30 })] })).left).toBe(30);
		expect((await process.say({ events: [heard(9, { available: 90 })] })).left).toBe(30);
		await process.call(4);
		expect((await process.say()).left).toBe(26);
		expect((await process.say({ events: [heard(14, { available: 119 })] })).left).toBe(106);
	});

	test('of limits counts when it is lower; a higher one when a process follows it', async () => {
		const process = new Speaker('p1');
		await process.call();
		expect(await process.say({ events: [heard(1, { limit: 60 }, { limit: 100 })] })).toMatchObject({ left: 59, limit: 60, dayLeft: 99 });
		expect(await process.say({ events: [heard(1, { limit: 240 }, { limit: 30_000 })] })).toMatchObject({ left: 119, limit: 240 });
		expect(await process.say({ perMinute: 240, perDay: 30_000 })).toMatchObject({ left: 239, dayLeft: 29_999 });
	});
});

describe('a credential’s own limits', () => {
	const own = { perSecond: 1_000, perMinute: 2, perDay: 15_000, calls: 0 };

	test('hold its calls, in all processes together, and not those of others', async () => {
		const [one, two] = [new Speaker('p1'), new Speaker('p2')];
		await two.say({ known: [] });
		await two.call();
		for (const process of [one, two]) expect((await process.ask({ own, unobserved: true }, { known: [] })).slots).toHaveLength(1);
		const held = await one.ask({ own, unobserved: true });
		expect([held.verdict, held.slots]).toEqual(['held', []]);
		expect(held.wait).toBeGreaterThan(55_000);
		expect((await two.ask({ unobserved: true })).slots).toHaveLength(1);
		const over = await one.ask({ own: { ...own, perMinute: 100, perDay: 2 }, unobserved: true });
		expect([over.verdict, over.dayLeft]).toEqual(['ownDay', 14_996]);
	});
});

describe('several processes', () => {
	test('share the minute and the day, and know how many they are', async () => {
		const [one, two] = [new Speaker('p1'), new Speaker('p2')];
		await one.call(3);
		await two.say({ known: [] });
		await two.call(4);
		expect(await one.say()).toMatchObject({ left: 113, dayLeft: 14_993, processes: 2 });
	});

	test('are sent to the account of the key as soon as one has found it', async () => {
		const [one, two] = [new Speaker('p1'), new Speaker('p2')];
		await one.call();
		await one.say({ moveTo: 'the-account' });
		expect(await two.ask()).toMatchObject({ verdict: 'moved', account: 'the-account', slots: [] });
	});

	test('one that does not come for its slot is passed over, and keeps its place', async () => {
		const [near, far] = [new Speaker('near', five), new Speaker('far', five)];
		await near.call();
		await far.say({ known: [] });
		const first = await far.ask({ wanted: 5, unobserved: true });
		// It is long overdue when the other one asks.
		await new Promise((resolve) => setTimeout(resolve, first.wait + 700));
		const many = await near.ask({ wanted: 5, unobserved: true });
		expect(many.slots.length).toBeGreaterThan(0);
		await new Promise((resolve) => setTimeout(resolve, 300));
		// Its tag is behind: it is next.
		expect((await far.ask({ wanted: 5, unobserved: true })).slots.length).toBeGreaterThan(0);
	});

	test('one that withdraws gives back what it was granted and has not fetched', async () => {
		const [near, far] = [new Speaker('near', five), new Speaker('far', five)];
		await near.call();
		await far.say({ known: [] });
		const first = await far.ask({ wanted: 5, unobserved: true });
		await new Promise((resolve) => setTimeout(resolve, Math.max(0, first.wait - 150)));
		// Its next slot is near enough to be granted with the one of the process that asks.
		await near.ask({ wanted: 5, unobserved: true, lead: 300 });
		const before = await near.say();
		const after = await far.say({ ask: nothing('far') });
		expect(after.left).toBeGreaterThan(before.left);
	});

	test('write back what an emptied Redis has lost, before it grants anything', async () => {
		const [one, two] = [new Speaker('p1'), new Speaker('p2')];
		await one.call(3);
		await two.say({ known: [] });
		await two.call(2);
		await redis.command('FLUSHALL');
		expect((await one.ask()).verdict).toBe('stranger');
		const today = Math.floor((Date.now() - 1_000) / 86_400_000);
		const known = [
			['a', 50_000, 9_000],
			['b', 60_000, 100],
			['c', 55_000, 9_000],
		] as const;
		const back = await one.ask({}, { known, day: today, calls: 30 });
		expect(back).toMatchObject({ verdict: 'wait', left: 117, dayLeft: 14_970, slots: [] });
		expect(back.wait).toBeGreaterThan(500);
		expect((await two.say()).verdict).toBe('stranger');
		expect(await two.say({ known: [['d', 50_000, 9_000]] })).toMatchObject({ verdict: 'noted', left: 116 });
	});

	test('a lease runs out by itself, unless it is renewed', async () => {
		const process = new Speaker('p1');
		const [slot] = (await process.ask()).slots;
		const log = '{home}:log';
		const left = async () => Number(await redis.command('ZSCORE', log, slot!.id)) - Date.now();
		expect(await left()).toBeLessThan(61_000);
		await redis.command('ZADD', log, String(Date.now() + 500), slot!.id);
		await process.say({ open: [slot!.id] });
		expect(await left()).toBeGreaterThan(59_000);
		await redis.command('ZADD', log, String(Date.now() - 1), slot!.id);
		expect((await process.say()).left).toBe(120);
	});
});

test('an answer that is none is refused', () => {
	expect(() => readReply('PONG')).toThrow('something else');
	expect(() => readReply('{"born":"x","verdict":"wait","wait":"soon"}')).toThrow('not a number');
	expect(() =>
		readReply('{"born":"x","verdict":"wait","wait":1,"slots":[1],"left":1,"dayLeft":1,"dayResetsAt":1,"processes":1,"pausedFor":1}'),
	).toThrow('not a slot');
});
