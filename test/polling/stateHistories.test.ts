import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { paidOrders, subscriptionStatuses } from '../../nodes/KeapPollingTrigger/comparisons';
import type { Checkpoint } from '../../nodes/shared/polling/checkpoint/checkpoint';
import type { CheckpointStore } from '../../nodes/shared/polling/checkpoint/checkpointStore';
import { readCheckpoint, writeCheckpoint } from '../../nodes/shared/polling/checkpoint/storedCheckpoint';
import type { Watched } from '../../nodes/shared/polling/list/polledList';
import type { PollSession } from '../../nodes/shared/polling/list/pollSession';
import type { Comparison } from '../../nodes/shared/polling/states/comparison';
import { twice } from './poller';

const SEED = 20261126;
const RUNS = { seed: SEED, numRuns: 60 };
const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
/** Records on a page at most, so that a list has many. */
const PAGE = 7;

const iso = (time: number): string => new Date(time).toISOString();

/** One poll: how many calls it may make, what Keap answers, and whether n8n forgets what a poll without records has noted. */
interface PollStep {
	readonly kind: 'poll';
	readonly calls: number;
	readonly answer: 'list' | 'empty' | 'failure';
	readonly forgets: boolean;
}
const WHOLE: PollStep = { kind: 'poll', calls: Infinity, answer: 'list', forgets: false };

const poll: fc.Arbitrary<PollStep> = fc.record({
	kind: fc.constant('poll' as const),
	calls: fc.oneof({ weight: 3, arbitrary: fc.constant(1_000) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) }),
	answer: fc.oneof(
		{ weight: 8, arbitrary: fc.constant('list' as const) },
		{ weight: 1, arbitrary: fc.constant('empty' as const) },
		{ weight: 1, arbitrary: fc.constant('failure' as const) },
	),
	forgets: fc.boolean(),
});
const wait = fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1_000, MINUTE, 60 * MINUTE) });
const which = fc.nat(10_000);

/** Conditions of a filter in Keap's words, each on one field. */
function passes(record: IDataObject, filter: string): boolean {
	return filter.split(';').every((condition) => {
		const [, field = '', operator, value = ''] = /^(\w+)(==|>)(.+)$/.exec(condition) ?? [];
		if (field === 'id' && operator === '>') return Number(record.id) > Number(value);
		if (field === 'ids') return value.split(',').includes(String(record.id));
		if (field === 'paid') return String(record.paid) === value;
		if (field === 'since_time') return Date.parse(String(record.payment_time)) >= Date.parse(value);
		throw new Error(`This Keap knows no "${condition}"`);
	});
}

/** A trigger that compares, and a Keap of pure functions. */
class Trigger {
	/** What n8n keeps: it survives as JSON alone. */
	private kept = '{}';

	constructor(
		private readonly comparison: Comparison,
		/** A list as Keap shows it now. */
		private readonly list: (name: string) => IDataObject[],
		private readonly limit: number,
		private readonly from?: number,
	) {}

	/** @returns what is delivered */
	async poll({ calls, answer, forgets }: PollStep): Promise<readonly IDataObject[]> {
		const notes = JSON.parse(this.kept) as Record<string, unknown>;
		const store = {
			read: (name: string) => readCheckpoint(notes[name]),
			write: (name: string, checkpoint: Checkpoint) => (notes[name] = writeCheckpoint(checkpoint)),
			readNotes: (name: string) => notes[name],
			writeNotes: (name: string, noted: IDataObject) => (notes[name] = noted),
		} as unknown as CheckpointStore;
		const session = this.session(calls, answer);
		const from = this.from === undefined ? {} : { from: this.from };
		const found = await this.comparison.find({ session, store, limit: this.limit, ...from }).catch((error: unknown) => {
			if (answer === 'failure') return undefined;
			throw error;
		});
		found?.settle(found.records.length);
		const isFirst = this.kept === '{}';
		if (found !== undefined && (found.records.length > 0 || !forgets || isFirst)) this.kept = JSON.stringify(notes);
		return found?.records ?? [];
	}

