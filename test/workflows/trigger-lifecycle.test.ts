import { stageForEachTest } from './trigger-helpers';

const HOOKS = '/crm/rest/v1/hooks';
const EVENTS = ['contact.add', 'contactGroup.applied'];

describe('the hooks of the Keap Trigger', () => {
	const stage = stageForEachTest();
	const hooksAt = (url: string) => [...stage().keap.sandbox.state.hooks.all.values()].filter(({ hookUrl }) => hookUrl.startsWith(url));

	it('are made and verified on activation, one an event, and removed on deactivation', async () => {
		const live = await stage().activate({ events: EVENTS });
		expect(stage().hooks()).toEqual(['contact.add Verified', 'contactGroup.applied Verified']);
		expect(hooksAt(`${live.url}/webhook/path-one/webhook?`)).toHaveLength(2);
		expect(stage().newCalls().sort()).toEqual([`GET ${HOOKS}`, `GET ${HOOKS}`, `POST ${HOOKS}`, `POST ${HOOKS}`]);
		await live.deactivate();
		expect(stage().hooks()).toEqual([]);
		await live.deactivate();
		expect(stage().hooks()).toEqual([]);
	});

	it.each([404, 410])('that are gone already are fine when they are to be removed (%i)', async (status) => {
		const live = await stage().activate({ events: EVENTS });
		stage().keap.sandbox.fault({ method: 'DELETE', path: /hooks\/\d+$/ }, { kind: 'status', status });
		await live.deactivate();
		expect(stage().hooks()).toHaveLength(1);
	});

	it('cost one call when they are there already, and survive a restart', async () => {
		const live = await stage().activate({ events: EVENTS });
		const { port, staticData } = live;
		await live.stop();
		stage().newCalls();
		const again = await stage().open({ events: EVENTS }, { port, staticData });
		expect(await again.activate('init')).toBe(true);
		expect(stage().newCalls()).toEqual([`GET ${HOOKS}`]);
		expect((await stage().deliver('contact.add', [{ id: 1 }])).status).toBe(200);
		expect(again.executions).toHaveLength(1);
	});

	it.each(['before', 'after'] as const)('are verified when Keap calls %s it answers', async (order) => {
		stage().keap.sandbox.state.hooks.handshakeOrder = order;
		await stage().activate({ events: EVENTS });
		expect(stage().hooks()).toEqual(['contact.add Verified', 'contactGroup.applied Verified']);
	});

	it.each(['X-HOOK-SECRET', 'x-hook-secret'])('are verified by a header written %s', async (header) => {
		stage().keap.sandbox.state.hooks.secretHeader = header;
		await stage().activate({ events: ['contact.add'] });
		expect(stage().hooks()).toEqual(['contact.add Verified']);
	});

	it('are verified later with the secret when a proxy loses our answer', async () => {
		await stage().activate({ events: ['contact.add'] }, { loseHeaders: true });
		expect(stage().hooks()).toEqual(['contact.add Verified']);
		expect(
			stage()
				.newCalls()
				.filter((call) => call.endsWith('/delayedVerify')),
		).toHaveLength(1);
	});

	it("are left as they were when Keap can't reach n8n, and the error says what to do", async () => {
		const live = await stage().open({ events: EVENTS }, { listening: false });
		const failure = await live
			.activate()
			.catch((error: Error & { description?: string }) => `${error.message} | ${error.description ?? ''}`);
		expect(failure).toMatch(
			/could not verify the webhook for Contact Created, Tag Applied to Contact: .*WEBHOOK_URL.*Keap Polling Trigger.* \| /,
		);
		expect(failure).not.toContain('token');
		expect(stage().hooks()).toEqual([]);
	});

	it('are left unverified, not given up, while n8n itself is starting', async () => {
		const live = await stage().open({ events: ['contact.add'] }, { listening: false });
		await live.activate('init');
		expect(stage().hooks()).toEqual(['contact.add Unverified']);
		live.listening = true;
		await live.activate();
		expect(stage().hooks()).toEqual(['contact.add Verified']);
	});

	it('are verified again, and not made twice, when they are inactive or unverified', async () => {
		const live = await stage().activate({ events: EVENTS });
		const [one, two] = hooksAt(live.url);
		one!.status = 'Inactive';
		two!.status = 'Unverified';
		expect(await live.activate()).toBe(false);
		expect(hooksAt(live.url)).toEqual([
			expect.objectContaining({ key: one!.key, status: 'Verified' }),
			expect.objectContaining({ key: two!.key, status: 'Verified' }),
		]);
	});

	it('are exactly those of the events chosen now when these change while the workflow is active', async () => {
		const { port, staticData, ...live } = await stage().activate({ events: ['contact.add', 'contact.edit'] });
		await live.stop();
		const changed = await stage().open({ events: ['contact.edit', 'order.add'] }, { port, staticData });
		await changed.activate('update');
		expect(stage().hooks()).toEqual(['contact.edit Verified', 'order.add Verified']);
	});

	it('are cleaned of what an earlier activation left, and of nothing else', async () => {
		const { hooks } = stage().keap.sandbox.state;
		const other = await stage().activate({ events: ['contact.add'] }, {}, 'other');
		const live = await stage().open({ events: ['contact.add'] }, {}, 'one');
		const webhookUrl = `${live.url}/webhook/path-one/webhook`;
		const foreign = [
			'https://crm.example/hook',
			`${live.url}/webhook/path-one-more/webhook`,
			`${live.url}/webhook-test/path-one/webhook`,
			'https://clone.example/webhook/path-one/webhook',
		];
		for (const url of [...foreign, `${webhookUrl}?event=contact.add&token=former`, webhookUrl]) hooks.add('contact.add', url);
		await live.activate();
		expect(hooksAt(webhookUrl)).toEqual([expect.objectContaining({ eventKey: 'contact.add', status: 'Verified' })]);
		await live.deactivate();
		expect([...hooks.all.values()].map(({ hookUrl }) => hookUrl)).toEqual([
			expect.stringContaining(`${other.url}/webhook/path-other/webhook`),
			...foreign,
		]);
	});

	it('of a test go to the test address and leave those of production alone', async () => {
		const live = await stage().activate({ events: ['contact.add'] });
		const listener = await stage().activate({ events: ['contact.add'] }, { test: true });
		expect(hooksAt(`${listener.url}/webhook-test/path-one/webhook?`)).toEqual([expect.objectContaining({ status: 'Verified' })]);
		expect(listener.schedule).toEqual([]);
		await listener.deactivate();
		expect(hooksAt(live.url)).toHaveLength(1);
		expect(stage().hooks()).toEqual(['contact.add Verified']);
	});

	it('go although the test listener was closed before Keap called', async () => {
		stage().keap.sandbox.state.hooks.handshakeOrder = 'after';
		const listener = await stage().open({ events: ['contact.add'] }, { test: true, listening: false });
		await expect(listener.activate()).rejects.toThrow('could not verify');
		await listener.deactivate();
		expect(stage().hooks()).toEqual([]);
	});

	it("fail with Keap's own error for a wrong key, and leave nothing", async () => {
		stage().keap.setCredential({ apiKey: 'wrong-key' });
		await expect(stage().activate({ events: EVENTS })).rejects.toMatchObject({ name: 'NodeApiError', httpCode: '401' });
		expect(stage().hooks()).toEqual([]);
	});

	it('that could be made are removed again when one of them could not', async () => {
		stage().keap.sandbox.fault({ method: 'POST', path: HOOKS, after: 1 }, { kind: 'status', status: 400 });
		await expect(stage().activate({ events: EVENTS })).rejects.toThrow('Keap did not accept');
		expect(stage().hooks()).toEqual([]);
	});

	it('keep working when the key was replaced: their address stays', async () => {
		const live = await stage().activate({ events: ['contact.add'] });
		stage().keap.setCredential({ apiKey: 'limited-key' });
		expect((await stage().deliver('contact.add', [{ id: 1 }])).status).toBe(200);
		expect(live.executions).toHaveLength(1);
		expect(await live.activate()).toBe(true);
	});
});

