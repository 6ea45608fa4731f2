import type { IDataObject } from 'n8n-workflow';

import { KEAP_CREDENTIAL, workflow } from '../support/engine';
import { keapForEachTest } from './helpers';

/** In n8n's engine what `test/polling/account.test.ts` looks at more closely. */
describe('a polling trigger, its account and its name', () => {
	const keap = keapForEachTest({
		keys: { first: 'full', second: 'full', other: 'full' },
		accounts: { first: 'a', second: 'a', other: 'b' },
	});
	beforeEach(() => keap().setCredential({ apiKey: 'first' }));

	function activate(event: string) {
		const node = {
			name: 'Watch',
			id: 'watch-1',
			type: 'n8n-nodes-keap.keapPollingTrigger',
			parameters: { event },
			credentials: KEAP_CREDENTIAL,
		};
		const json = workflow([node]);
		const poll = async (budgetMs?: number): Promise<string[]> => {
			const { items, staticData } = await keap().engine.poll(json, 'trigger', budgetMs);
			json.staticData = staticData;
			return (items ?? []).map(({ id }: IDataObject) => String(id));
		};
		const rename = (name: string): void => {
			for (const one of json.nodes) one.name = name;
		};
		return { poll, rename };
	}
	const add = (): string => {
		const time = new Date().toISOString();
		return keap().sandbox.state.contacts.add({ given_name: 'New', create_time: time, update_time: time }).id;
	};

	it.each(['contactCreated', 'contactCreatedOrUpdated'])('%s: a renewed key of the same account goes on where it was', async (event) => {
		const { poll } = activate(event);
		expect(await poll()).toEqual([]);
		const id = add();
		keap().setCredential({ apiKey: 'second' });
		expect(await poll()).toEqual([id]);
		expect(await poll()).toEqual([]);
	});

	it.each(['contactCreated', 'contactCreatedOrUpdated'])(
		'%s: nothing old of another account is new, and back again nothing is lost',
		async (event) => {
			const { poll } = activate(event);
			await poll();
			const id = add();
			keap().setCredential({ apiKey: 'other' });
			expect(await poll()).toEqual([]);
			keap().setCredential({ apiKey: 'first' });
			expect(await poll()).toEqual([id]);
		},
	);

	it('a renamed node goes on where it was', async () => {
		const { poll, rename } = activate('contactCreated');
		await poll();
		const id = add();
		rename('Watch Contacts');
		expect(await poll()).toEqual([id]);
		rename('Watch');
		expect(await poll()).toEqual([]);
	});

	it("a poll ends within the scheduler's time however slow Keap is, and loses nothing", async () => {
		const { poll } = activate('contactCreated');
		await poll();
		const id = add();
		const slow = keap().sandbox.fault({ times: Infinity }, { kind: 'slow', ms: 30_000 });
		const early = await poll(2_000).catch(() => 'failed');
		// The answer was not waited for.
		expect(keap().sandbox.calls.at(-1)).toMatchObject({ method: 'GET', status: 0 });
		expect([[], 'failed']).toContainEqual(early);
		slow();
		expect(await poll(36_000)).toEqual([id]);
	});
});
