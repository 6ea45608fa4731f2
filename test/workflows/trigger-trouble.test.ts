import type { INodeParameters } from 'n8n-workflow';
import type { Fault, FaultMatch } from '../sandbox';
import { randomFrom } from '../polling/simulatedList';
import { stageForEachTest } from './trigger-helpers';

const HOOKS = '/crm/rest/v1/hooks';
const CREATE: FaultMatch = { method: 'POST', path: HOOKS };
const REMOVE: FaultMatch = { method: 'DELETE', path: /\/hooks\/\d+$/ };

describe('the life cycle of the hooks, when Keap fails in the middle of it', () => {
	const stage = stageForEachTest();
	const creations = () =>
		stage()
			.newCalls()
			.filter((call) => call === `POST ${HOOKS}`).length;

	it.each<Fault>([{ kind: 'resetAfter' }, { kind: 'badJson' }, { kind: 'truncate' }])(
		'finds the hook that Keap has made when its answer is lost: %j',
		async (fault) => {
			stage().keap.sandbox.fault(CREATE, fault);
			await stage().activate({ events: ['contact.add'] });
			expect(stage().hooks()).toEqual(['contact.add Verified']);
			expect(creations()).toBe(1);
		},
	);

	it('takes the hook that somebody else has made meanwhile, such as another n8n of the same account', async () => {
		const live = await stage().activate({ events: ['contact.add'] });
		stage().keap.sandbox.fault({ method: 'GET', path: HOOKS, times: 2 }, { kind: 'status', status: 200, body: '[]' });
		expect(await live.activate()).toBe(false);
		expect(stage().hooks()).toEqual(['contact.add Verified']);
	});

	it.each([302, 408])('finds the hook that is there where an answer leaves open whether it was made: %d', async (status) => {
		const live = await stage().activate({ events: ['contact.add'] });
		stage().keap.sandbox.fault({ method: 'GET', path: HOOKS, times: 2 }, { kind: 'status', status: 200, body: '[]' });
		stage().keap.sandbox.fault(CREATE, { kind: 'status', status, headers: { location: '/elsewhere' } });
		expect(await live.activate()).toBe(false);
		expect(stage().hooks()).toEqual(['contact.add Verified']);
	});

	it.each([
		'{"fault":{"faultstring":"Internal"}}',
		'{"code":500,"message":"Something went wrong","status":"ERROR","details":[]}',
		'{"hooks":null}',
		'{"message":"try later"}',
		'[{"message":"try later"}]',
		'{}',
		'null',
		'"hooks"',
	])('makes no second hook because a list of hooks is none: %s', async (body) => {
		const live = await stage().activate({ events: ['contact.add'] });
		const before = stage().hooks();
		stage().keap.sandbox.fault({ method: 'GET', path: HOOKS, times: Infinity }, { kind: 'status', status: 200, body });
		stage().newCalls();
		await expect(live.activate()).rejects.toThrow(/Keap/);
		live.tick();
		await new Promise((resolve) => setTimeout(resolve, 50));
		await expect(live.deactivate()).rejects.toThrow(/Keap/);
		expect(
			stage()
				.newCalls()
				.every((call) => call === `GET ${HOOKS}`),
		).toBe(true);
		expect(stage().hooks()).toEqual(before);
		expect(live.failures).toEqual([]);
	});

	it('takes an empty list, bare or by its name, for no hooks', async () => {
		stage().keap.sandbox.fault({ method: 'GET', path: HOOKS, times: 2 }, { kind: 'status', status: 200, body: '{"hooks":[]}' });
		await stage().activate({ events: ['contact.add'] });
		expect(stage().hooks()).toEqual(['contact.add Verified']);
	});

	it('does not look for a hook that Keap refused to make', async () => {
		stage().keap.sandbox.fault(CREATE, { kind: 'status', status: 403 });
		await expect(stage().activate({ events: ['contact.add'] })).rejects.toMatchObject({ httpCode: '403' });
		expect(stage().newCalls()).toEqual([`GET ${HOOKS}`, `GET ${HOOKS}`, `POST ${HOOKS}`]);
	});

	it("keeps what works when a leftover can't be removed, and removes it the next time", async () => {
		const live = await stage().activate({ events: ['contact.add'] });
		const { hooks } = stage().keap.sandbox.state;
		hooks.add('contact.edit', `${live.url}/webhook/path-one/webhook?event=contact.edit&token=former`);
		stage().keap.sandbox.fault(REMOVE, { kind: 'status', status: 500 });
		await live.activate();
		expect(stage().hooks()).toEqual(['contact.add Verified', 'contact.edit Unverified']);
		await live.activate();
		expect(stage().hooks()).toEqual(['contact.add Verified']);
	});

	it('removes all it can on deactivation, says that something is left, and removes the rest the next time', async () => {
		const live = await stage().activate({ events: ['contact.add', 'contact.edit', 'order.add'] });
		stage().keap.sandbox.fault(REMOVE, { kind: 'status', status: 500 });
		await expect(live.deactivate()).rejects.toMatchObject({ httpCode: '500' });
		expect(stage().hooks()).toHaveLength(1);
		await live.deactivate();
		expect(stage().hooks()).toEqual([]);
	});

	it('takes a hook whose address Keap writes in its own way for what it is', async () => {
		const live = await stage().activate({ events: ['contact.add'] });
		const [hook] = stage().keap.sandbox.state.hooks.all.values();
		const url = new URL(hook!.hookUrl);
		hook!.hookUrl = `${url.origin}${url.pathname}?token=${url.searchParams.get('token')}&event=${url.searchParams.get('event')?.replace('.', '%2E')}`;
		expect(await live.activate()).toBe(true);
	});

	it.each([1, 2, 3, 4, 5, 6])('ends with exactly the right hooks, whatever happened before (history %i)', async (seed) => {
		const random = randomFrom(seed);
		const { sandbox } = stage().keap;
		const { hooks } = sandbox.state;
		const foreign = ['https://crm.example/hook', 'https://clone.example/webhook/path-one/webhook'].map((url) =>
			hooks.add('contact.add', url),
		);
		const choices = [['contact.add'], ['contact.add', 'order.add'], ['order.add', 'contactGroup.applied', 'contact.edit']];
		let events = choices[0]!;
		let live = await stage().open({ events });
		const mine = () => [...hooks.all.values()].filter(({ hookUrl }) => hookUrl.startsWith(live.url));
		const kinds: Fault[] = [{ kind: 'status', status: 400 }, { kind: 'resetAfter' }, { kind: 'badJson' }];
		const steps: Array<() => unknown> = [
			async () => await live.activate(),
			async () => await live.deactivate(),
			async () => await live.call('create'),
			async () => await live.call('checkExists'),
			() =>
				sandbox.fault(
					{ method: ['GET', 'POST', 'DELETE'][random(3)], path: /\/v1\/hooks/, after: random(3) },
					kinds[random(kinds.length)]!,
				),
			() => (live.listening = random(4) > 0),
			() => mine().forEach((hook) => (hook.status = (['Inactive', 'Unverified', 'Verified'] as const)[random(3)]!)),
			() =>
				mine()
					.slice(0, 1)
					.forEach(({ key }) => hooks.all.delete(key)),
			async () => {
				const { port, staticData } = live;
				await live.stop();
				events = choices[random(choices.length)]!;
				live = await stage().open({ events }, { port, staticData: random(5) === 0 ? {} : staticData });
			},
		];
		for (let count = 0; count < 10; count++)
			await Promise.resolve(steps[random(steps.length)]!()).catch((error: Error) =>
				expect(error.name).toMatch(/^Node(Api|Operation)Error$/),
			);
		sandbox.clearFaults();
		live.listening = true;

		await live.activate();
		expect(
			mine()
				.map(({ eventKey, status }) => `${eventKey} ${status}`)
				.sort(),
		).toEqual(events.map((event) => `${event} Verified`).sort());
		expect(await live.activate()).toBe(true);
		for (const event of events)
			expect(
				(
					await fetch(mine().find(({ eventKey }) => eventKey === event)!.hookUrl, {
						method: 'POST',
						headers: { 'content-type': 'application/json' },
						body: JSON.stringify({ event_key: event, object_keys: [{ id: 1 }] }),
					})
				).status,
			).toBe(200);
		expect(live.executions).toHaveLength(events.length);
		await live.deactivate();
		expect([...hooks.all.values()]).toEqual(foreign);
	});
});

