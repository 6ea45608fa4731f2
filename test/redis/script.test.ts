import { connectRedis, type RedisConnection } from '../../nodes/shared/throttle/redis/client';
import { type Ask, type CallEvent, type Message, readReply, type Reply } from '../../nodes/shared/throttle/redis/protocol';
import { SCRIPT } from '../../nodes/shared/throttle/redis/script';
import { paceOf, UNSEEN } from '../../nodes/shared/throttle/local/pacer';
import { type RedisServer, startRedis } from './redisServer';

let redis: RedisServer;
let connection: RedisConnection;

beforeAll(async () => {
	redis = await startRedis();
	const settings = { host: '127.0.0.1', port: redis.port, user: '', password: '', database: 0, tls: false, keyPrefix: '' };
	connection = await connectRedis(settings, SCRIPT, () => undefined);
});
beforeEach(async () => void (await redis.command('FLUSHALL')));
afterAll(async () => {
	connection.close();
	await redis.close();
});

/** A process that speaks with the script, message by message. */
class Speaker {
	private born?: string;
	private ids = 0;

	constructor(
		private readonly name: string,
		private readonly standing: Partial<Message> = {},
	) {}

	async say(message: Partial<Message> = {}): Promise<Reply> {
		const { exact, gap, memory } = paceOf(1_000);
		const standard = {
			name: this.name,
			born: this.born,
			open: [],
			day: 0,
			calls: 0,
			events: [],
			gap,
			memory,
			span: memory * exact,
			perMinute: 120,
			perDay: 15_000,
			most: [120, 15_000] as const,
		};
		const reply = readReply(
			await connection.run(['state', 'log', 'sends', 'peers', 'days'], JSON.stringify({ ...standard, ...this.standing, ...message })),
		);
		this.born = reply.born;
		return reply;
	}

	async ask(ask: Partial<Ask> = {}, message: Partial<Message> = {}): Promise<Reply & { id: string }> {
		const id = `${this.name}.${++this.ids}`;
		return {
			id,
			...(await this.say({ ...message, ask: { id, person: false, execution: true, blind: false, reserve: 0, lead: 0, ...ask } })),
		};
	}

	/** Sends so many calls and has them answered. */
	async call(times = 1): Promise<string[]> {
		const ids: string[] = [];
		while (ids.length < times) {
			const { verdict, id, order } = await this.ask({ blind: true });
			if (verdict === 'go') ids.push(id);
			if (verdict === 'day' || verdict === 'stranger') throw new Error(verdict);
			await this.say({ events: [done(id, { order })] });
		}
		return ids;
	}
}

const done = (id: string, more: Partial<CallEvent> = {}): CallEvent =>
	({ type: 'done', id, ago: 0, arrived: 0, probe: false, passed: true, ...more }) as CallEvent;

/** 5 a second. */
const { exact, gap, memory } = paceOf(5);
const five = { gap, memory, span: memory * exact };

