import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASSUMPTIONS } from '../../scripts/check-keap/assumptions';
import { assumptionsPage } from '../../scripts/check-keap/docs';
import { Keap, NoAnswer } from '../../scripts/check-keap/keap';
import { clean, reportOf } from '../../scripts/check-keap/report';
import { readingResults, writingResults, type Result } from '../../scripts/check-keap/run';
import { startSandbox, type Sandbox } from '../sandbox';
import { call } from '../sandbox/client';
import { OTHERWISE } from '../sandbox/otherwise';

const KEY = 'a-secret-key-of-an-account';
const LIMITS = { perSecond: Infinity, perMinute: 100_000, perDay: 1_000_000 };
const ROOT = join(__dirname, '../..');
const SHARED = Symbol.for('n8n-nodes-keap');
const reading = ASSUMPTIONS.filter(({ reads }) => reads);
const writing = ASSUMPTIONS.filter(({ writes }) => writes);

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ keys: { [KEY]: 'full' }, limits: LIMITS });
});
afterAll(async () => await sandbox.close());
beforeEach(async () => {
	// A throttle of its own for each test: their quota is not what is tested.
	Reflect.deleteProperty(globalThis, SHARED);
	sandbox.reset();
	sandbox.state.hooks.handshakeOrder = 'never';
	const order = { contact_id: '1', order_title: 'Bread', order_time: '2026-01-01T00:00:00Z', order_type: 'OFFLINE' };
	const body = { ...order, order_items: [{ product_id: '1', quantity: 2 }] };
	expect((await call(sandbox, 'POST', '/orders', { key: KEY, body })).status).toBe(201);
	sandbox.calls.length = 0;
});

const account = (baseUrl = sandbox.url) =>
	new Keap({ apiKey: KEY, baseUrl, requestsPerSecond: 1_000, requestsPerMinute: 100_000, requestsPerDay: 1_000_000 });
const verdicts = (results: readonly Result[]) =>
	Object.fromEntries(results.map(({ assumption, verdict, seen }) => [assumption.id, `${verdict}: ${seen}`]));
const others = (results: readonly Result[], id?: string) =>
	results
		.filter(({ assumption, verdict }) => verdict !== 'as believed' && assumption.id !== id)
		.map(({ assumption, seen }) => `${assumption.id}: ${seen}`);

describe('against the sandbox as it is', () => {
	test('reading finds everything as believed, and changes nothing', async () => {
		const keap = account();
		const results = await readingResults(keap);
		expect(others(results)).toEqual([]);
		expect(results).toHaveLength(reading.length);
		expect(sandbox.calls.every(({ method }) => method === 'GET')).toBe(true);
		expect(keap.calls).toBe(sandbox.calls.length - 1);
		expect(keap.calls).toBeLessThan(60);
	});

	test('writing finds everything as believed, and leaves nothing behind', async () => {
		const before = new Map(
			['contacts', 'tags', 'files', 'notes'].map((kind) => [kind, sandbox.state.collection(`/crm/rest/v2/${kind}`).size]),
		);
		const { results, left } = await writingResults(account());
		expect([others(results), left]).toEqual([[], []]);
		expect(results).toHaveLength(writing.length);
		for (const [kind, size] of before) expect([kind, sandbox.state.collection(`/crm/rest/v2/${kind}`).size]).toEqual([kind, size]);
		expect(sandbox.state.hooks.all.size).toBe(0);
	});
});

