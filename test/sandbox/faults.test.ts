import { Agent, request } from 'node:http';
import { startSandbox } from './';
import { call } from './client';
import type { Fault, Sandbox } from './types';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ limits: { perSecond: Infinity } });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const read = async () => await call(sandbox, 'GET', '/contacts');
const write = async () => await call(sandbox, 'POST', '/tags', { body: { name: 'Written' } });
const written = () => [...sandbox.state.tags.values()].some(({ name }) => name === 'Written');
const used = async () => Number((await read()).headers.get('x-keap-product-throttle-used'));

type Case = [fault: Fault, outcome: { status?: number; text?: string; broken?: boolean }, carriedOut: boolean, spent: number];

test.each<Case>([
	[{ kind: 'status', status: 503 }, { status: 503, text: '"code":503' }, false, 1],
	[{ kind: 'status', status: 302, body: '', headers: { location: '/elsewhere' } }, { status: 302, text: '' }, false, 1],
	[{ kind: 'status', status: 500, body: 'oops', contentType: 'text/plain' }, { status: 500, text: 'oops' }, false, 1],
	[{ kind: 'html' }, { status: 503, text: '<title>' }, false, 1],
	[{ kind: 'html', status: 200 }, { status: 200, text: '<title>' }, false, 1],
	[{ kind: 'empty' }, { status: 200, text: '' }, false, 1],
	[{ kind: 'badJson' }, { status: 200, text: '{"id"' }, true, 1],
	[{ kind: 'truncate' }, { broken: true }, true, 1],
	[{ kind: 'resetAfter' }, { broken: true }, true, 1],
	[{ kind: 'resetBefore' }, { broken: true }, false, 0],
	[{ kind: '429' }, { status: 429, text: 'Quota Exceeded' }, false, 0],
	[{ kind: '429', body: 'apigeeSpike' }, { status: 429, text: 'SpikeArrestViolation' }, false, 0],
	[{ kind: '429', body: 'apigeeQuota' }, { status: 429, text: 'QuotaViolation' }, false, 0],
])('%j', async (fault, outcome, carriedOut, spent) => {
	sandbox.fault({ method: 'POST' }, fault);
	if (outcome.broken) await expect(write()).rejects.toThrow();
	else {
		// No redirect is followed here: the answer itself counts.
		const reply = await fetch(`${sandbox.url}/crm/rest/v2/tags`, {
			method: 'POST',
			redirect: 'manual',
			headers: { 'x-keap-api-key': 'sandbox-key', 'content-type': 'application/json' },
			body: '{"name":"Written"}',
		});
		expect(reply.status).toBe(outcome.status);
		expect(await reply.text()).toContain(outcome.text);
	}
	expect(written()).toBe(carriedOut);
	expect(sandbox.calls).toHaveLength(1);
	expect(await used()).toBe(spent + 1);
	expect((await write()).status).toBe(carriedOut ? 400 : 201);
});

test('cut JSON is no JSON, and its connection is fine', async () => {
	sandbox.fault({}, { kind: 'badJson' });
	const { text, headers } = await read();
	expect(() => JSON.parse(text) as unknown).toThrow();
	expect(Number(headers.get('content-length'))).toBe(Buffer.byteLength(text));
});

test('a 429 with and without headers', async () => {
	sandbox.fault({}, { kind: '429' });
	sandbox.fault({}, { kind: '429', withHeaders: false });
	expect((await read()).headers.get('x-keap-product-throttle-limit')).toBe('120');
	expect((await read()).headers.get('x-keap-product-throttle-limit')).toBeNull();
});

test('a slow call is carried out on arrival and answered later', async () => {
	sandbox.fault({}, { kind: 'slow', ms: 80 });
	const start = Date.now();
	const pending = write();
	await new Promise((resolve) => setTimeout(resolve, 40));
	expect(written()).toBe(true);
	expect(sandbox.calls[0]?.status).toBe(0);
	expect((await pending).status).toBe(201);
	expect(Date.now() - start).toBeGreaterThanOrEqual(75);
	expect(sandbox.calls[0]?.status).toBe(201);
});

describe('what a fault hits', () => {
	const statuses = async (count: number) =>
		await Promise.all(Array.from({ length: count }, async () => (await read()).status)).then((all) => all.sort());

	test('one call by default', async () => {
		sandbox.fault({}, { kind: 'status', status: 500 });
		expect(await statuses(3)).toEqual([200, 200, 500]);
	});

	test('so many, after so many', async () => {
		sandbox.fault({ times: 2, after: 1 }, { kind: 'status', status: 500 });
		const seen = [];
		for (let index = 0; index < 4; index++) seen.push((await read()).status);
		expect(seen).toEqual([200, 500, 500, 200]);
	});

	test('all, until disarmed or cleared', async () => {
		const disarm = sandbox.fault({ times: Infinity }, { kind: 'status', status: 500 });
		expect(await statuses(3)).toEqual([500, 500, 500]);
		disarm();
		expect(await statuses(1)).toEqual([200]);
		sandbox.fault({ times: Infinity }, { kind: 'status', status: 500 });
		sandbox.clearFaults();
		expect(await statuses(1)).toEqual([200]);
	});

	test.each([
		[{ method: 'post' }, 200],
		[{ method: 'get' }, 500],
		[{ path: '/crm/rest/v2/contacts' }, 500],
		[{ path: '/contacts' }, 200],
		[{ path: /contacts$/g }, 500],
		[{ path: /tags/ }, 200],
	])('%j', async (match, status) => {
		sandbox.fault(match, { kind: 'status', status: 500 });
		expect((await read()).status).toBe(status);
	});

	test('a wrong key is refused before most of them', async () => {
		sandbox.fault({}, { kind: 'status', status: 500 });
		expect((await call(sandbox, 'GET', '/contacts', { key: 'nonsense' })).status).toBe(401);
		expect((await read()).status).toBe(500);
	});
});

