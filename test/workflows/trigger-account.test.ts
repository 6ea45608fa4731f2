import type { IDataObject } from 'n8n-workflow';
import { type Front, startFront } from '../support/front';
import { keyOf } from './helpers';
import { itemsOf, stageForEachTest } from './trigger-helpers';

const EVENTS = { events: ['contact.edit'] };
const PROBE = '/crm/rest/v1/setting/application/enabled';

describe('the account that hooks belong to', () => {
	const stage = stageForEachTest();
	let front: Front;
	beforeEach(async () => {
		front = await startFront(stage().keap.sandbox.url);
		front.tenant = 'live';
	});
	afterEach(() => front.close());

	/** The credential gets a key of another account, or another key of the same. */
	const changeKey = (tenant: string, apiKey = `key-of-${tenant}`) => {
		front.tenant = tenant;
		front.key ??= keyOf(stage().keap);
		stage().keap.setCredential({ apiKey, baseUrl: front.url });
	};
	const until = async (isDone: () => boolean) => {
		for (const end = Date.now() + 10_000; !isDone(); await new Promise((resolve) => setTimeout(resolve, 10)))
			if (Date.now() > end) throw new Error('Waited in vain');
	};
	const send = async (url: string) =>
		await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ event_key: 'contact.edit', object_keys: [{ id: 1 }, { id: 2 }] }),
		});
	const urls = () => [...stage().keap.sandbox.state.hooks.all.values()].map(({ hookUrl }) => hookUrl);
	const records = (items: IDataObject[]) => items.map(({ record }) => (record as IDataObject | null)?.id ?? null);

	it('keeps the records of another account out of its events, and says why', async () => {
		const live = await stage().activate(EVENTS);
		changeKey('live');
		expect((await send(urls()[0]!)).status).toBe(200);
		const items = await itemsOf(live);
		expect(items.map(({ id }) => id)).toEqual(['1', '2']);
		expect(records(items)).toEqual([null, null]);
		expect(items[0]?.record_error).toMatch(/came from the Keap account sandbox, but the key of the credential belongs to live/);
		expect(Object.keys(items[0]!).sort()).toEqual(['event_key', 'id', 'object_type', 'record', 'record_error']);
		expect(front.calls).toEqual([PROBE]);
		await send(urls()[0]!);
		expect(front.calls).toEqual([PROBE]);
	});

	it('is the same after a new key of the same account: records are fetched, the token stays', async () => {
		const live = await stage().activate(EVENTS);
		const [url] = urls();
		changeKey('sandbox');
		await send(url!);
		expect(records(await itemsOf(live))).toEqual(['1', '2']);
		expect(await live.activate()).toBe(true);
		expect(urls()).toEqual([url]);
	});

	it.each(['', undefined])('is taken for the same where an answer does not name it (%j)', async (tenant) => {
		const live = await stage().activate(EVENTS);
		changeKey('live');
		front.tenant = tenant ?? '';
		await send(urls()[0]!);
		expect(records(await itemsOf(live))).toEqual(['1', '2']);
	});

	it('gets hooks of its own with another token when the workflow is activated again; the former events stay without records', async () => {
		const live = await stage().activate(EVENTS);
		const [former] = urls();
		changeKey('live');
		// The other account has no hooks of this node.
		stage().keap.sandbox.state.hooks.all.clear();
		expect(await live.activate()).toBe(false);
		const [url] = urls();
		expect(new URL(url!).searchParams.get('token')).not.toBe(new URL(former!).searchParams.get('token'));
		await send(url!);
		await send(former!);
		const items = await itemsOf(live);
		expect(records(items)).toEqual(['1', '2', null, null]);
		expect(items[2]?.record_error).toContain('account sandbox');
		expect(await live.activate()).toBe(true);
	});

	it('gets its former token back with a key of its own', async () => {
		const live = await stage().activate(EVENTS);
		const [former] = urls();
		changeKey('live');
		stage().keap.sandbox.state.hooks.all.clear();
		await live.activate();
		const [between] = urls();
		expect(between).not.toBe(former);
		changeKey('sandbox');
		await live.activate();
		expect(urls()).toEqual([former]);
		await send(former!);
		await send(between!);
		expect(records(await itemsOf(live))).toEqual(['1', '2', null, null]);
	});

	it('is checked with the health of the hooks: the new one gets hooks, and the user is informed', async () => {
		const live = await stage().activate(EVENTS);
		changeKey('live');
		stage().keap.sandbox.state.hooks.all.clear();
		live.tick();
		await until(() => live.failures.length > 0);
		expect(live.failures[0]).toMatchObject({
			message: 'The key of the Keap credential belongs to another account than the hooks of this workflow: Contact Updated',
			description: expect.stringMatching(/^Sending now: Contact Updated\. Events of the former account still come in/) as string,
		});
		await send(urls()[0]!);
		expect(records(await itemsOf(live))).toEqual(['1', '2']);
		live.tick();
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(live.failures).toHaveLength(1);
	});

	it('is not asked for without Fetch Record', async () => {
		const live = await stage().activate({ ...EVENTS, fetchRecord: false });
		changeKey('live');
		await send(urls()[0]!);
		expect(await itemsOf(live)).toEqual([1, 2].map((id) => ({ event_key: 'contact.edit', object_type: 'contact', id: String(id) })));
		expect(front.calls).toEqual([]);
	});
});
