import { byId, errorsOf, errorText, itemsOf, keapForEachTest, on, pairsOf, times, writes } from './helpers';
import { keapNode, manualTrigger, workflow } from '../support/engine';

const contact = on('contact');
const create = contact('create', { email: '={{ $json.email }}', givenName: '={{ $json.name }}' });
const people = (count: number) => itemsOf(count, (index) => ({ email: `p${index}@x.example`, name: `Name ${index}` }));

describe('router: order and pairing', () => {
	const keap = keapForEachTest({ latencyMs: () => Math.random() * 60 });

	it('gives answers in item order, however they come in', async () => {
		const items = people(60);
		const result = await keap().run(create, items);
		expect(result.items('Keap').map(({ given_name: name }) => name)).toEqual(items.map(({ name }) => name));
		expect(pairsOf(result)).toEqual(items.map((_item, index) => index));
		expect(keap().sandbox.stats().maxInFlight).toBeGreaterThan(3);
	});

	it('pairs many records with the one item that asked for them', async () => {
		const parameters = contact('getAll', {
			returnAll: false,
			limit: '={{ $json.limit }}',
			output: 'raw',
			filters: { familyName: '={{ $json.family }}' },
		});
		const result = await keap().run(parameters, [{ limit: 2 }, { limit: 5, family: 'Nobody' }, { limit: 3 }, { limit: 1 }]);
		expect(pairsOf(result)).toEqual([0, 0, 2, 2, 2, 3]);
		expect(result.items('Keap').map(({ id }) => id)).toEqual(['1', '2', '1', '2', '3', '1']);
	});

	it('makes no call for no item', async () => {
		const result = await keap().run(create, []);
		expect(result.error).toBeUndefined();
		expect(result.items('Keap')).toEqual([]);
		expect(keap().newCalls()).toEqual([]);
	});

	it('prints no warning, however many items wait at once', async () => {
		const warnings: string[] = [];
		const listen = ({ name, message }: Error) => warnings.push(`${name}: ${message}`);
		process.on('warning', listen);
		await keap().output(
			contact('update', { contactId: byId('={{ $json.id }}'), updateFields: { jobTitle: 'x' } }),
			itemsOf(100, (index) => ({ id: 1 + (index % 25) })),
		);
		await new Promise(setImmediate);
		process.off('warning', listen);
		expect(warnings).toEqual([]);
	});
});

describe('router: pairing across nodes', () => {
	const keap = keapForEachTest({ withBaseNodes: true });

	it('lets the next node look back at the item behind each record', async () => {
		const getMany = keapNode('Keap', contact('getAll', { limit: '={{ $json.limit }}', output: 'raw' }));
		const assignments = [{ id: '1', name: 'asked', type: 'string', value: "={{ $('Start').item.json.who }} got {{ $json.id }}" }];
		const set = { name: 'Set', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: { assignments: { assignments }, options: {} } };
		const { items } = await keap().engine.run(workflow([manualTrigger(), getMany, set]), {
			items: [
				{ who: 'Ann', limit: 2 },
				{ who: 'Bob', limit: 1 },
			],
		});
		expect(items('Set')).toEqual([{ asked: 'Ann got 1' }, { asked: 'Ann got 2' }, { asked: 'Bob got 1' }]);
	});

	it('gives failed items to the error output with what they came with', async () => {
		const node = keapNode('Keap', contact('get', { contactId: byId('={{ $json.id }}'), output: 'raw' }), {
			onError: 'continueErrorOutput',
		});
		const result = await keap().engine.run(workflow([manualTrigger(), node]), {
			items: [
				{ id: 1, row: 'a' },
				{ id: 987654, row: 'b' },
			],
		});
		expect(result.items('Keap').map(({ id }) => id)).toEqual(['1']);
		expect(result.items('Keap', 1)).toEqual([
			{ id: 987654, row: 'b', error: 'Keap has no contact with the ID 987654', message: expect.stringContaining('Check the ID') as string },
		]);
	});
});

