import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { KEAP_CREDENTIAL, workflow } from '../support/engine';
import { keapForEachTest } from './helpers';

const V2 = '/crm/rest/v2';
const [ORDERS, PAYMENTS, SUBSCRIPTIONS] = [`GET ${V2}/orders`, `GET ${V2}/sales/payments`, `GET ${V2}/subscriptions`];
const MINUTE = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();

describe('events that are found by comparing', () => {
	const keap = keapForEachTest({
		keys: { first: 'full', second: 'full', other: 'full' },
		accounts: { first: 'a', second: 'a', other: 'b' },
	});
	beforeEach(() => keap().setCredential({ apiKey: 'first' }));
	const store = (kind: string) => keap().sandbox.state.collection(`${V2}/${kind}`);

	function activate(parameters: INodeParameters) {
		const node = { name: 'Watch', id: 'watch-1', type: 'n8n-nodes-keap.keapPollingTrigger', parameters, credentials: KEAP_CREDENTIAL };
		const json = workflow([node]);
		const poll = async (mode?: 'manual', budgetMs?: number): Promise<IDataObject[]> => {
			const polled = keap().engine.poll(json, mode, budgetMs);
			const keep = ({ staticData }: { staticData: IDataObject }) => {
				json.staticData = staticData;
			};
			await polled.then(keep, keep);
			return (await polled).items ?? [];
		};
		const ids = async () => (await poll()).map(({ id }) => String(id));
		const rename = (name: string): void => json.nodes.forEach((one) => (one.name = name));
		const size = () => JSON.stringify(json.staticData).length;
		const restart = () => {
			const kept = structuredClone(json.staticData);
			return () => (json.staticData = kept);
		};
		return { poll, ids, rename, size, restart };
	}
	const calls = async (polled: () => Promise<unknown>): Promise<string[]> => {
		keap().newCalls();
		await polled();
		return keap().newCalls();
	};

	describe('Order Paid', () => {
		/** An order of one item that costs 25.50. */
		const order = (minutes = 0): string => {
			const { id } = store('orders').add({ order_title: 'Bread', contact_id: '1', create_time: ago(minutes), update_time: ago(minutes) });
			store('orderItems').add({ order_id: id, item_type: 'OTHER', name: 'Bread', quantity: 1, price_per_unit: 2_550 });
			return id;
		};
		const pay = (id: string, amount = 2_550, fields: IDataObject = {}): string =>
			store('sales/payments').add({ amount, order_id: id, contact_id: '1', payment_time: ago(0), ...fields }).id;
		const gone = (id: string) =>
			store('orderItems')
				.rows.filter(({ order_id: of }) => of === id)
				.forEach((item) => store('orderItems').delete(item.id));

		it('tells an order once, when it becomes paid, and never one that was paid before', async () => {
			const [before, open, other] = [order(60), order(60), order(60)];
			pay(before);
			const { poll, ids } = activate({ event: 'orderPaid' });
			expect(await ids()).toEqual([]);
			expect(await ids()).toEqual([]);
			pay(open);
			const [paid, ...more] = await poll();
			expect(more).toEqual([]);
			expect(paid).toMatchObject({ id: open, title: 'Bread', status: 'PAID', total_paid: 25.5 });
			expect(await ids()).toEqual([]);
			// Paid once more, changed, and paid again after a refund: it has been told.
			pay(open, 100);
			pay(before, 100);
			store('orders').set(open, { ...store('orders').get(open), id: open, update_time: ago(0) });
			pay(open, -2_650);
			expect(await ids()).toEqual([]);
			pay(open, 2_650);
			expect(await ids()).toEqual([]);
			pay(other, 1_000);
			expect(await ids()).toEqual([]);
			pay(other, 1_550);
			expect(await ids()).toEqual([other]);
		});

		it('tells an order that is paid when it is made, one that is paid later, and several of one payment run', async () => {
			const { ids } = activate({ event: 'orderPaid' });
			expect(await ids()).toEqual([]);
			const [at, later] = [order(), order()];
			pay(at);
			expect(await ids()).toEqual([at]);
			const more = [later, order(), order()];
			more.forEach((id) => pay(id));
			expect(await ids()).toEqual(more);
			expect(await ids()).toEqual([]);
		});

		it('sees an order that becomes paid without a payment, and one whose payment came in before Keap took it for paid', async () => {
			const [less, pending] = [order(60), order(60)];
			pay(less, 1_000);
			const { ids } = activate({ event: 'orderPaid' });
			await ids();
			// What is left to be paid is taken off the order.
			gone(less);
			expect(await ids()).toEqual([less]);
			keap().sandbox.fault({ path: `${V2}/orders`, after: 1 }, { kind: 'status', status: 200, body: JSON.stringify({ orders: [] }) });
			pay(pending);
			expect(await ids()).toEqual([]);
			expect(await ids()).toEqual([pending]);
		});

		it('begins at a date: orders made and paid since then, and older ones that were paid since then', async () => {
			const [old, made, since] = [order(300), order(30), order(300)];
			pay(old, 2_550, { payment_time: ago(200) });
			pay(made, 2_550, { payment_time: ago(20) });
			pay(since, 2_550, { payment_time: ago(10) });
			const later = order(300);
			const { ids } = activate({ event: 'orderPaid', startFrom: 'date', startDate: ago(60) });
			expect(await ids()).toEqual([made, since]);
			pay(later);
			expect(await ids()).toEqual([later]);
			expect(await ids()).toEqual([]);
		});

		it('takes three calls a poll, two where no order is unpaid, and the first one more for 1,000 unpaid orders', async () => {
			const { ids } = activate({ event: 'orderPaid' });
			store('orders').rows.forEach(({ id }) => store('orders').delete(id));
			const quiet = activate({ event: 'orderPaid' });
			await quiet.ids();
			expect(await calls(quiet.ids)).toEqual([PAYMENTS, ORDERS]);
			const open = Array.from({ length: 1_050 }, () => order(60));
			const first = await calls(ids);
			expect(first).toEqual([PAYMENTS, PAYMENTS, ORDERS, ORDERS, ORDERS, ORDERS]);
			expect(await calls(ids)).toEqual([PAYMENTS, ORDERS, ORDERS]);
			open.slice(0, 150).forEach((id) => pay(id));
			expect(await calls(async () => expect(await ids()).toHaveLength(150))).toEqual([PAYMENTS, ORDERS, ORDERS, ORDERS]);
		});

		it('gets to every unpaid order in turn, whatever shows nothing of it', async () => {
			const open = Array.from({ length: 300 }, () => order(60));
			open.forEach((id) => pay(id, 100));
			const { ids } = activate({ event: 'orderPaid' });
			await ids();
			const free = [open[0], open[140], open[299]].map(String);
			free.forEach(gone);
			const told: string[] = [];
			for (let polls = 0; polls < 5; polls++) told.push(...(await ids()));
			expect(told.sort()).toEqual([...free].sort());
		});

		it('leaves what is more than the limit to the next polls, and delivers again what a restart has lost', async () => {
			const { ids, restart } = activate({ event: 'orderPaid', options: { maxRecords: 2 } });
			await ids();
			const paid = Array.from({ length: 5 }, () => order());
			paid.forEach((id) => pay(id));
			const lose = restart();
			expect(await ids()).toEqual(paid.slice(0, 2));
			lose();
			expect(await ids()).toEqual(paid.slice(0, 2));
			expect([await ids(), await ids(), await ids()]).toEqual([paid.slice(2, 4), paid.slice(4), []]);
		});

		it('belongs to the account: a renewed key and a renamed node go on, another account begins anew', async () => {
			const open = [order(60), order(60), order(60)];
			const { ids, rename } = activate({ event: 'orderPaid' });
			await ids();
			keap().setCredential({ apiKey: 'second' });
			pay(String(open[0]));
			expect(await ids()).toEqual([open[0]]);
			rename('Watch Orders');
			pay(String(open[1]));
			expect(await ids()).toEqual([open[1]]);
			keap().setCredential({ apiKey: 'other' });
			expect(await ids()).toEqual([]);
			pay(String(open[2]));
			keap().setCredential({ apiKey: 'first' });
			expect(await ids()).toEqual([open[2]]);
		});

		it.each<[what: string, path: string, body: unknown]>([
			['no list of payments', 'sales/payments', {}],
			['no list of orders', 'orders', {}],
			['no list of the paid ones', 'orders', { orders: null }],
		])('%s: the poll fails and loses nothing', async (what, path, body) => {
			const open = order(60);
			const { ids } = activate({ event: 'orderPaid' });
			await ids();
			pay(open);
			const after = what.includes('paid ones') ? 1 : 0;
			keap().sandbox.fault({ path: `${V2}/${path}`, after }, { kind: 'status', status: 200, body: JSON.stringify(body) });
			await expect(ids()).rejects.toThrow(/list/);
			expect(await ids()).toEqual([open]);
		});

		it('an empty list of unpaid orders is asked for again before it is believed', async () => {
			const open = order(60);
			keap().sandbox.fault({ path: `${V2}/orders`, after: 1 }, { kind: 'status', status: 200, body: JSON.stringify({ orders: [] }) });
			const { ids } = activate({ event: 'orderPaid' });
			await ids();
			pay(open);
			expect(await ids()).toEqual([open]);
		});

		it('takes no order for paid that it did not ask for', async () => {
			const open = order(60);
			const { ids } = activate({ event: 'orderPaid' });
			await ids();
			const body = JSON.stringify({ orders: [{ id: '999', title: 'Other' }] });
			keap().sandbox.fault({ path: `${V2}/orders`, after: 1 }, { kind: 'status', status: 200, body });
			expect(await ids()).toEqual([]);
			pay(open);
			expect(await ids()).toEqual([open]);
		});

		it.each<[which: string, path: string]>([
			['an order', 'orders'],
			['a payment', 'sales/payments'],
		])('%s that Keap fails to write out costs no other one', async (which, path) => {
			const open = [order(60), order(60), order(60)];
			const { poll } = activate({ event: 'orderPaid' });
			await poll();
			const payments = open.map((id) => pay(id));
			const bad = String(which === 'an order' ? open[1] : payments[1]);
			keap().sandbox.fault({ path: `${V2}/${path}`, times: Infinity }, { kind: 'badRow', id: bad });
			const delivered: IDataObject[] = [];
			for (let polls = 0; polls < 3; polls++) delivered.push(...(await poll()));
			const paid = delivered.filter(({ record_error: error }) => error === undefined).map(({ id }) => String(id));
			// The order of a payment that can't be read is looked at in its turn.
			expect(paid.sort()).toEqual(which === 'an order' ? [open[0], open[2]] : open);
			const reports = delivered.filter(({ record_error: error }) => error !== undefined).map(({ id }) => String(id));
			expect(reports).toEqual(which === 'an order' ? [bad] : []);
		});

		it('a poll that has hardly any time begins no call that would end after it, and the next ones go on', async () => {
			const open = Array.from({ length: 250 }, () => order(60));
			const { poll } = activate({ event: 'orderPaid' });
			await poll();
			open.forEach((id) => pay(id));
			keap().sandbox.fault({ times: 16 }, { kind: 'slow', ms: 60 });
			const told: string[] = [];
			const take = async (budgetMs?: number) => told.push(...(await poll(undefined, budgetMs)).map(({ id }) => String(id)));
			// Of 400 ms, 280 are for reading, and a call wants 100 of them: of five calls, the fifth would begin after 240.
			for (let polls = 0; polls < 4; polls++) expect((await calls(async () => await take(400))).length).toBeLessThan(5);
			for (let polls = 0; polls < 4; polls++) await take();
			expect(told.sort()).toEqual([...open].sort());
		});

		it('shows paid orders in a test run, and remembers nothing of it', async () => {
			const open = order(60);
			pay(open);
			const { poll, ids } = activate({ event: 'orderPaid' });
			expect((await poll('manual')).map(({ id }) => id)).toEqual([open]);
			expect(await ids()).toEqual([]);
		});

		it('keeps little in n8n: 10,000 unpaid orders, the newest', async () => {
			const open = Array.from({ length: 10_500 }, () => order(60));
			const { ids, size } = activate({ event: 'orderPaid' });
			await ids();
			expect(size()).toBeLessThan(10_000);
			// One that is not remembered is told when a payment for it comes in.
			pay(String(open[3]));
			pay(String(open[10_400]));
			expect(await ids()).toEqual([open[3], open[10_400]]);
			expect(await ids()).toEqual([]);
		});
	});

	describe('Subscription Changed Status', () => {
		const event = 'subscriptionChangedStatus';
		const subscribe = (active = true, time = ago(60)): string =>
			store('subscriptions').add({ contact_id: '1', active, create_time: time, update_time: time, modification_time: time }).id;
		const turn = (id: string, active: boolean, time = ago(0)) =>
			store('subscriptions').set(id, { ...store('subscriptions').get(id), id, active, update_time: time, modification_time: time });
		const changes = (items: IDataObject[]) =>
			items.map(({ id, old_status: before, new_status: now }) => [String(id), before, now] as const);

		it('tells each change of status once, with the old and the new one; nothing else', async () => {
			const [first, second] = [subscribe(), subscribe(false)];
			const { poll } = activate({ event });
			expect(await poll()).toEqual([]);
			expect(await poll()).toEqual([]);
			turn(first, false);
			expect(changes(await poll())).toEqual([[first, 'active', 'inactive']]);
			expect(await poll()).toEqual([]);
			turn(first, false, ago(-1));
			const fresh = subscribe(true, ago(0));
			expect(await poll()).toEqual([]);
			turn(second, true, ago(-2));
			turn(fresh, false, ago(-3));
			expect(changes(await poll())).toEqual([
				[second, 'inactive', 'active'],
				[fresh, 'active', 'inactive'],
			]);
			expect(await poll()).toEqual([]);
		});

		it('tells a change of which Keap gives no time, and an answer of before the change is none', async () => {
			const [silent, stale] = [subscribe(), subscribe()];
			const { poll } = activate({ event, output: 'raw' });
			await poll();
			turn(silent, false, ago(60));
			expect(changes(await poll())).toEqual([[silent, 'active', 'inactive']]);
			const before = store('subscriptions').get(stale);
			turn(stale, false);
			expect(changes(await poll())).toEqual([[stale, 'active', 'inactive']]);
			const { rows } = store('subscriptions');
			const body = JSON.stringify({ subscriptions: rows.map((row) => (row.id === stale ? before : row)) });
			keap().sandbox.fault({ path: `${V2}/subscriptions` }, { kind: 'status', status: 200, body });
			expect(await poll()).toEqual([]);
			expect(await poll()).toEqual([]);
		});

		it('an empty answer and one that is no list change nothing', async () => {
			const one = subscribe();
			const { poll } = activate({ event });
			await poll();
			for (const body of [{ subscriptions: [] }, {}, { subscriptions: [{ id: one }] }]) {
				keap().sandbox.fault({ path: `${V2}/subscriptions` }, { kind: 'status', status: 200, body: JSON.stringify(body) });
				if ('subscriptions' in body) expect(await poll()).toEqual([]);
				else await expect(poll()).rejects.toThrow(/no list "subscriptions"/);
			}
			turn(one, false);
			expect(changes(await poll())).toEqual([[one, 'active', 'inactive']]);
		});

		it('of more than 1,000 reads what was changed last at once and the others in turn, two calls a poll', async () => {
			const all = Array.from({ length: 2_500 }, (_unused, index) => subscribe(true, ago(5_000 - index)));
			const { poll } = activate({ event });
			expect(await calls(poll)).toHaveLength(3);
			expect(await calls(poll)).toEqual([SUBSCRIPTIONS, SUBSCRIPTIONS]);
			const [recent, silent] = [String(all[2_400]), String(all[1_500])];
			turn(recent, false);
			turn(silent, false, ago(4_000));
			const told = [...(await poll()), ...(await poll()), ...(await poll()), ...(await poll())];
			expect(
				changes(told)
					.map(([id]) => id)
					.sort(),
			).toEqual([recent, silent].sort());
			expect(changes(await poll())).toEqual([]);
			// More than a page of the newest.
			all.slice(500, 800).forEach((id, index) => turn(id, false, ago(-10 - index)));
			expect(await calls(async () => expect(await poll()).toHaveLength(300))).toHaveLength(3);
		});

		it('leaves what is more than the limit to the next polls', async () => {
			const all = Array.from({ length: 5 }, () => subscribe());
			const { ids } = activate({ event, options: { maxRecords: 2 } });
			await ids();
			all.forEach((id) => turn(id, false));
			expect([await ids(), await ids(), await ids(), await ids()]).toEqual([all.slice(0, 2), all.slice(2, 4), all.slice(4), []]);
		});

		it('belongs to the account, and survives a rename', async () => {
			const [one, two] = [subscribe(), subscribe()];
			const { ids, rename } = activate({ event });
			await ids();
			turn(one, false);
			keap().setCredential({ apiKey: 'other' });
			expect(await ids()).toEqual([]);
			keap().setCredential({ apiKey: 'second' });
			rename('Other');
			expect(await ids()).toEqual([one]);
			turn(two, false);
			expect(await ids()).toEqual([two]);
		});

		it('one that Keap fails to write out is reported once and costs no other one', async () => {
			const all = [subscribe(), subscribe(), subscribe()];
			const { poll } = activate({ event });
			await poll();
			keap().sandbox.fault({ path: `${V2}/subscriptions`, times: Infinity }, { kind: 'badRow', id: String(all[1]) });
			all.forEach((id) => turn(id, false));
			const delivered: IDataObject[] = [];
			for (let polls = 0; polls < 3; polls++) delivered.push(...(await poll()));
			expect(delivered.filter(({ record_error: error }) => error === undefined).map(({ id }) => String(id))).toEqual([all[0], all[2]]);
			expect(delivered.filter(({ record_error: error }) => error !== undefined).map(({ id }) => String(id))).toEqual([all[1]]);
		});

		it('a poll that has hardly any time begins no call that would end after it, and the next ones go on', async () => {
			const all = Array.from({ length: 2_500 }, (_unused, index) => subscribe(true, ago(5_000 - index)));
			const { poll } = activate({ event });
			keap().sandbox.fault({ times: 8 }, { kind: 'slow', ms: 100 });
			const told: string[] = [];
			const take = async (budgetMs?: number) => told.push(...changes(await poll(undefined, budgetMs)).map(([id]) => id));
			// The list has three pages, and a third call would begin after 200 of the 280 ms, of which it wants 100.
			for (let polls = 0; polls < 3; polls++) expect((await calls(async () => await take(400))).length).toBeLessThan(3);
			for (let polls = 0; polls < 3; polls++) await take();
			expect(told).toEqual([]);
			const ended = [all[10], all[1_200], all[2_400]].map(String);
			ended.forEach((id) => turn(id, false, ago(4_000)));
			for (let polls = 0; polls < 3; polls++) await take(400);
			for (let polls = 0; polls < 4; polls++) await take();
			expect(told.sort()).toEqual(ended.sort());
		});

		it('keeps little in n8n: 20,000 statuses', async () => {
			Array.from({ length: 3_000 }, (_unused, index) => subscribe(index % 3 > 0));
			const { poll, size } = activate({ event });
			await poll();
			expect(size()).toBeLessThan(10_000);
		});

		it('a test run shows the form of an item', async () => {
			const one = subscribe();
			const { poll } = activate({ event });
			expect(changes(await poll('manual'))[0]).toEqual([one, null, 'active']);
		});
	});
});
