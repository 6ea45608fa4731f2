import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { DedupeMemory, MOST_BYTES } from '../../nodes/KeapTrigger/delivery/dedupe/memory';
import { FINGERPRINT, fingerprintOf } from '../../nodes/KeapTrigger/delivery/dedupe/fingerprint';
import { stageForEachTest } from './trigger-helpers';

const MINUTE = 60_000;
const NOW = 30_000_000 * MINUTE;
const change = (id: number, timestamp: unknown = '2026-01-05T12:00:00.000Z'): IDataObject =>
	({ event_key: 'contact.edit', id, timestamp }) as IDataObject;

describe('the fingerprint of a change', () => {
	const same = (one: IDataObject, other: IDataObject, what: 'delivery' | 'record' = 'delivery') =>
		fingerprintOf(one, what) !== undefined && fingerprintOf(one, what) === fingerprintOf(other, what);

	it.each([
		['2026-01-05T12:00:00Z', true],
		['2026-01-05T12:00:00+0000', true],
		['2026-01-05T12:00:00.000+00:00', true],
		['2026-01-05T12:00:00.000+0000', true],
		['2026-01-05T13:00:00.00+01:00', true],
		['2026-01-05T07:00:00-0500', true],
		['2026-01-05 12:00:00Z', true],
		['2026-01-05T12:00Z', true],
		[Date.parse('2026-01-05T12:00:00Z'), true],
		['2026-01-05T12:00:00.001Z', false],
		['2026-01-05T12:00:00.000001Z', false],
		['2026-01-05T12:00:01Z', false],
		['2026-01-05T12:00:00-0100', false],
		['noon', false],
		['2026-13-45T99:00:00Z', false],
	])('takes the moment %s for the same as 12:00:00.000Z: %s', (timestamp, expected) => {
		expect(same(change(1), change(1, timestamp))).toBe(expected);
	});

	it('does not care in which order fields come', () => {
		expect(same(change(1), Object.fromEntries(Object.entries(change(1)).reverse()))).toBe(true);
	});

	it('is another for another record, event or field', () => {
		const others = [change(2), { ...change(1), event_key: 'contact.add' }, { ...change(1), source: 'import' }];
		expect(others.map((other) => same(change(1), other))).toEqual([false, false, false]);
	});

	it('sees times that stand deeper', () => {
		const tagged = (timestamp: string): IDataObject => ({ event_key: 'contactGroup.applied', contact_details: [{ id: 1, timestamp }] });
		const [early, late] = [tagged('2026-01-05T12:00:00.000Z'), tagged('2026-01-05T12:01:00.000Z')];
		expect([same(early, tagged('2026-01-05T12:00:00Z')), same(early, late), same(early, late, 'record')]).toEqual([true, false, true]);
	});

	it.each([undefined, null, ''])('is none without a time (%j): each may be a change of its own', (timestamp) => {
		expect(fingerprintOf({ ...change(1), timestamp }, 'delivery')).toBeUndefined();
		expect(fingerprintOf({ ...change(1), timestamp }, 'record')).toHaveLength(FINGERPRINT);
	});
});