describe('router: continue on fail', () => {
	const keap = keapForEachTest({ latencyMs: () => Math.random() * 15 });
	const items = [
		{ email: 'a@x.example', name: 'A' },
		{ email: 'no address', name: 'B' },
		{ email: 'c@x.example', name: 'C'.repeat(41) },
		{ email: 'refused@x.example', name: 'D' },
		{ email: 'e@x.example', name: 'E' },
	];
	const parameters = contact('create', {
		output: 'raw',
		email: '={{ $json.email }}',
		givenName: '={{ $json.name }}',
		additionalFields: { ownerId: byId('={{ $json.name === "D" ? 404 : 9001 }}') },
	});
	const failures = [
		/^Email is not an email address: "no address"$/,
		/^First Name is longer than the 40 characters that Keap takes/,
		/^Keap did not accept the request: owner_id: 404 does not exist/,
	].map((text) => expect.stringMatching(text) as string);

	it.each([{ onError: 'continueRegularOutput' as const }, { continueOnFail: true }])(
		'puts an error item where each failed item was: %j',
		async (extra) => {
			const result = await keap().run(parameters, items, extra);
			const output = result.items('Keap');
			expect(result.status).toBe('success');
			expect(errorsOf(output)).toEqual([undefined, ...failures, undefined]);
			expect(output.map(({ given_name: name }) => name)).toEqual(['A', undefined, undefined, undefined, 'E']);
			expect(pairsOf(result)).toEqual([0, 1, 2, 3, 4]);
			expect(keap().newCalls()).toHaveLength(3);
		},
	);

	it('gives the error output the failed items, and only them', async () => {
		const result = await keap().run(parameters, items, { onError: 'continueErrorOutput' });
		expect(result.items('Keap').map(({ given_name: name }) => name)).toEqual(['A', 'E']);
		expect(pairsOf(result)).toEqual([0, 4]);
		expect(errorsOf(result.items('Keap', 1))).toEqual(failures);
		expect(pairsOf(result, 1)).toEqual([1, 2, 3]);
		expect(result.items('Keap', 1).every(({ message }) => String(message).length > 60)).toBe(true);
	});

	it('never gives a failed item the result of a neighbour', async () => {
		keap().sandbox.fault({ method: 'POST', after: 3, times: 4 }, { kind: 'status', status: 400 });
		const output = await keap().output(create, people(30), { onError: 'continueRegularOutput' });
		const failed = errorsOf(output).filter((error) => error !== undefined);
		expect(failed).toHaveLength(4);
		output.forEach((item, index) => {
			if (item.error === undefined) expect(item.given_name).toBe(`Name ${index}`);
		});
		expect(keap().sandbox.state.contacts.size).toBe(25 + 26);
	});
});

