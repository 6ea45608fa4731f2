import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startSandbox, type Sandbox } from '..';
import { call } from '../client';
import type { Hook } from './hooks';

const HOOKS = '/crm/rest/v1/hooks';

describe("the sandbox's REST hooks", () => {
	let sandbox: Sandbox;
	let receiver: Server;
	let hookUrl: string;
	/** How the receiver answers deliveries. */
	let status: number;
	let echo: boolean;
	let bodies: Array<{ event_key: string; object_keys: Array<Record<string, unknown>> }>;

	beforeEach(async () => {
		sandbox = await startSandbox({
			hookTimes: { attemptsMs: [5, 10, 10, 10], timeoutMs: 1_000 },
			limits: { perSecond: Infinity, perMinute: Infinity },
		});
		[status, echo, bodies] = [200, true, []];
		receiver = createServer((request, response) => {
			const secret = request.headers['x-hook-secret'];
			if (typeof secret === 'string') return void response.writeHead(200, echo ? { 'X-Hook-Secret': secret } : {}).end();
			void text(request).then((body) => {
				bodies.push(JSON.parse(body) as (typeof bodies)[number]);
				if (status > 0) response.writeHead(status).end();
			});
		}).listen(0, '127.0.0.1');
		await new Promise((resolve) => receiver.once('listening', resolve));
		hookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
	});
	afterEach(async () => {
		await sandbox.close();
		receiver.close();
		receiver.closeAllConnections();
	});

	const subscribe = async (eventKey: string) => (await call(sandbox, 'POST', HOOKS, { body: { eventKey, hookUrl } })).body as Hook;
	const statusOf = async ({ key }: Hook) => ((await call(sandbox, 'GET', `${HOOKS}/${key}`)).body as Hook).status;
	const events = () => bodies.map(({ event_key: key, object_keys: objects }) => [key, objects.length]);

	it('name their events', async () => {
		expect((await call(sandbox, 'GET', `${HOOKS}/event_keys`)).body).toEqual(
			expect.arrayContaining(['contact.add', 'contactGroup.applied', 'invoice.payment.add', 'opportunity.stage_move', 'task.complete']),
		);
		sandbox.state.hooks.eventKeys = ['affiliate.add'];
		expect((await call(sandbox, 'GET', `${HOOKS}/event_keys`)).body).toEqual(['affiliate.add']);
		expect((await subscribe('affiliate.add')).eventKey).toBe('affiliate.add');
	});

	it('are verified by a receiver that sends the secret back, and by no other', async () => {
		expect((await subscribe('contact.add')).status).toBe('Verified');
		echo = false;
		const silent = await subscribe('contact.edit');
		expect(silent.status).toBe('Unverified');
		const reply = await call(sandbox, 'POST', `${HOOKS}/${silent.key}/delayedVerify`, { headers: { 'X-Hook-Secret': 'guessed' } });
		expect([reply.status, await statusOf(silent)]).toEqual([400, 'Unverified']);
		echo = true;
		await call(sandbox, 'POST', `${HOOKS}/${silent.key}/verify`);
		expect(await statusOf(silent)).toBe('Verified');
	});

	it.each([
		['an unknown event', { eventKey: 'contact.eaten', hookUrl: 'https://example.com' }, 400],
		['no address', { eventKey: 'contact.add', hookUrl: 'example' }, 400],
		['an unknown field', { eventKey: 'contact.add', hookUrl: 'https://example.com', secret: 'x' }, 400],
	])('refuse %s', async (_what, body, expected) => {
		expect((await call(sandbox, 'POST', HOOKS, { body })).status).toBe(expected);
	});

	it('refuse a second one for the same, and are gone after their deletion', async () => {
		const hook = await subscribe('contact.add');
		expect((await call(sandbox, 'POST', HOOKS, { body: { eventKey: 'contact.add', hookUrl } })).status).toBe(409);
		expect((await call(sandbox, 'DELETE', `${HOOKS}/${hook.key}`)).status).toBe(204);
		expect((await call(sandbox, 'DELETE', `${HOOKS}/${hook.key}`)).status).toBe(404);
	});

	it('report what is changed through the API, once it is', async () => {
		for (const event of ['contact.add', 'contact.edit', 'contact.delete', 'contactGroup.applied', 'contactGroup.removed'])
			await subscribe(event);
		const { id } = (
			await call(sandbox, 'POST', '/contacts', {
				body: { given_name: 'A', email_addresses: [{ email: 'a@example.com', field: 'EMAIL1' }] },
			})
		).body as { id: string };
		await call(sandbox, 'PATCH', `/contacts/${id}`, { body: { given_name: 'B' }, query: 'update_mask=given_name' });
		await call(sandbox, 'POST', '/tags/501/contacts:applyTags', { body: { contact_ids: [id] } });
		await call(sandbox, 'POST', '/tags/501/contacts:removeTags', { body: { contact_ids: [id] } });
		await call(sandbox, 'DELETE', `/contacts/${id}`);
		await sandbox.state.hooks.quiet();
		expect(events().sort()).toEqual([
			['contact.add', 1],
			['contact.delete', 1],
			['contact.edit', 1],
			['contactGroup.applied', 1],
			['contactGroup.removed', 1],
		]);
		expect(bodies.find(({ event_key: key }) => key === 'contactGroup.applied')?.object_keys[0]).toMatchObject({
			tagId: 501,
			applied: [Number(id)],
		});
	});

	it("report an opportunity's move, besides its edit", async () => {
		for (const event of ['opportunity.edit', 'opportunity.stage_move']) await subscribe(event);
		const opportunities = sandbox.state.collection('/crm/rest/v2/opportunities');
		const record = opportunities.add({ opportunity_title: 'Deal', stage_id: '91' });
		opportunities.set(record.id, { ...record, opportunity_title: 'Bigger deal' });
		opportunities.set(record.id, { ...record, stage_id: '92' });
		await sandbox.state.hooks.quiet();
		expect(events().sort()).toEqual([
			['opportunity.edit', 2],
			['opportunity.stage_move', 1],
		]);
	});

	it('report that a task is completed, and that it is not', async () => {
		for (const event of ['task.complete', 'task.incomplete']) await subscribe(event);
		const tasks = sandbox.state.collection('/crm/rest/v2/tasks');
		const task = tasks.add({ title: 'Call' });
		tasks.set(task.id, { ...task, completed: true });
		tasks.set(task.id, { ...task, completed: true, title: 'Call back' });
		tasks.set(task.id, { ...task, completed: false });
		await sandbox.state.hooks.quiet();
		expect(events().sort()).toEqual([
			['task.complete', 1],
			['task.incomplete', 1],
		]);
	});

	it('put at most 1,000 objects into a delivery', async () => {
		await subscribe('contact.add');
		sandbox.state.addContacts(2_300);
		await sandbox.state.hooks.quiet();
		expect(events().map(([, count]) => count)).toEqual([1_000, 1_000, 300]);
	});

	it.each([
		['500', 500, 4],
		['no answer in time', 0, 4],
		['410', 410, 1],
	])('try four times, or once after a 410, and then give up: %s', async (_what, answer, attempts) => {
		const hook = await subscribe('contact.add');
		status = answer;
		sandbox.state.addContacts(1);
		await sandbox.state.hooks.quiet();
		expect(bodies).toHaveLength(attempts);
		expect(await statusOf(hook)).toBe('Inactive');
		status = 200;
		sandbox.state.addContacts(1);
		await sandbox.state.hooks.quiet();
		expect(bodies).toHaveLength(attempts);
	});

	it('are quiet after one success', async () => {
		const hook = await subscribe('contact.add');
		status = 503;
		sandbox.state.addContacts(1);
		while (bodies.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
		status = 200;
		await sandbox.state.hooks.quiet();
		expect(bodies).toHaveLength(2);
		expect(await statusOf(hook)).toBe('Verified');
	});
});
