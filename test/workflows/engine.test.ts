import { startSandbox, type Sandbox } from '../sandbox';
import { createEngine, keapNode, KEAP_NODE, manualTrigger, workflow, type Engine, type NodeDraft } from '../support/engine';

const setNode = (name: string, fields: Record<string, string>): NodeDraft => ({
	name,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		assignments: {
			assignments: Object.entries(fields).map(([field, value], index) => ({ id: String(index), name: field, value, type: 'string' })),
		},
		options: {},
	},
});

const codeNode = (name: string, jsCode: string, mode = 'runOnceForAllItems'): NodeDraft => ({
	name,
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { mode, jsCode },
});

describe('the in-process engine', () => {
	let engine: Engine;
	beforeAll(async () => {
		engine = await createEngine({ credentials: {}, packages: [] });
	});

	it('runs a line of built-in nodes and gives their items with pairing', async () => {
		const { status, error, items, itemsWithPairing } = await engine.run(
			workflow([
				manualTrigger(),
				codeNode('Make', 'return [1, 2, 3].map((n) => ({ json: { n } }));'),
				setNode('Set', { email: '=user{{ $json.n }}@example.com' }),
				codeNode('Each', "return { json: { upper: $json.email.toUpperCase(), first: $('Make').first().json.n } };", 'runOnceForEachItem'),
			]),
		);
		expect(error).toBeUndefined();
		expect(status).toBe('success');
		expect(items('Set')).toEqual([1, 2, 3].map((n) => ({ email: `user${n}@example.com` })));
		expect(items('Each')[2]).toEqual({ upper: 'USER3@EXAMPLE.COM', first: 1 });
		expect(itemsWithPairing('Set').map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('gives items to a trigger as its output and to any other node as its input', async () => {
		const given = [{ name: 'Ann' }, { name: 'Bob' }];
		const greet = setNode('Greet', { text: '=Hello {{ $json.name }}' });
		const expected = [{ text: 'Hello Ann' }, { text: 'Hello Bob' }];
		expect((await engine.run(workflow([manualTrigger(), greet]), { items: given })).items('Greet')).toEqual(expected);
		expect((await engine.run(workflow([greet]), { items: given })).items('Greet')).toEqual(expected);
	});

	it('reports a node error as n8n stores it and each node as it ends', async () => {
		const done: string[] = [];
		const { status, error, lastNodeExecuted } = await engine.run(
			workflow([manualTrigger(), codeNode('Break', "throw new Error('broken on purpose');"), setNode('Never', { a: 'b' })]),
			{ onNodeDone: (node) => done.push(node) },
		);
		expect(status).toBe('error');
		expect(error?.message).toContain('broken on purpose');
		expect(lastNodeExecuted).toBe('Break');
		expect(done).toEqual(['Start', 'Break']);
	});

	it('carries binary data', async () => {
		const { items } = await engine.run(
			workflow([
				{ name: 'To file', type: 'n8n-nodes-base.convertToFile', typeVersion: 1.1, parameters: { operation: 'toJson', options: {} } },
				{ name: 'From file', type: 'n8n-nodes-base.extractFromFile', typeVersion: 1, parameters: { operation: 'fromJson', options: {} } },
			]),
			{ items: [{ a: 1 }, { a: 2 }] },
		);
		expect(items('From file')).toEqual([{ data: [{ a: 1 }, { a: 2 }] }]);
	});

	it.each(['cancel()', 'an abort signal'])('stops a running execution by %s; later nodes do not start', async (way) => {
		const controller = new AbortController();
		const wait = codeNode('Wait', "console.debug('It waits'); await new Promise(() => undefined);");
		const waits = new Promise((resolve) => jest.spyOn(console, 'debug').mockImplementationOnce(resolve));
		const { done, cancel } = engine.start(workflow([manualTrigger(), wait, setNode('Never', { a: 'b' })]), { signal: controller.signal });
		await waits;
		if (way === 'cancel()') cancel();
		else controller.abort();
		const { status, runData } = await done;
		expect(status).toBe('canceled');
		expect(Object.keys(runData)).not.toContain('Never');
	});

	it('names what is missing', async () => {
		await expect(engine.run(workflow([{ name: 'X', type: 'nowhere.x' }]))).rejects.toThrow(
			'No package is loaded for the node type "nowhere.x"',
		);
		await expect(engine.run(workflow([manualTrigger()]), { startNode: 'Y' })).rejects.toThrow('no node named "Y"');
	});
});

describe('the in-process engine with our package', () => {
	const KEY = 'sandbox-key';
	let sandbox: Sandbox;
	let engine: Engine;
	beforeAll(async () => {
		sandbox = await startSandbox();
		engine = await createEngine({
			credentials: { cred1: { type: 'keapApi', data: { apiKey: KEY, advancedSettings: true, baseUrl: sandbox.url } } },
			withBaseNodes: false,
		});
	});
	afterAll(async () => await sandbox.close());

	it("gives nodes the credential with its type's defaults, and describes them as n8n does", async () => {
		const { items, error } = await engine.run(workflow([keapNode('Quota', { resource: 'quota', operation: 'get' })]), { items: [{}] });
		expect(error).toBeUndefined();
		expect(items('Quota')[0]).toMatchObject({ minute: { limit: 120 }, day: { limit: 15_000 } });
		expect(engine.nodeDescription(KEAP_NODE)).toMatchObject({ name: 'keap', credentials: [{ name: 'keapApi' }] });
	});

	it("makes the editor's look-ups", async () => {
		expect((await engine.listSearch({}, 'searchTags')).results.length).toBeGreaterThan(0);
		expect((await engine.loadOptions({}, 'getTags')).length).toBeGreaterThan(0);
		expect((await engine.resourceMapperFields({}, 'mapContactCustomFields')).fields.length).toBeGreaterThan(0);
		await expect(engine.listSearch({}, 'searchNothing')).rejects.toThrow('It has: ');
	});

	it('tests a credential with the words of the dialog', async () => {
		const data = { apiKey: KEY, advancedSettings: true, baseUrl: sandbox.url };
		expect(await engine.testCredential('keapApi', data)).toEqual({
			ok: true,
			status: 'OK',
			message: expect.stringContaining('Keap has answered'),
		});
		const refused = await engine.testCredential('keapApi', { ...data, apiKey: 'no-key' });
		expect(refused).toEqual({ ok: false, status: 'Error', message: expect.stringContaining('did not accept the API key') });
	});

	it('authenticates a request as another node would with the credential', async () => {
		const { headers } = await engine.authenticate('cred1', { url: `${sandbox.url}/crm/rest/v2/tags` });
		expect(headers).toMatchObject({ 'X-Keap-API-Key': KEY });
	});

	it('uses a credential that was replaced, from the next execution on', async () => {
		const call = workflow([
			keapNode('Call', { resource: 'customApiCall', operation: 'call', method: 'GET', path: '/crm/rest/v2/businessProfile' }),
		]);
		engine.setCredential('cred1', 'keapApi', { apiKey: 'no-key', advancedSettings: true, baseUrl: sandbox.url });
		const refused = await engine.run(call, { items: [{}] });
		engine.setCredential('cred1', 'keapApi', { apiKey: KEY, advancedSettings: true, baseUrl: sandbox.url });
		const accepted = await engine.run(call, { items: [{}] });
		expect([refused.error?.httpCode, accepted.status]).toEqual(['401', 'success']);
	});

	it('reports the stop to a node: its waiting calls are not sent', async () => {
		const people = Array.from({ length: 50 }, (_none, n) => ({ email: `stop${n}@example.com` }));
		const upsert = workflow([keapNode('Upsert', { resource: 'contact', operation: 'upsert', email: '={{ $json.email }}' })]);
		const { done, cancel } = engine.start(upsert, { items: people });
		await sandbox.until((calls) => calls.some(({ path }) => path === '/crm/rest/v2/contacts'));
		cancel();
		const { status } = await done;
		expect(status).toBe('canceled');
		expect(sandbox.calls.filter(({ path }) => path === '/crm/rest/v2/contacts').length).toBeLessThan(50);
	});
});