describe('router: stop on fail', () => {
	const keap = keapForEachTest({ latencyMs: () => 2 + Math.random() * 10 });
	const createOwned = contact('create', { email: '={{ $json.email }}', additionalFields: { ownerId: byId('={{ $json.owner }}') } });

	it.each([{}, { onError: 'stopWorkflow' as const }])('spends no call when any item has bad input: %j', async (extra) => {
		const items = people(5).map((item, index) => (index === 3 ? { ...item, email: 'nobody' } : item));
		const result = await keap().run(create, items, extra);
		expect(result.status).toBe('error');
		expect(errorText(result)).toMatch(/Email is not an email address: "nobody".*name@example.com/);
		expect(result.error?.context).toMatchObject({ itemIndex: 3 });
		expect(keap().newCalls()).toEqual([]);
	});

	it('stops with the first failed item in item order, and sends no more', async () => {
		// Only the first item's answer comes at once: when it does, the others that may be under way together are, and no more.
		keap().sandbox.fault({ method: 'POST', after: 1, times: Infinity }, { kind: 'slow', ms: 2_000 });
		const items = people(200).map((item, index) => ({ ...item, owner: index === 0 || index === 22 ? 404 : 9001 }));
		const result = await keap().run(createOwned, items);
		expect(result.error).toMatchObject({ httpCode: '400', context: { itemIndex: 0 } });
		expect(errorText(result)).toMatch(
			/owner_id: 404 does not exist.*\[item 0\].*Of 200 items, 48 had already been carried out.*On Error setting to Continue/,
		);
		expect(writes(keap())).toHaveLength(50);
	}, 20_000);

	it('names the first failed item in item order where items of several calls fail', async () => {
		const apply = on('tag')('apply', { tagIds: '={{ $json.tag }}', contactIds: '={{ $json.id }}' });
		// The call that is sent first is answered last: both are under way when the other one fails.
		keap().sandbox.fault({ path: /tags\/505/ }, { kind: 'slow', ms: 2_000 });
		const result = await keap().run(apply, [
			{ tag: 505, id: 1 },
			{ tag: 501, id: 777777 },
			{ tag: 505, id: 888888 },
		]);
		expect(result.error?.context).toMatchObject({ itemIndex: 1 });
	});

	it('says of reads nothing of having been carried out', async () => {
		const list = contact('getAll', { limit: 1, output: 'raw', filters: { familyName: '={{ $json.family }}' } });
		keap().sandbox.fault({ after: 3 }, { kind: 'status', status: 403 });
		const result = await keap().run(list, [{ family: 'A' }, { family: 'B' }, { family: 'C' }, { family: 'D' }]);
		expect(errorText(result)).toMatch(/may not do this/);
		expect(errorText(result)).not.toMatch(/carried out/);
	});

	it('sends nothing when the value of a custom field is refused', async () => {
		const parameters = contact('create', {
			email: '={{ $json.email }}',
			setCustomFields: true,
			customFields: { mappingMode: 'defineBelow', value: { 'Favourite bread': '={{ $json.bread }}' } },
		});
		const result = await keap().run(parameters, [
			{ email: 'a@x.example', bread: 'Rye' },
			{ email: 'b@x.example', bread: 'Toast' },
		]);
		expect(errorText(result)).toMatch(/has no option "Toast"/);
		expect(writes(keap())).toEqual([]);
	});

	it('tags what was created, although the node stops because of another item', async () => {
		const tagged = contact('create', {
			email: '={{ $json.email }}',
			additionalFields: { ownerId: byId('={{ $json.owner }}') },
			tagIds: ['505'],
		});
		keap().sandbox.fault({ method: 'POST', times: Infinity }, { kind: 'slow', ms: 300 });
		const result = await keap().run(
			tagged,
			people(5).map((item, index) => ({ ...item, owner: index === 0 ? 404 : 9001 })),
		);
		expect(result.error?.context).toMatchObject({ itemIndex: 0 });
		expect(keap().sandbox.state.contactTags.recordsOf('505').size).toBe(4);
	});

	it('counts what was under way when the error came in: it is carried out, and must not be done again', async () => {
		await keap().output(contact('get', { contactId: byId(1), output: 'raw' }));
		keap().sandbox.fault({}, { kind: 'slow', ms: 100 });
		keap().sandbox.fault({ times: Infinity }, { kind: 'slow', ms: 300 });
		const result = await keap().run(
			createOwned,
			people(10).map((item, index) => ({ ...item, owner: index === 0 ? 404 : 9001 })),
		);
		const created = keap().sandbox.state.contacts.size - 25;
		expect(result.error?.context).toMatchObject({ itemIndex: 0 });
		expect(created).toBe(9);
		expect(result.error?.description).toContain(`Of 10 items, ${created} had already been carried out`);
	});

	it.each([
		['writes', on('tag')('apply', { tagIds: ['505'], contactIds: '={{ $json.id }}' }), 20, 1_000],
		['reads', contact('get', { contactId: byId('={{ $json.id }}'), output: 'raw' }), 2_000, 1],
	])('stops bundled %s too: what waits for its turn is not sent after a failure', async (_what, parameters, count, idsEach) => {
		keap().setCredential({ requestsPerSecond: 20 });
		keap().sandbox.fault({ times: Infinity }, { kind: 'status', status: 403 });
		const items = itemsOf(count, (index) => ({
			id: itemsOf(idsEach, (each) => ({ id: 1 + index * idsEach + each }))
				.map(({ id }) => id)
				.join(),
		}));
		const result = await keap().run(parameters, items);
		expect(errorText(result)).toMatch(/may not do this in Keap/);
		await new Promise((resolve) => setTimeout(resolve, 150));
		// The whole work is 20 calls, a second's worth.
		expect(keap().sandbox.calls.length).toBeLessThan(15);
	});

	it('refuses an operation that n8n does not evaluate', async () => {
		const result = await keap().run({ resource: 'contact', operation: '={{ $json.operation }}', contactId: byId(1) }, [
			{ operation: 'get' },
		]);
		expect(errorText(result)).toMatch(/There is no operation ".*" for the resource "contact".*from their lists/);
		expect(keap().newCalls()).toEqual([]);
	});
});

describe('router: 10,001 items', () => {
	const keap = keapForEachTest();

	it('writes in bulk and reads in bundles', async () => {
		const ids = keap().sandbox.state.addContacts(10_001);
		const items = ids.map((id) => ({ id }));
		const tagged = await keap().output(on('tag')('apply', { tagIds: ['505'], contactIds: '={{ $json.id }}' }), items);
		expect(tagged).toHaveLength(10_001);
		expect(keap().newCalls()).toEqual(times(11, 'POST /crm/rest/v2/tags/505/contacts:applyTags'));
		expect(keap().sandbox.state.contactTags.recordsOf('505').size).toBe(10_001);
		const read = await keap().output(contact('get', { contactId: byId('={{ $json.id }}'), output: 'raw' }), items);
		expect(read.map(({ id }) => id)).toEqual(ids);
		expect(keap().newCalls()).toHaveLength(101);
	});

	it('finds bad input in the last item before it sends the first', async () => {
		const items = itemsOf(10_001, (index) => ({ id: index === 10_000 ? 'x' : index + 1 }));
		const result = await keap().run(contact('delete', { contactId: byId('={{ $json.id }}') }), items);
		expect(result.error?.context).toMatchObject({ itemIndex: 10_000 });
		expect(writes(keap())).toEqual([]);
	});
});