test('a repeated page token leads to the same page for ever, in version 1 too', async () => {
	sandbox.fault({ times: Infinity }, { kind: 'repeatPageToken' });
	const pages = [];
	let query = 'page_size=3';
	for (let index = 0; index < 3; index++) {
		const { body } = await call(sandbox, 'GET', '/contacts', { query });
		pages.push(body);
		query = `page_size=3&page_token=${(body as { next_page_token: string }).next_page_token}`;
	}
	expect(pages[1]).toEqual(pages[0]);
	expect(pages[2]).toEqual(pages[0]);
	const { body } = await call(sandbox, 'GET', '/crm/rest/v1/contacts', { query: 'limit=3&offset=3' });
	expect(body).toMatchObject({ contacts: [{ id: 1 }, { id: 2 }, { id: 3 }], next: expect.stringContaining('offset=3') });
	expect((await call(sandbox, 'GET', '/contacts/1')).body).not.toHaveProperty('next_page_token');
});

test('small pages hold less than was asked for, and go on', async () => {
	sandbox.fault({ times: Infinity }, { kind: 'smallPages', size: 2 });
	const { body } = await call(sandbox, 'GET', '/contacts', { query: 'page_size=10' });
	const { contacts, next_page_token: token } = body as { contacts: unknown[]; next_page_token: string };
	expect(contacts).toHaveLength(2);
	expect((await call(sandbox, 'GET', '/contacts', { query: `page_size=10&page_token=${token}` })).body).toMatchObject({
		contacts: [{ id: '3' }, { id: '4' }],
	});
});

test('a bad row makes a 500 of every list page that holds it, and of nothing else', async () => {
	sandbox.fault({ times: Infinity }, { kind: 'badRow', id: '7' });
	const status = async (query: string) => (await call(sandbox, 'GET', '/contacts', { query })).status;
	expect([await status('page_size=10'), await status('page_size=6'), await status('filter=ids%3D%3D8')]).toEqual([500, 200, 200]);
	expect((await call(sandbox, 'GET', '/contacts/7')).status).toBe(200);
	expect((await call(sandbox, 'GET', '/crm/rest/v1/contacts')).body).toMatchObject({ message: expect.any(String) });
});

test('late rows are in no list, and can be read by themselves', async () => {
	sandbox.fault({ times: Infinity }, { kind: 'lateRows', ids: ['2', '7'] });
	const { body } = await call(sandbox, 'GET', '/contacts', { query: 'page_size=3' });
	expect((body as { contacts: Array<{ id: string }> }).contacts.map(({ id }) => id)).toEqual(['1', '3']);
	expect((await call(sandbox, 'GET', '/contacts/7')).status).toBe(200);
});

test('every call is recorded as it came', async () => {
	await call(sandbox, 'POST', '/tags', { body: { name: 'A' }, query: 'x=1%3D', headers: { 'x-more': 'yes' } });
	await call(sandbox, 'POST', '/tags', { body: 'no json' });
	expect(sandbox.calls[0]).toMatchObject({
		method: 'POST',
		path: '/crm/rest/v2/tags',
		rawQuery: 'x=1%3D',
		query: { x: '1=' },
		headers: { 'x-more': 'yes', 'x-keap-api-key': 'sandbox-key' },
		body: { name: 'A' },
		status: 400,
		operationId: 'createTag',
		at: expect.any(Number),
	});
	expect(sandbox.calls[1]).toMatchObject({ body: 'no json', status: 400 });
});

test('connections are kept, counted and, with answers that are still due, closed with the sandbox', async () => {
	const other = await startSandbox({ limits: { perSecond: Infinity }, latencyMs: () => 20 });
	const agent = new Agent({ keepAlive: true, maxSockets: 2 });
	const get = () =>
		new Promise<number | undefined>((resolve, reject) => {
			request(`${other.url}/crm/rest/v2/contacts/1`, { agent, headers: { 'x-keap-api-key': 'sandbox-key' } }, (response) =>
				response.resume().on('end', () => resolve(response.statusCode)),
			)
				.on('error', reject)
				.end();
		});
	expect(await Promise.all(Array.from({ length: 6 }, get))).toEqual(Array(6).fill(200));
	expect(other.stats()).toMatchObject({ calls: 6, connections: 2, maxInFlight: 2 });
	const pending = get();
	await Promise.all([
		expect(pending).rejects.toThrow(),
		new Promise((resolve) => setTimeout(resolve, 5)).then(async () => await other.close()),
	]);
	agent.destroy();
});