describe('the memory of what was passed on', () => {
	const print = (number: number) => String(number).padStart(FINGERPRINT, '0');
	const prints = (count: number, from = 0) => Array.from({ length: count }, (_none, index) => print(from + index));
	const confirmed = (memory: DedupeMemory, some: string[], now = NOW) => {
		const fresh = some.filter((each) => memory.add(each));
		memory.confirm(fresh, now);
		return fresh;
	};

	it('lasts for the window, and no longer', () => {
		const after = (minutes: number) => {
			const memory = new DedupeMemory();
			confirmed(memory, [print(1)]);
			memory.expire(NOW + minutes * MINUTE, 60 * MINUTE);
			return memory.add(print(1));
		};
		expect([0, 59, 60, 61, 62].map(after)).toEqual([false, false, false, true, true]);
	});

	it('is bounded in bytes, and forgets the oldest first', () => {
		const memory = new DedupeMemory();
		for (let minute = 0; minute < 100; minute++) confirmed(memory, prints(1_000, minute * 1_000), NOW + minute * MINUTE);
		const stored = memory.stored([], NOW);
		const size = JSON.stringify(stored).length;
		expect(size).toBeLessThanOrEqual(MOST_BYTES + 1_000);
		const kept = Math.floor((MOST_BYTES - 100 * 14) / FINGERPRINT);
		expect(Object.values(stored).join('').length / FINGERPRINT).toBeGreaterThanOrEqual(kept);
		expect([memory.add(print(99_999)), memory.add(print(100_000 - kept + 1_000)), memory.add(print(0))]).toEqual([false, false, true]);
	});

	it('is bounded when all of it comes in one minute', () => {
		const memory = new DedupeMemory();
		confirmed(memory, prints(100_000));
		expect(JSON.stringify(memory.stored([], NOW)).length).toBeLessThanOrEqual(MOST_BYTES + 1_000);
		expect([memory.add(print(99_999)), memory.add(print(0))]).toEqual([false, true]);
	});

	it('joins what two processes have stored, whatever they have seen', () => {
		const some = fc.array(fc.tuple(fc.nat(300), fc.nat(20)), { maxLength: 60 });
		const take = (memory: DedupeMemory, entries: Array<[number, number]>) => {
			for (const [number, minute] of entries) confirmed(memory, [print(number)], NOW + minute * MINUTE);
		};
		fc.assert(
			fc.property(some, some, (ours, theirs) => {
				const [one, other] = [new DedupeMemory(), new DedupeMemory()];
				take(one, ours);
				take(other, theirs);
				one.merge(other.stored([], NOW));
				const third = new DedupeMemory();
				third.merge(one.stored([], NOW));
				for (const [number] of [...ours, ...theirs]) expect(third.add(print(number))).toBe(false);
				expect(third.add(print(301))).toBe(true);
			}),
		);
	});

	it('stores what is under way with its own delivery only', () => {
		const memory = new DedupeMemory();
		memory.add(print(1));
		expect([memory.stored([print(1)], NOW), memory.stored([], NOW)]).toEqual([{ 30000000: print(1) }, {}]);
		memory.forget([print(1)]);
		expect(memory.add(print(1))).toBe(true);
	});

	it('takes nothing from stored data that is none of its own', () => {
		const memory = new DedupeMemory();
		memory.merge({ a: 'b', c: 7 as unknown as string, d: null as unknown as string });
		expect(Object.values(memory.stored([], NOW)).join('')).toBe('');
	});
});

describe('duplicates of deliveries', () => {
	const stage = stageForEachTest();
	const batch = (number: number, timestamp = '2026-01-05T12:00:00.000Z'): IDataObject[] =>
		Array.from({ length: 1_000 }, (_none, index) => ({ id: number * 1_000 + index, timestamp }));
	const only = { events: ['contact.edit'], fetchRecord: false };
	/** As after a restart: what n8n has stored is all there is. */
	const forgetProcess = () =>
		(globalThis as unknown as Record<symbol, Map<string, unknown>>)[Symbol.for('n8n-nodes-keap')]?.delete('hook dedupe');

	it.each(['in this process', 'over a restart'])('of a thousand objects are known after twenty others, %s', async (where) => {
		const live = await stage().activate(only);
		for (let number = 0; number <= 20; number++) await stage().deliver('contact.edit', batch(number));
		expect(live.executions).toHaveLength(21);
		if (where === 'over a restart') forgetProcess();
		expect((await stage().deliver('contact.edit', batch(0, '2026-01-05T12:00:00+0000'))).status).toBe(200);
		expect(live.executions).toHaveLength(21);
	});

	it('are known of each of several deliveries that came at once', async () => {
		const live = await stage().activate(only);
		const deliverAll = async () =>
			await Promise.all([0, 1, 2, 3, 4].map(async (number) => await stage().deliver('contact.edit', batch(number).slice(0, 3))));
		await deliverAll();
		await stage().deliver('contact.edit', [{ id: 9_999, timestamp: '2026-01-05T12:00:00Z' }]);
		expect(live.executions).toHaveLength(6);
		forgetProcess();
		await deliverAll();
		expect(live.executions).toHaveLength(6);
	});

	it('that come while the first is on its way are known, too', async () => {
		const live = await stage().activate(only);
		await Promise.all([1, 2, 3].map(async () => await stage().deliver('contact.edit', batch(0))));
		expect(live.executions).toHaveLength(1);
	});

	it('are none after n8n could not start the execution: what Keap sends again is passed on', async () => {
		const live = await stage().activate(only, { failsToStart: true });
		expect((await stage().deliver('contact.edit', batch(0))).status).toBe(500);
		live.failsToStart = false;
		expect((await stage().deliver('contact.edit', batch(0))).status).toBe(200);
		expect(live.executions).toHaveLength(1);
		await stage().deliver('contact.edit', batch(0));
		expect(live.executions).toHaveLength(1);
	});
});