describe('against a sandbox set otherwise in one point', () => {
	test.each(reading.map(({ id }) => id))('%s is reported as different', async (id) => {
		sandbox.state.otherwise.add(id);
		const [result] = await readingResults(
			account(),
			reading.filter((one) => one.id === id),
		);
		expect(result?.verdict).toBe('different');
	});

	test.each(writing.map(({ id }) => id))('%s is reported as different, and nothing is left behind', async (id) => {
		sandbox.state.otherwise.add(id);
		const earlier = { 'consent-kept': ['consent-with-reason'], 'remove-tags': ['apply-tags'] }[id] ?? [];
		const { results, left } = await writingResults(
			account(),
			writing.filter((one) => one.id === id || earlier.includes(one.id)),
		);
		expect(verdicts(results)[id]).toMatch(/^different/);
		expect(left).toEqual([]);
		expect(sandbox.state.contacts.size).toBe(25);
	});

	test('in all points at once nothing of the others is taken for what it is not', async () => {
		for (const id of reading.map((one) => one.id)) sandbox.state.otherwise.add(id);
		const results = await readingResults(account());
		expect(results.filter(({ verdict }) => verdict === 'as believed')).toEqual([]);
	});

	test('there is a switch for each question, and no other', () => {
		expect(Object.keys(OTHERWISE).sort()).toEqual([...reading, ...writing].map(({ id }) => id).sort());
	});
});

describe('what proves nothing is unknown', () => {
	test('an empty account', async () => {
		const empty = await startSandbox({ keys: { [KEY]: 'full' }, seed: false, limits: LIMITS });
		const results = await readingResults(account(empty.url));
		expect(results.filter(({ verdict }) => verdict === 'different').map(({ assumption }) => assumption.id)).toEqual([]);
		expect(verdicts(results)['order-by-id']).toBe('unknown: fewer than two contacts');
		await empty.close();
	});

	test('a key that may do little', async () => {
		const limited = await startSandbox({ keys: { [KEY]: 'limited' }, limits: LIMITS });
		expect(verdicts(await readingResults(account(limited.url)))['page-size-users']).toBe('unknown: the key may not see this (403)');
		const { results } = await writingResults(account(limited.url), writing.slice(0, 2));
		expect(results.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown']);
		await limited.close();
	});

	test('a Keap that does not answer, and a probe that fails: the reason stays unsaid', async () => {
		const [model] = reading;
		if (!model) throw new Error('Nothing is asked');
		const failing = (error: Error) => ({ ...model, reads: async () => await Promise.reject(error) });
		const results = await readingResults(account(), [failing(new NoAnswer('to Ada')), failing(new Error('Ada is no list'))]);
		expect(results.map(({ verdict, seen }) => [verdict, seen])).toEqual([
			['unknown', 'Keap gave no answer'],
			['unknown', 'the question could not be asked'],
		]);
	});
});

describe('the report', () => {
	test('holds nothing of the account and no key, whatever a record says', async () => {
		const secrets = ['Ada', 'adams.example', 'Bread', 'Nickname', 'Prospect', '4.50', KEY];
		const report = reportOf([...(await readingResults(account())), ...(await writingResults(account())).results], KEY);
		for (const secret of secrets) expect([secret, report.includes(secret)]).toEqual([secret, false]);
	});

	test('has what needs attention first, and counts', async () => {
		sandbox.state.otherwise.add('v2-ids');
		const report = reportOf(
			await readingResults(
				account(),
				reading.filter(({ id }) => /^v[12]-/.test(id)),
			),
			KEY,
		);
		const rows = report.split('\n');
		expect(rows.slice(0, 3)).toEqual([
			'| check | question | verdict | seen |',
			'| --- | --- | --- | --- |',
			expect.stringMatching(/^\| v2-ids \| .*\? \| different \| number \|$/),
		]);
		expect(rows.at(-1)).toBe('3 as believed, 1 different, 0 unknown.');
	});

	test.each([
		[`the key ${KEY}`, 'the key ***'],
		['ada@adams.example was there', '*** was there'],
		['at https://keap.example/x?y', 'at ***'],
		['a | b\nc', 'a   b c'],
	])('%j becomes %j', (text, cleaned) => expect(clean(text, KEY)).toBe(cleaned));
});

describe('the assumptions', () => {
	test('have names of their own and rest on what is there', () => {
		expect(new Set(ASSUMPTIONS.map(({ id }) => id)).size).toBe(ASSUMPTIONS.length);
		expect(ASSUMPTIONS.flatMap(({ restsOn }) => restsOn).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
	});

	test('are what docs/assumptions.md says', () => {
		expect(readFileSync(join(ROOT, 'docs/assumptions.md'), 'utf8')).toBe(assumptionsPage());
	});
});
