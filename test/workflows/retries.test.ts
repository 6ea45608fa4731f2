import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { startAgent, type Agent } from '../support/agent';
import { keapNode, manualTrigger, workflow } from '../support/engine';
import { byId, errorsOf, errorText, itemsOf, keapForEachTest, on, pairsOf, times, writes } from './helpers';

/** n8n's own Retry On Fail: three tries, as fast as it can. */
const RETRIES: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const CONTINUE: Partial<INode> = { ...RETRIES, onError: 'continueRegularOutput' };
const MODES: Array<[string, Partial<INode>]> = [
	['stops on errors', RETRIES],
	['continues', CONTINUE],
];

const contact = on('contact');
const CREATE = 'POST /crm/rest/v2/contacts';
const create = (more: INodeParameters = {}) =>
	contact('create', { email: '={{ $json.name }}@x.example', givenName: '={{ $json.name }}', output: 'raw', ...more });
const owned = create({ additionalFields: { ownerId: byId('={{ $json.name === "bad" ? 404 : 9001 }}') } });
const named = (...names: string[]): IDataObject[] => names.map((name) => ({ name }));

describe("n8n's Retry On Fail", () => {
	const keap = keapForEachTest();
	/** How often each contact was sent, by its first name. */
	const sent = (): Record<string, number> => {
		const counts: Record<string, number> = {};
		for (const { path, body } of writes(keap())) {
			if (path === '/crm/rest/v2/contacts') {
				const name = String((body as IDataObject).given_name);
				counts[name] = (counts[name] ?? 0) + 1;
			}
		}
		return counts;
	};

	it.each(MODES)('sends only what Keap refused again, when the node %s', async (_how, extra) => {
		const result = await keap().run(owned, named('bad', 'a', 'b', 'c'), extra);
		expect(sent()).toEqual({ bad: 3, a: 1, b: 1, c: 1 });
		expect(keap().sandbox.state.contacts.size).toBe(25 + 3);
		if (extra.onError === undefined) {
			expect(result.error).toMatchObject({ httpCode: '400', context: { itemIndex: 0 } });
			expect(errorText(result).match(/Of 4 items, 3 had already been carried out/g)).toHaveLength(1);
		} else {
			expect(errorsOf(result.items('Keap')).map((error) => error !== undefined)).toEqual([true, false, false, false]);
			expect(result.items('Keap').map(({ given_name: name }) => name)).toEqual([undefined, 'a', 'b', 'c']);
			expect(pairsOf(result)).toEqual([0, 1, 2, 3]);
		}
	});

	it.each(MODES)('gives every item its answer once the last one has passed, when the node %s', async (_how, extra) => {
		keap().sandbox.fault({ method: 'POST' }, { kind: 'status', status: 403 });
		const output = await keap().output(create(), named('a', 'b', 'c', 'd'), extra);
		expect(output.map(({ given_name: name }) => name)).toEqual(['a', 'b', 'c', 'd']);
		expect(new Set(output.map(({ id }) => id)).size).toBe(4);
		expect(Object.values(sent()).sort()).toEqual([1, 1, 1, 2]);
	});

	it.each(['resetAfter', 'truncate', 'badJson'] as const)('never sends again what may have been carried out: %s', async (kind) => {
		for (const [, extra] of MODES) {
			keap().sandbox.reset();
			keap().sandbox.fault({ method: 'POST' }, { kind });
			const result = await keap().run(create(), named('a'), extra);
			expect(sent()).toEqual({ a: 1 });
			expect(keap().sandbox.state.contacts.size).toBe(25 + 1);
			const text = extra.onError === undefined ? errorText(result) : String(result.items('Keap')[0]?.message);
			expect(text).toMatch(/not sent again|Do not run this item again/);
		}
	});

	it('goes on with the others where one is in doubt', async () => {
		keap().sandbox.fault({ method: 'POST' }, { kind: 'resetAfter' });
		keap().sandbox.fault({ method: 'POST', after: 1 }, { kind: 'status', status: 403 });
		const result = await keap().run(create(), named('a', 'b', 'c'), CONTINUE);
		expect(Object.values(sent()).sort()).toEqual([1, 1, 2]);
		expect(keap().sandbox.state.contacts.size).toBe(25 + 3);
		expect(errorsOf(result.items('Keap')).filter((error) => error !== undefined)).toHaveLength(1);
	});

	it('spends no call on the others when the node is to stop because of one in doubt', async () => {
		keap().sandbox.fault({ method: 'POST' }, { kind: 'resetAfter' });
		const result = await keap().run(create(), named(...itemsOf(120, (n) => ({ name: `n${n}` })).map(({ name }) => String(name))), RETRIES);
		expect(result.status).toBe('error');
		expect(Object.values(sent()).every((count) => count === 1)).toBe(true);
		expect(Object.keys(sent()).length).toBeLessThan(120);
	});

	it('deletes once, also where the first try has done it without an answer', async () => {
		const { id } = keap().sandbox.state.contacts.add({ given_name: 'Gone' });
		const path = `/crm/rest/v2/contacts/${id}`;
		keap().sandbox.fault({ method: 'DELETE', path }, { kind: 'resetAfter' });
		keap().sandbox.fault({ method: 'DELETE', path, after: 1, times: 3 }, { kind: 'status', status: 503 });
		expect(await keap().output(contact('delete', { contactId: byId(id) }), [{}], RETRIES)).toEqual([{ deleted: true }]);
		expect(keap().sandbox.state.contacts.has(id)).toBe(false);
		const unknown = await keap().run(contact('delete', { contactId: byId(id) }), [{}], RETRIES);
		expect(unknown.error).toMatchObject({ httpCode: '404' });
	}, 30_000);

	it.each(MODES)('tags without creating again, and applies each tag once, when the node %s', async (_how, extra) => {
		keap().sandbox.fault({ path: '/crm/rest/v2/tags/502/contacts:applyTags' }, { kind: 'status', status: 403 });
		// Three contacts with both tags: a call for each tag is fewer than one for each contact.
		const made = await keap().output(create({ tagIds: ['501', '502'] }), [...named('a'), ...named('b'), ...named('c')], extra);
		expect(keap().newCalls().sort()).toEqual([
			...times(3, CREATE),
			'POST /crm/rest/v2/tags/501/contacts:applyTags',
			...times(2, 'POST /crm/rest/v2/tags/502/contacts:applyTags'),
		]);
		for (const { id } of made) expect([...keap().sandbox.state.contactTags.tagsOf(String(id)).keys()].sort()).toEqual(['501', '502']);
	});

	it.each(MODES)('writes the rest of a bundle, when the node %s', async (_how, extra) => {
		const apply = on('tag')('apply', { tagIds: ['505'], contactIds: '={{ $json.ids }}' });
		const result = await keap().run(apply, [{ ids: '777777, 3' }, { ids: '1' }, { ids: '1, 2' }], extra);
		expect(result.error === undefined).toBe(extra.onError !== undefined);
		const bodies = writes(keap())
			.filter(({ path, status }) => path.endsWith(':applyTags') && status === 200)
			.map(({ body }) => (body as { contact_ids: string[] }).contact_ids);
		// Keap answers for each contact: what it refused goes again, alone.
		expect(bodies).toEqual([['777777', '3', '1', '2'], ['777777'], ['777777']]);
	});

	const send = on('email')('send', {
		contactIds: '={{ $json.ids }}',
		userId: byId(9001),
		subject: 'Hi',
		htmlContent: '<p>Hi</p>',
	});
	const SEND = 'POST /crm/rest/v2/emails:send';

	it('sends an email once to those that exist', async () => {
		await keap().run(send, [{ ids: '987654' }, { ids: '1' }, { ids: '2' }], CONTINUE);
		const passed = writes(keap()).filter(({ status }) => status < 300);
		expect(passed.map(({ body }) => (body as { contacts: string[] }).contacts)).toEqual([['1', '2']]);
		expect(keap().newCalls()).toEqual([SEND, 'GET /crm/rest/v2/contacts', 'GET /crm/rest/v2/contacts/987654', ...times(3, SEND)]);
	});

	it('sends an email whose fate is unknown once to each contact', async () => {
		keap().sandbox.fault({ method: 'POST' }, { kind: 'resetAfter' });
		const result = await keap().run(send, [{ ids: '1, 2' }, { ids: '3' }], CONTINUE);
		expect(keap().newCalls()).toEqual([SEND]);
		expect(errorsOf(result.items('Keap')).every((error) => error !== undefined)).toBe(true);
	});

	it('creates the rest of many records', async () => {
		const record = on('tagCategory')('create', { name: '={{ $json.name }}' });
		keap().sandbox.fault({ method: 'POST', after: 1 }, { kind: 'status', status: 403 });
		await keap().output(record, named('One', 'Two', 'Three'), RETRIES);
		expect(writes(keap())).toHaveLength(4);
	});

	it('reads again only what failed', async () => {
		const list = contact('getAll', { returnAll: false, limit: 2, output: 'raw', filters: { familyName: '={{ $json.name }}' } });
		keap().sandbox.fault({ method: 'GET' }, { kind: 'status', status: 403 });
		await keap().output(list, named('Adams', 'Baker', 'Clark'), CONTINUE);
		expect(keap().newCalls().length).toBeLessThanOrEqual(4);
	});

	it.each([null, 'soft', ''])('is not started by an answer of Keap that has the key "error": %j', async (error) => {
		const body = JSON.stringify({ id: 1, error });
		keap().sandbox.fault({ path: '/crm/rest/v2/contacts', times: Infinity }, { kind: 'status', status: 200, body });
		const call = on('customApiCall')('call', { method: 'POST', path: '/crm/rest/v2/contacts', body: '{"a": 1}' });
		const output = await keap().output(call, [{}], CONTINUE);
		expect(keap().newCalls()).toHaveLength(1);
		expect(output).toEqual([error === null ? { id: 1 } : { id: 1, keap_error: error }]);
	});
});

