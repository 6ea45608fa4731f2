import { startSandbox, type Sandbox } from '../sandbox';
import { createEngine, type Engine, keapNode, manualTrigger, type NodeDraft, workflow } from '../support/engine';

/** n8n's HTTP Request node with the Keap credential, one call for each item. */
const httpRequest = (name: string, parameters: object = {}): NodeDraft => ({
	name,
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		url: `={{ $json.address }}`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'keapApi',
		options: {},
		...parameters,
	},
	credentials: { keapApi: { id: 'cred1', name: 'Keap account' } },
});

let sandbox: Sandbox;
let engine: Engine;
let serial = 0;

/** A key of its own for each test: its throttle has nothing to remember. */
async function start(limits: { perSecond?: number; perMinute?: number; perDay?: number }, credential: object = {}): Promise<void> {
	const apiKey = `http-request-${(serial += 1)}`;
	// What n8n's own request takes from its slot to the wire is not ours to time: the second is measured by the slots.
	sandbox = await startSandbox({ limits, keys: { [apiKey]: 'full' }, secondMode: 'none' });
	const { perSecond = 5, perMinute = 120, perDay = 15_000 } = limits;
	const data = {
		apiKey,
		advancedSettings: true,
		baseUrl: sandbox.url,
		limits: 'fixed',
		requestsPerSecond: perSecond,
		requestsPerMinute: perMinute,
		requestsPerDay: perDay,
		...credential,
	};
	engine = await createEngine({ credentials: { cred1: { type: 'keapApi', data } } });
}

afterEach(async () => await sandbox.close());

const addresses = (count: number) => Array.from({ length: count }, () => ({ address: `${sandbox.url}/crm/rest/v2/businessProfile` }));

test('its calls take their slots from the same throttle as ours: together never too fast, and all counted', async () => {
	await start({});
	const from = performance.now();
	const http = engine.run(workflow([manualTrigger(), httpRequest('HTTP')]), { items: addresses(8) });
	const call = { resource: 'customApiCall', operation: 'call', method: 'GET', path: '/crm/rest/v2/businessProfile' };
	const ours = engine.run(workflow([keapNode('Keap', call)]), { items: Array.from({ length: 8 }, () => ({})) });
	const results = await Promise.all([http, ours]);
	expect(results.map(({ status }) => status)).toEqual(['success', 'success']);
	expect(results[0]!.items('HTTP')).toHaveLength(8);
	// 16 slots, 200 ms from one to the next: however slow the machine, it is never less.
	expect(performance.now() - from).toBeGreaterThanOrEqual(15 * 200);
	expect(sandbox.stats()).toMatchObject({ calls: 16, refused: { minute: 0 } });
	const quota = await engine.run(workflow([keapNode('Quota', { resource: 'quota', operation: 'get' })]), { items: [{}] });
	expect(quota.items('Quota')[0]).toMatchObject({ minute: { available: 104 } });
});

test('a credential test does not wait for a minute that is used up', async () => {
	await start({ perSecond: 50, perMinute: 5 });
	await engine.run(workflow([manualTrigger(), httpRequest('HTTP')]), { items: addresses(5) });
	// A workflow's call waits for the next minute, and the test is there before it.
	const call = { resource: 'customApiCall', operation: 'call', method: 'GET', path: '/crm/rest/v2/tags' };
	const waiting = engine.start(workflow([keapNode('Keap', call)]), { items: [{}] });
	const data = {
		apiKey: `http-request-${serial}`,
		advancedSettings: true,
		baseUrl: sandbox.url,
		limits: 'fixed',
		requestsPerMinute: 5,
		requestsPerSecond: 50,
	};
	await engine.testCredential('keapApi', data);
	waiting.cancel();
	expect((await waiting.done).status).toBe('canceled');
	expect(sandbox.calls).toHaveLength(6);
	expect(sandbox.calls.at(-1)?.path).toBe('/crm/rest/v1/setting/application/enabled');
});

test('it fails with the reset time when the day is used up', async () => {
	await start({ perSecond: 50, perDay: 2 });
	const { status, error } = await engine.run(workflow([manualTrigger(), httpRequest('HTTP')]), { items: addresses(3) });
	expect(status).toBe('error');
	expect(`${error?.message} ${error?.description}`).toMatch(
		/daily quota of the Keap key is used up. It is whole again at \d{4}-\d\d-\d\dT00:00:00.000Z/,
	);
	expect(sandbox.stats().calls).toBeLessThanOrEqual(2);
});

test.each([
	['a proxy', { proxy: 'http://127.0.0.1:9' }, /not sent through a proxy/],
	['unverified connections', { allowUnauthorizedCerts: true }, /verified connections only/],
])('it refuses %s before anything is sent', async (_what, options, message) => {
	await start({ perSecond: 50 });
	const { status, error } = await engine.run(workflow([manualTrigger(), httpRequest('HTTP', { options })]), { items: addresses(1) });
	expect(status).toBe('error');
	expect(`${error?.message} ${error?.description}`).toMatch(message);
	expect(sandbox.calls).toHaveLength(0);
});