describe('the health of the hooks', () => {
	const stage = stageForEachTest();
	// Jest's own time limit ends a wait in vain.
	const until = async (isDone: () => boolean) => {
		while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 10));
	};

	it('is checked every six hours for one call', async () => {
		const live = await stage().activate({ events: EVENTS });
		expect(live.schedule).toEqual([expect.stringMatching(/^\d+ \d+ \*\/6 \* \* \*$/)]);
		stage().newCalls();
		live.tick();
		await until(() => stage().keap.sandbox.calls.at(-1)?.status === 200 && stage().keap.sandbox.calls.at(-1)?.method === 'GET');
		expect(stage().newCalls()).toEqual([`GET ${HOOKS}`]);
		expect(live.failures).toEqual([]);
	});

	// n8n asks about hooks when it starts, but not in every setting; either way the user is informed.
	it.each(['init', undefined] as const)(
		'is checked after a start of n8n, when Keap may have given up meanwhile (%s)',
		async (activation) => {
			const { port, staticData, ...first } = await stage().activate({ events: ['contact.add', 'order.add'] });
			await first.stop();
			const [one] = stage().keap.sandbox.state.hooks.all.values();
			one!.status = 'Inactive';
			const timers = jest.spyOn(globalThis, 'setTimeout');
			const again = await stage().open({ events: ['contact.add', 'order.add'] }, { port, staticData });
			await (activation ? again.activate(activation) : again.start());
			// The last one: requests have deadlines, too.
			const soon = timers.mock.calls.filter(([, ms]) => (ms ?? 0) >= 60_000 && (ms ?? 0) < 120_000).at(-1);
			timers.mockRestore();
			expect(again.failures).toEqual([]);
			soon?.[0]();
			await until(() => again.failures.length > 0);
			expect(again.failures[0]).toMatchObject({
				message: 'Keap had stopped sending: Contact Created',
				description: expect.stringMatching(/^Sending again: Contact Created\./),
			});
			expect(stage().hooks()).toEqual(['contact.add Verified', 'order.add Verified']);
		},
	);

	it('comes back by itself after Keap gave up, and the user sees it', async () => {
		const live = await stage().activate({ events: ['contact.add'] });
		const { hooks } = stage().keap.sandbox.state;
		live.listening = false;
		hooks.raise('contact.add', { id: 1 });
		await hooks.quiet();
		expect(hooks.deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([1, 2, 3, 4].map((attempt) => [attempt, 404]));
		expect(stage().hooks()).toEqual(['contact.add Inactive']);
		live.listening = true;
		live.tick();
		await until(() => live.failures.length > 0);
		expect(stage().hooks()).toEqual(['contact.add Verified']);
		expect(live.failures[0]).toMatchObject({
			message: 'Keap had stopped sending: Contact Created',
			description: expect.stringMatching(/^Sending again: Contact Created\. .* use the Keap Polling Trigger/),
		});
	});

	it('that stays silent is tried again the next time, and the report says so', async () => {
		const live = await stage().activate({ events: ['contact.add'] });
		for (const hook of stage().keap.sandbox.state.hooks.all.values()) hook.status = 'Inactive';
		live.listening = false;
		live.tick();
		await until(() => live.failures.length > 0);
		expect(live.failures[0]).toMatchObject({
			description: expect.stringMatching(/^Still silent, and tried again in 6 hours: Contact Created\./),
		});
		live.listening = true;
		live.tick();
		await until(() => live.failures.length > 1);
		expect(stage().hooks()).toEqual(['contact.add Verified']);
	});

	it('is reported on n8n 1.x too: by an execution that fails', async () => {
		const live = await stage().activate({ events: ['contact.add'] }, { previousLine: true });
		stage().keap.sandbox.state.hooks.all.clear();
		live.tick();
		await until(() => live.executions.length > 0);
		const { status, error } = await live.executions[0]!;
		expect([status, error?.message]).toEqual(['error', 'Keap had stopped sending: Contact Created']);
		expect(error?.description).toContain('Keap Polling Trigger');
	});

	it('makes a hook again that somebody deleted', async () => {
		const live = await stage().activate({ events: ['contact.add'] });
		stage().keap.sandbox.state.hooks.all.clear();
		live.tick();
		await until(() => live.failures.length > 0);
		expect(stage().hooks()).toEqual(['contact.add Verified']);
	});

	it("is nobody's business after deactivation: a check that is still due makes no hooks", async () => {
		const live = await stage().activate({ events: ['contact.add'] });
		await live.deactivate();
		stage().newCalls();
		live.tick();
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(stage().newCalls()).toEqual([]);
		expect(stage().hooks()).toEqual([]);
		const again = await stage().open({ events: ['contact.add'] }, { staticData: live.staticData });
		await again.start();
		again.tick();
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(stage().newCalls()).toEqual([]);
	});

	it('is asked again later when Keap does not answer, and nothing breaks', async () => {
		const live = await stage().activate({ events: ['contact.add'] });
		stage().keap.sandbox.fault({ path: HOOKS }, { kind: 'status', status: 400 });
		stage().newCalls();
		live.tick();
		await until(() => stage().newCalls().length > 0);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(live.failures).toEqual([]);
		expect(stage().hooks()).toEqual(['contact.add Verified']);
	});
});