describe("what can't be used in the form", () => {
	const stage = stageForEachTest();

	it.each<[string, INodeParameters, RegExp]>([
		['no event', { events: [] }, /^Events has no event in it$/],
		['an expression that gives none', { events: '={{ undefined }}' }, /^Events has no event in it$/],
		['an other event that was not chosen', { events: ['other'], otherEvents: [] }, /^Other Event Names or IDs has no event in it$/],
		[
			'an other event that is none',
			{ events: ['other'], otherEvents: ['x'] },
			/^Other Event Names or IDs is not the key of an event: "x"$/,
		],
		[
			'an amount that is none',
			{ events: ['invoice.payment.add'], filters: { minimumAmount: '={{ "many" }}' } },
			/^Minimum Amount of Payments /,
		],
		['an event that is none', { events: ['contact'] }, /^Events is not the key of an event: "contact"$/],
		[
			'a tag by name',
			{ events: ['contactGroup.applied'], filters: { tags: ['Customer'] } },
			/^Tag Names or IDs is not a Keap ID: "Customer"$/,
		],
		[
			'a stage by name',
			{ events: ['opportunity.add'], filters: { stages: '={{ "New" }}' } },
			/^Opportunity Stage Names or IDs is not a Keap ID: "New"$/,
		],
		[
			'a user by name',
			{ events: ['contact.add'], filters: { ignoredUsers: ['me'] } },
			/^Ignored User Names or IDs is not a Keap ID: "me"$/,
		],
		[
			'a window of nothing',
			{ events: ['contact.add'], options: { dedupeWindow: 0 } },
			/^Remember Changes For \(Minutes\) must be 1 or more, not 0$/,
		],
		['duplicates of another kind', { events: ['contact.add'], options: { dropDuplicates: 'all' } }, /^Drop Duplicates must be one of /],
	])('is refused with its name before a call is spent: %s', async (_what, parameters, message) => {
		await expect(stage().activate(parameters)).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(message),
		});
		expect(stage().newCalls()).toEqual([]);
	});

	it('takes lists from expressions as text and as a number', async () => {
		const live = await stage().activate({
			events: '={{ "contact.edit, contactGroup.applied" }}',
			fetchRecord: false,
			filters: { tags: '={{ 7 }}' },
		});
		expect(stage().hooks()).toEqual(['contact.edit Verified', 'contactGroup.applied Verified']);
		await stage().deliver('contactGroup.applied', [{ tagId: 8, applied: [1] }]);
		expect(live.executions).toHaveLength(0);
		await stage().deliver('contactGroup.applied', [{ tagId: 7, applied: [1] }]);
		expect(live.executions).toHaveLength(1);
	});
});