	private session(calls: number, answer: PollStep['answer']): PollSession {
		let left = calls;
		const page = async ({ list, filter = '' }: Watched, query: Record<string, string>, size: number, token = '0') => {
			if (answer === 'failure' && left < calls) throw new Error('refused');
			if ((left -= 1) < 0) return undefined;
			if (answer === 'empty') return await Promise.resolve({ records: [], next: undefined, date: undefined });
			const conditions = [filter, query.filter ?? ''].filter((one) => one !== '').join(';');
			const [field = 'id', direction] = (query.order_by ?? 'id asc').split(' ');
			const place = (record: IDataObject): number => (field === 'id' ? Number(record.id) : Date.parse(String(record[field])));
			const sign = direction === 'desc' ? -1 : 1;
			const found = this.list(list.records)
				.filter((record) => conditions === '' || passes(record, conditions))
				.sort((left, right) => sign * (place(left) - place(right)));
			const end = Number(token) + Math.min(size, PAGE);
			return {
				records: structuredClone(found.slice(Number(token), end)),
				next: end < found.length ? String(end) : undefined,
				date: undefined,
			};
		};
		return { page, isOfUse: () => true } as unknown as PollSession;
	}
}

describe('Order Paid', () => {
	/** An order is made; paid with a payment, of which Keap shows each a while later; paid with none; refunded; deleted. */
	type Step =
		| PollStep
		| { readonly kind: 'wait'; readonly ms: number }
		| { readonly kind: 'order'; readonly count: number; readonly late: number }
		| { readonly kind: 'pay'; readonly which: number; readonly late: number; readonly payment: 'at once' | 'late' | 'none' | 'part' }
		| { readonly kind: 'refund'; readonly which: number }
		| { readonly kind: 'delete'; readonly which: number };

	const late = fc.constantFrom(0, 0, 30_000, 2 * MINUTE);
	const step: fc.Arbitrary<Step> = fc.oneof(
		{ weight: 5, arbitrary: poll },
		{ weight: 2, arbitrary: wait },
		{ weight: 2, arbitrary: fc.record({ kind: fc.constant('order' as const), count: fc.integer({ min: 1, max: 12 }), late }) },
		{
			weight: 6,
			arbitrary: fc.record({
				kind: fc.constant('pay' as const),
				which,
				late,
				payment: fc.constantFrom('at once' as const, 'at once' as const, 'late' as const, 'none' as const, 'part' as const),
			}),
		},
		{ weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('refund' as const, 'delete' as const), which }) },
	);

	interface Order {
		readonly id: string;
		readonly made: number;
		readonly visible: number;
		/** From when on Keap takes it for paid. */
		paid: number;
		readonly isKnown: boolean;
	}

	/** Of the orders that were there before the trigger, every other one was paid half-way to its beginning. */
	const paidLater = (made: number): number => (made + START) / 2;

	class Shop {
		now = START;
		readonly orders = new Map<string, Order>();
		private readonly payments: Array<{ id: string; order: string; time: number; visible: number }> = [];
		private lastId = 0;
		readonly delivered: string[] = [];
		private readonly trigger: Trigger;

		constructor(
			limit: number,
			private readonly from?: number,
		) {
			for (let minutes = 40; minutes > 0; minutes--) {
				const made = START - minutes * MINUTE;
				const order = this.add(made, made, true);
				if (minutes % 2 === 0) this.pay(order, paidLater(made), paidLater(made));
			}
			this.trigger = new Trigger(paidOrders, (name) => this.list(name), limit, from);
		}

		private add(made: number, visible: number, isKnown = false): Order {
			const order = { id: String((this.lastId += 1)), made, visible, paid: Infinity, isKnown };
			this.orders.set(order.id, order);
			return order;
		}

		/** @param visible from when on Keap shows the payment; never without one */
		private pay(order: Order, paid: number, visible: number): void {
			order.paid = Math.min(order.paid, paid);
			const time = Math.min(paid, visible);
			if (visible < Infinity) this.payments.push({ id: String(this.payments.length + 1), order: order.id, time, visible });
		}

		private list(name: string): IDataObject[] {
			const isVisible = ({ visible }: { visible: number }): boolean => visible <= this.now;
			if (name === 'payments')
				return this.payments
					.filter(isVisible)
					.map(({ id, order, time }) => ({ id, amount: 1, order_ids: [order], payment_time: iso(time), create_time: iso(time) }));
			return [...this.orders.values()]
				.filter(isVisible)
				.map(({ id, made, paid }) => ({ id, paid: paid <= this.now, create_time: iso(made), creation_time: iso(made) }));
		}

		async run(steps: readonly Step[]): Promise<void> {
			await this.take(WHOLE);
			for (const one of steps) await this.do(one);
			for (let quiet = 0; quiet < 4;) {
				this.now += MINUTE;
				quiet = (await this.take(WHOLE)) === 0 ? quiet + 1 : 0;
			}
		}

		private async take(one: PollStep): Promise<number> {
			const records = await this.trigger.poll(one);
			this.delivered.push(...records.map(({ id }) => String(id)));
			return records.length;
		}

		private async do(one: Step): Promise<void> {
			if (one.kind === 'poll') await this.take(one);
			else if (one.kind === 'wait') this.now += one.ms;
			else if (one.kind === 'order') for (let made = 0; made < one.count; made++) this.add(this.now, this.now + one.late);
			else this.happen(one);
		}

		private happen(one: Extract<Step, { which: number }>): void {
			const order = [...this.orders.values()].filter(({ visible }) => visible <= this.now).at(one.which % this.orders.size);
			if (order === undefined) return;
			if (one.kind === 'delete') this.orders.delete(order.id);
			else if (one.kind === 'refund') order.paid = Infinity;
			else if (one.payment === 'part') this.pay(order, Infinity, this.now);
			else if (one.payment === 'at once') this.pay(order, this.now + one.late, this.now);
			else this.pay(order, this.now, one.payment === 'late' ? this.now + one.late : Infinity);
		}

		/** Whether an order was paid before the trigger's beginning: such a one is never delivered. */
		wasPaid({ isKnown, made, id }: Order): boolean {
			if (!isKnown || Number(id) % 2 === 0) return false;
			return this.from === undefined || paidLater(made) < this.from;
		}
	}

	test.each<[begins: string, from: number | undefined]>([
		['from now', undefined],
		['from a date', START - 10.5 * MINUTE],
	])('%s: whatever happens, each order that becomes paid is delivered once, and none that was', async (_begins, from) => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), fc.constantFrom(3, 25, 1_000), async (steps, limit) => {
				const shop = new Shop(limit, from);
				await shop.run(steps);
				const { delivered, now, orders } = shop;
				expect(twice(delivered)).toEqual([]);
				const [paid, former] = [
					[...orders.values()].filter((order) => order.paid <= now),
					[...orders.values()].filter((order) => shop.wasPaid(order)),
				];
				const wanted = paid.filter((order) => !former.includes(order)).map(({ id }) => id);
				expect(wanted.filter((id) => !delivered.includes(id))).toEqual([]);
				expect(former.filter(({ id }) => delivered.includes(id))).toEqual([]);
			}),
			RUNS,
		);
	});
});