describe("n8n's Retry On Fail in loops and branches", () => {
	const keap = keapForEachTest({ withBaseNodes: true });

	it('takes a second pass over the same items for what it is: another run', async () => {
		// The trigger leads to the node twice: n8n runs it twice, over items around the same JSON.
		const start = workflow([manualTrigger(), keapNode('Keap', create(), RETRIES)]);
		start.connections = { Start: { main: [[0, 1].map(() => ({ node: 'Keap', type: 'main' as const, index: 0 }))] } };
		keap().sandbox.fault({ method: 'POST' }, { kind: 'status', status: 403 });
		const result = await keap().engine.run(start, { items: named('a', 'b') });
		expect(result.runData.Keap).toHaveLength(2);
		expect(keap().sandbox.state.contacts.size).toBe(25 + 4);
	});

	it('takes another node over the same items for another node', async () => {
		const chain = workflow([manualTrigger(), keapNode('One', owned, RETRIES), keapNode('Two', owned, RETRIES)]);
		chain.connections = { Start: { main: [['One', 'Two'].map((name) => ({ node: name, type: 'main' as const, index: 0 }))] } };
		await keap().engine.run(chain, { items: named('a', 'b') });
		expect(keap().sandbox.state.contacts.size).toBe(25 + 4);
	});
});

