import { MINUTE, simulatedKeap, START } from './keapForEachTest';
import { lists, Poller, twice } from './poller';
import { SimulatedList } from './simulatedList';

const keap = simulatedKeap();

describe.each(lists)('%s', (_name, polled) => {
	test("another account's key begins anew; the first account's key, or a new one of it, goes on where it was", async () => {
		keap().account = 'ab123';
		const first = keap().list;
		for (let index = 0; index < 60; index++) first.add(START - 600_000 + index * 1_000, 0);
		const poller = new Poller(keap(), polled);
		await poller.drain(6, () => (first.now += MINUTE));
		const other = new SimulatedList(first.now);
		for (let index = 0; index < 200; index++) other.add(first.now - 60_000 + index, 0);
		[keap().list, keap().account, poller.apiKey] = [other, 'cd456', 'x'.repeat(24)];
		await poller.drain(6, () => (other.now += MINUTE));
		expect(poller.ids).toEqual([]);
		expect(poller.logged).toEqual([expect.stringMatching(/another Keap account now \(cd456, before: ab123\)\. .*begins anew/)]);
		const fresh = other.add(other.now, 0);
		await poller.poll();
		expect(poller.ids).toEqual([fresh]);
		// Meanwhile something has happened in the first account; its new key is another one, and the node has a new name.
		const missed = first.add(first.now, 0);
		[keap().list, keap().account, poller.apiKey] = [first, 'ab123', 'y'.repeat(24)];
		poller.node = { ...poller.node, name: 'Renamed' };
		first.now = other.now + MINUTE;
		await poller.poll();
		expect(poller.ids).toEqual([fresh, missed]);
		expect(twice(poller.logged)).toEqual([]);
	});

	test('an account that answers do not name is not another one', async () => {
		keap().account = '';
		const { list } = keap();
		const poller = new Poller(keap(), polled);
		await poller.drain(6, () => (list.now += MINUTE));
		for (const account of ['', 'ab123', '', 'ab123']) {
			keap().account = account;
			list.add(list.now, 0);
			list.now += MINUTE;
			await poller.poll();
		}
		expect([poller.ids, poller.logged]).toEqual([['1', '2', '3', '4'], []]);
	});
});