describe('Subscription Changed Status', () => {
	type Step =
		| PollStep
		| { readonly kind: 'wait'; readonly ms: number }
		| { readonly kind: 'add'; readonly count: number }
		/** One changes its status, or something else. */
		| { readonly kind: 'turn' | 'touch' | 'delete'; readonly which: number }
		/** A replica stands still for some calls and shows what was. */
		| { readonly kind: 'stands'; readonly still: boolean };

	const step: fc.Arbitrary<Step> = fc.oneof(
		{ weight: 5, arbitrary: poll },
		{ weight: 2, arbitrary: wait },
		{ weight: 1, arbitrary: fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 12 }) }) },
		{
			weight: 6,
			arbitrary: fc.record({ kind: fc.constantFrom('turn' as const, 'turn' as const, 'touch' as const, 'delete' as const), which }),
		},
		{ weight: 1, arbitrary: fc.record({ kind: fc.constant('stands' as const), still: fc.boolean() }) },
	);

	class Account {
		private now = START;
		readonly subscriptions = new Map<string, IDataObject>();
		/** Of each: the statuses that it had, one after the other. */
		readonly had = new Map<string, boolean[]>();
		readonly delivered: IDataObject[] = [];
		private shown: IDataObject[] | undefined;
		private readonly trigger: Trigger;

		/** @param isSilent Keap gives no time of a change; then an answer of before one can't be told from a change back */
		constructor(
			limit: number,
			private readonly isSilent: boolean,
		) {
			for (let index = 0; index < 40; index++) this.add(index % 3 > 0);
			this.trigger = new Trigger(subscriptionStatuses, () => this.shown ?? [...this.subscriptions.values()], limit);
		}

		private add(active: boolean): void {
			const id = String(this.had.size + 1);
			this.subscriptions.set(id, { id, active, modification_time: iso((this.now += 1)) });
			this.had.set(id, [active]);
		}

		async run(steps: readonly Step[]): Promise<void> {
			await this.take(WHOLE);
			for (const one of steps) await this.do(one);
			this.shown = undefined;
			for (let quiet = 0; quiet < 20;) {
				this.now += MINUTE;
				quiet = (await this.take(WHOLE)) === 0 ? quiet + 1 : 0;
			}
		}

		private async take(one: PollStep): Promise<number> {
			const records = await this.trigger.poll(one);
			this.delivered.push(...records);
			return records.length;
		}

		private async do(one: Step): Promise<void> {
			if (one.kind === 'poll') await this.take(one);
			else if (one.kind === 'wait') this.now += one.ms;
			else if (one.kind === 'add') for (let made = 0; made < one.count; made++) this.add(made % 2 === 0);
			else if (one.kind === 'stands')
				this.shown = one.still && !this.isSilent ? structuredClone([...this.subscriptions.values()]) : undefined;
			else this.change(one.kind, [...this.subscriptions.keys()][one.which % Math.max(1, this.subscriptions.size)] ?? '');
		}

		private change(kind: 'turn' | 'touch' | 'delete', id: string): void {
			const before = this.subscriptions.get(id);
			if (before === undefined) return;
			if (kind === 'delete') this.subscriptions.delete(id);
			else {
				const active = (kind === 'turn') !== (before.active === true);
				const time = this.isSilent ? {} : { modification_time: iso((this.now += 1_000)) };
				this.subscriptions.set(id, { ...before, active, ...time });
				if (kind === 'turn') this.had.get(id)?.push(active);
			}
		}
	}

	test.each<[what: string, isSilent: boolean]>([
		['with the time of each change', false],
		['where Keap gives no time', true],
	])('%s: whatever happens, the statuses delivered follow one another, and the last one is what Keap has', async (_what, isSilent) => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), fc.constantFrom(3, 25, 1_000), async (steps, limit) => {
				const account = new Account(limit, isSilent);
				await account.run(steps);
				for (const [id, had] of account.had) {
					const changes = account.delivered.filter((record) => record.id === id);
					const told = changes.map(({ new_status: status }) => status);
					const before = changes.map(({ old_status: status }) => status);
					// Each goes on where the one before it ended, and none stands for nothing.
					expect(before.slice(1)).toEqual(told.slice(0, -1));
					expect(changes.filter((_change, index) => before[index] === told[index])).toEqual([]);
					expect(changes.length).toBeLessThan(had.length);
					const word = (active: unknown): string => (active === true ? 'active' : 'inactive');
					if (Number(id) <= 40 && changes.length > 0) expect(before[0]).toBe(word(had[0]));
					const now = account.subscriptions.get(id);
					if (now !== undefined && (changes.length > 0 || Number(id) <= 40)) expect(told.at(-1) ?? word(had[0])).toBe(word(now.active));
				}
			}),
			RUNS,
		);
	});
});