describe('one process', () => {
	test('the first call goes ahead, the others wait for its answer', async () => {
		const process = new Speaker('p1');
		const first = await process.ask();
		expect(first).toMatchObject({ verdict: 'go', probe: true, order: 1 });
		expect(await process.ask()).toMatchObject({ verdict: 'wait', order: 0 });
		expect(await process.ask({}, { events: [done(first.id, { probe: true } as Partial<CallEvent>)] })).toMatchObject({
			verdict: 'go',
			probe: false,
			order: 2,
		});
	});

	test('a call whose answer nobody sees does not go ahead', async () => {
		const process = new Speaker('p1');
		expect(await process.ask({ blind: true })).toMatchObject({ verdict: 'go', probe: false });
		expect(await process.ask()).toMatchObject({ verdict: 'go', probe: true });
	});

	test('the minute is full at its limit, and leaves what it has to for people', async () => {
		const process = new Speaker('p1', { perMinute: 80 });
		await process.call(78);
		await process.ask({ person: true, execution: false, blind: true });
		expect((await process.ask()).left).toBe(1);
		expect(await process.ask()).toMatchObject({ verdict: 'wait' });
		expect(await process.ask({ person: true, execution: false })).toMatchObject({ verdict: 'go', left: 0 });
		const full = await process.ask({ person: true, execution: false });
		expect(full.verdict).toBe('wait');
		expect(full.wait).toBeGreaterThan(1_000);
		expect(full.wait).toBeLessThanOrEqual(2_000);
	});

	test('calls keep their distance, also from one that was late', async () => {
		const process = new Speaker('p1', five);
		const first = await process.ask({ blind: true });
		const second = await process.ask({ blind: true });
		expect(second.verdict).toBe('go');
		expect(second.wait).toBeGreaterThan(190);
		expect(second.wait).toBeLessThanOrEqual(gap);
		const late = await process.ask({ blind: true }, { events: [{ type: 'late', id: first.id, blind: false, ago: 0 }] });
		expect(late.wait).toBeGreaterThan(150);
	});

	test('six late arrivals do not fit into a second', async () => {
		const process = new Speaker('p1', { ...five, gap: 1 });
		const ids = await process.call(5);
		// All five arrived just now, late.
		const reply = await process.ask({}, { events: ids.map((id) => done(id)) });
		expect(reply.verdict).toBe('wait');
		expect(reply.wait).toBeGreaterThan(980);
	});

	test.each([
		[false, 0],
		[true, gap * UNSEEN],
	])('a call is taken to have arrived when it was sent, or later when n8n sends it itself: %s', async (blind, later) => {
		const process = new Speaker('p1', five);
		const { id } = await process.ask({ blind });
		const from = Date.now();
		await process.say({ events: [{ type: 'late', id, blind, ago: 0 }] });
		const until = Date.now() + 1;
		const arrived = Number(await redis.command('ZSCORE', 'sends', id)) - later;
		expect(arrived).toBeGreaterThanOrEqual(from - 1);
		expect(arrived).toBeLessThanOrEqual(until);
	});

	test('a pause holds all up, and widens the distance when it was for going too fast', async () => {
		const [one, two] = [new Speaker('p1', five), new Speaker('p2', five)];
		await one.call();
		const { pausedFor } = await one.say({ events: [{ type: 'pause', ms: 3_000, tooFast: true, ago: 500 }] });
		expect(pausedFor).toBeGreaterThan(2_400);
		expect(pausedFor).toBeLessThanOrEqual(2_500);
		await two.say({ known: [] });
		expect((await two.ask({ blind: true })).verdict).toBe('wait');
		expect(Number(await redis.command('HGET', 'state', 'gap'))).toBeCloseTo(gap * 1.12, 1);
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
		expect(await other.ask({}, { events: [{ type: 'dayOver', ago: 0 }] })).toMatchObject({ verdict: 'day', dayLeft: 0 });
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

	test('of limits counts when it is lower, and when it is higher only if that is wanted', async () => {
		const process = new Speaker('p1');
		await process.call();
		expect(await process.say({ events: [heard(1, { limit: 60 }, { limit: 100 })] })).toMatchObject({ left: 59, limit: 60, dayLeft: 99 });
		expect(await process.say({ events: [heard(1, { limit: 240 }, { limit: 30_000 })] })).toMatchObject({ left: 119, limit: 240 });
		expect(await process.say({ most: [1_200, 150_000] })).toMatchObject({ left: 239, dayLeft: 29_999 });
		expect(await process.say({ most: [1_200, 150_000], events: [heard(1, { limit: 999_999_999 })] })).toMatchObject({ left: 119 });
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

	test('write back what an emptied Redis has lost, before it grants anything', async () => {
		const [one, two] = [new Speaker('p1'), new Speaker('p2')];
		await one.call(3);
		await two.say({ known: [] });
		await two.call(2);
		await redis.command('FLUSHALL');
		expect((await one.ask()).verdict).toBe('stranger');
		const today = Math.floor((Date.now() - 1_000) / 86_400_000);
		const back = await one.ask(
			{},
			{
				known: [
					['a', 50_000, 9_000],
					['b', 60_000, 100],
					['c', 55_000, 9_000],
				],
				day: today,
				calls: 30,
			},
		);
		expect(back).toMatchObject({ verdict: 'wait', left: 117, dayLeft: 14_970 });
		expect(back.wait).toBeGreaterThan(500);
		expect((await two.say()).verdict).toBe('stranger');
		expect(await two.say({ known: [['d', 50_000, 9_000]] })).toMatchObject({ verdict: 'told', left: 116 });
	});

	test('a lease runs out by itself, unless it is renewed', async () => {
		const process = new Speaker('p1');
		const { id } = await process.ask();
		const left = async () => Number(await redis.command('ZSCORE', 'log', id)) - Date.now();
		expect(await left()).toBeLessThan(61_000);
		await redis.command('ZADD', 'log', String(Date.now() + 500), id);
		await process.say({ open: [id] });
		expect(await left()).toBeGreaterThan(59_000);
		await redis.command('ZADD', 'log', String(Date.now() - 1), id);
		expect((await process.say()).left).toBe(120);
	});
});

test('an answer that is none is refused', () => {
	expect(() => readReply('PONG')).toThrow('something else');
	expect(() => readReply(Array(12).fill('nan'))).toThrow('something');
});