describe("n8n's Retry On Fail for a tool of an AI agent", () => {
	let agent: Agent;
	beforeAll(async () => {
		agent = await startAgent(['Keap'], RETRIES);
	});
	afterAll(async () => await agent.close());
	afterEach(() => agent.sandbox.reset());

	const parameters = contact('create', {
		email: "={{ $fromAI('email', 'Email address', 'string') }}",
		tagIds: ['502'],
		output: 'raw',
	});
	const posts = () => agent.sandbox.calls.map(({ method, path }) => `${method} ${path}`);

	it('creates once and only tags again', async () => {
		agent.sandbox.fault({ path: /applyTags/ }, { kind: 'status', status: 403 });
		const [reply] = await agent.ask('Keap', parameters, { email: 'ada@agent.example' });
		expect(reply?.answer).toMatchObject([{ email_addresses: [{ email: 'ada@agent.example' }] }]);
		expect(posts()).toEqual([CREATE, ...times(2, 'POST /crm/rest/v2/tags/502/contacts:applyTags')]);
	});

	it('never sends again what may have been carried out', async () => {
		agent.sandbox.fault({ method: 'POST' }, { kind: 'resetAfter' });
		await expect(agent.ask('Keap', parameters, { email: 'ada@agent.example' })).rejects.toThrow(/not sent again/);
		expect(posts()).toEqual([CREATE]);
	});

	it('takes a second call with the same arguments for what it is: another call', async () => {
		agent.sandbox.fault({ method: 'POST' }, { kind: 'status', status: 403 });
		const same = { email: 'ada@agent.example' };
		await agent.ask('Keap', parameters, same, same);
		expect(agent.sandbox.state.contacts.size).toBe(25 + 2);
	});
});
