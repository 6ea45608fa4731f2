import { importExample } from '../../scripts/demo/importExample';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { INodeListSearchResult } from 'n8n-workflow';
import { executionEnd, outputOf } from '../../scripts/n8n/executions';
import { putCredential } from '../../scripts/n8n/setup';
import { KEAP_NODE, keapNode, manualTrigger, workflow, type NodeDraft } from '../support/engine-workflow';
import { RIGHT_KEY, Stage, WRONG_KEY } from './stage';

const getContact = (contactId: string) =>
	keapNode('Get contact', { resource: 'contact', operation: 'get', contactId: { __rl: true, mode: 'id', value: contactId } });

const httpRequest = (url: string): NodeDraft => ({
	name: 'HTTP Request',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: 'keapApi', options: {} },
	credentials: { keapApi: { id: '', name: '' } },
});

/** What must hold in every n8n that we support, checked through its REST API as the editor uses it. */
export function describeRestChecks(stage: () => Stage): void {
	it('lists the nodes under their published names, with icon and credential', async () => {
		const nodes = await stage().ourNodes();
		expect(nodes.map(({ name }) => name)).toContain(KEAP_NODE);
		for (const { name, iconUrl, credentials } of nodes) {
			const path = typeof iconUrl === 'string' ? iconUrl : iconUrl?.light;
			expect({ name, path }).toEqual({ name, path: expect.stringMatching(/\.svg$/) });
			expect((await fetch(`${stage().n8n.url}/${path}`)).status).toBe(200);
			expect(credentials?.map((each) => each.name)).toEqual(['keapApi']);
		}
		const credentials = await stage().client.get<Array<{ name: string }>>('/types/credentials.json');
		expect(credentials.map(({ name }) => name)).toContain('keapApi');
	});

	it('passes the credential test with the right key', async () => {
		expect(await stage().testCredential({})).toMatchObject({ status: 'OK', message: expect.stringContaining('Keap has answered') });
	});

	it.each([
		['a wrong key', { apiKey: WRONG_KEY }, /^Keap did not accept the API key/],
		['a base URL that is none', { baseUrl: 'keap' }, /^The Base URL of the Keap credential is not a URL/],
		['a Redis that nobody has', { shareQuota: 'redis', redisHost: '127.0.0.1', redisPort: 1 }, /nothing listens on that port/],
	])('fails the credential test with %s and says why', async (_what, changes, message) => {
		const result = await stage().testCredential(changes);
		expect(result).toEqual({ status: 'Error', message: expect.stringMatching(message) });
		expect(JSON.stringify(result)).not.toContain(WRONG_KEY);
	});

	it('runs the import example: every row becomes a contact, each paired with its row', async () => {
		const example = importExample('501');
		const { sandbox } = stage();
		const before = sandbox.stats();
		const execution = await stage().execute(example);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(execution.status).toBe('success');
		const upsert = example.nodes.find(({ type, parameters }) => type === KEAP_NODE && parameters.resource === 'contact')!;
		const items = outputOf(execution, upsert.name);
		expect(items).toHaveLength(150);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_item, item) => ({ item })));
		expect(items.every(({ json }) => /^\d+$/.test(String(json.id)))).toBe(true);
		expect(sandbox.stats().refused).toEqual(before.refused);
		expect(sandbox.calls.slice(before.calls).filter(({ path }) => path.endsWith(':applyTags'))).toHaveLength(1);
	});

	it.each([
		['a contact that does not exist', RIGHT_KEY, /not found|does not exist|no .*contact/i, '404'],
		['a wrong key', WRONG_KEY, /key/i, '401'],
	])('stores a clear error for %s, without the key', async (_what, apiKey, message, httpCode) => {
		const { client, sandbox } = stage();
		const credential = await putCredential(client, 'Failing account', 'keapApi', Stage.keapData(sandbox, { apiKey }));
		const { status, data } = await stage().execute(workflow([manualTrigger(), getContact('999999999')]), credential);
		expect(status).toBe('error');
		expect(data.resultData.error).toMatchObject({ name: 'NodeApiError', message: expect.stringMatching(message), httpCode });
		expect(JSON.stringify(data.resultData)).not.toContain(apiKey);
	});

	it("doubles nothing when n8n's own Retry On Fail runs the node again", async () => {
		const { sandbox } = stage();
		const people: NodeDraft = {
			name: 'People',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: "return Array.from({ length: 3 }, (_, n) => ({ json: { email: 'retry' + n + '@example.com' } }));" },
		};
		const parameters = { resource: 'contact', operation: 'create', email: '={{ $json.email }}' };
		const create = keapNode('Create', parameters, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
		const before = sandbox.calls.length;
		sandbox.fault({ method: 'POST', path: '/crm/rest/v2/contacts' }, { kind: 'status', status: 403 });
		const execution = await stage().execute(workflow([manualTrigger(), people, create]));
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Create').map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		const posts = sandbox.calls.slice(before).filter(({ path }) => path === '/crm/rest/v2/contacts');
		expect(posts.map(({ status }) => status).sort()).toEqual([201, 201, 201, 403]);
	});

	it('sends nothing more for an execution that a person stops', async () => {
		const { client, sandbox } = stage();
		const credential = await putCredential(client, 'Slow account', 'keapApi', Stage.keapData(sandbox, { requestsPerSecond: 5 }));
		const people: NodeDraft = {
			name: 'People',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: "return Array.from({ length: 500 }, (_, n) => ({ json: { email: 'stop' + n + '@example.com' } }));" },
		};
		const upsert = keapNode('Upsert', { resource: 'contact', operation: 'upsert', email: '={{ $json.email }}' });
		const before = sandbox.calls.length;
		const id = await stage().start(workflow([manualTrigger(), people, upsert]), credential);
		while (sandbox.calls.length < before + 3) await wait(50);
		await client.post(`/rest/executions/${id}/stop`);
		await wait(250);
		const atStop = sandbox.calls.length;
		const { status } = await executionEnd(client, id);
		await wait(1000);
		expect(status).toBe('canceled');
		expect(sandbox.calls.length).toBe(atStop);
		expect(atStop - before).toBeLessThan(100);
	});

	it('answers a search in a locator', async () => {
		const all = await stage().lookUp<INodeListSearchResult>('resource-locator-results', 'searchTags');
		expect(all.results.length).toBeGreaterThan(1);
		const name = all.results[0]!.name;
		const found = await stage().lookUp<INodeListSearchResult>('resource-locator-results', 'searchTags', { filter: name });
		expect(found.results.map((each) => each.name)).toContain(name);
		expect(found.results.length).toBeLessThan(all.results.length);
	});

	it('lets the HTTP Request node use the credential towards Keap', async () => {
		const { sandbox } = stage();
		const execution = await stage().execute(workflow([manualTrigger(), httpRequest(`${sandbox.url}/crm/rest/v2/tags`)]));
		expect(execution.data.resultData.error).toBeUndefined();
		expect(outputOf(execution, 'HTTP Request')[0]?.json).toHaveProperty('tags');
	});

	it('keeps the credential from the HTTP Request node when it calls anyone else', async () => {
		const seen: string[] = [];
		const elsewhere = createServer((request, response) => {
			seen.push(JSON.stringify(request.headers));
			response.end('{}');
		}).listen(0, '127.0.0.1');
		await once(elsewhere, 'listening');
		const { port } = elsewhere.address() as AddressInfo;
		const { status, data } = await stage().execute(workflow([manualTrigger(), httpRequest(`http://127.0.0.1:${port}/`)]));
		elsewhere.close();
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toMatch(/Keap|domain|allowed/i);
		expect(seen.join()).not.toContain(RIGHT_KEY);
	});
}
