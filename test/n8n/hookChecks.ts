import { LiveWorkflow, newContact, until } from './live';
import type { Stage } from './stage';

const EVENTS = ['contact.add', 'contactGroup.applied'];

/** What must hold of the Keap Trigger in every n8n that we support. */
export function describeHookChecks(stage: () => Stage): void {
	describe('Keap Trigger', () => {
		let live: LiveWorkflow;
		beforeAll(async () => {
			live = await LiveWorkflow.store(stage(), {
				name: 'New Contact',
				type: 'n8n-nodes-keap.keapTrigger',
				webhookId: 'a-path-of-its-own',
				parameters: { events: EVENTS },
			});
		});

		const all = () => [...stage().sandbox.state.hooks.all.values()];
		const hooks = () =>
			all()
				.map(({ eventKey, status }) => `${eventKey} ${status}`)
				.sort();
		const bothVerified = EVENTS.map((event) => `${event} Verified`);
		const inOrder = async () =>
			await until(
				() => hooks().join() === bothVerified.join(),
				() => `Keap has: ${hooks().join(', ')}`,
			);

		it('takes a test event at the test address, and leaves no hook behind', async () => {
			await live.listen();
			await inOrder();
			expect(all().every(({ hookUrl }) => hookUrl.startsWith(`${stage().n8n.url}/webhook-test/`))).toBe(true);
			const [item] = await live.itemsAfter(async () => await newContact(stage(), 'Test'));
			expect(item).toMatchObject({ event_key: 'contact.add', record: { given_name: 'Test' } });
			await until(
				() => hooks().length === 0,
				() => `Keap has: ${hooks().join(', ')}`,
			);
		});

		it('shakes hands with Keap when the workflow is activated', async () => {
			await live.activate();
			await inOrder();
			expect(all().every(({ hookUrl }) => hookUrl.startsWith(`${stage().n8n.url}/webhook/`))).toBe(true);
		});

		it('starts an execution with the record in it', async () => {
			const [item] = await live.itemsAfter(async () => await newContact(stage(), 'Ada'));
			expect(item).toMatchObject({
				event_key: 'contact.add',
				record: { given_name: 'Ada', email: 'Ada@example.com' },
			});
		});

		it('takes a delivery of 1,000 objects, answers each within a second, and fetches a hundred records a call', async () => {
			const { calls, state } = stage().sandbox;
			const before = calls.length;
			// Who waited for the records would answer too late.
			stage().sandbox.fault({ path: /\/contacts$/, times: 10 }, { kind: 'slow', ms: 1_500 });
			const items = await live.itemsAfter(() => state.addContacts(1_000));
			expect(items.filter(({ record, id }) => (record as { id?: string } | null)?.id === String(id))).toHaveLength(1_000);
			expect(calls.length - before).toBe(10);
			expect(state.hooks.deliveries.filter(({ status, ms }) => status !== 200 || ms > 1_000)).toEqual([]);
		});

		it('says nothing to a caller without the token, and starts nothing', async () => {
			const before = await live.executions();
			const [{ hookUrl } = { hookUrl: '' }] = all();
			const send = async (url: string, headers = {}) => {
				const answer = await fetch(url, {
					method: 'POST',
					headers: { 'content-type': 'application/json', ...headers },
					body: JSON.stringify({ event_key: 'contact.add', object_keys: [{ id: 1 }] }),
				});
				return [answer.status, answer.headers.get('x-hook-secret')];
			};
			expect(await send(hookUrl.split('?')[0]!, { 'x-hook-secret': 'abc' })).toEqual([404, null]);
			expect(await send(hookUrl.replace(/token=./, 'token=~'))).toEqual([404, null]);
			expect(await send(hookUrl.replace('/webhook/', '/webhook/not-'))).toEqual([404, null]);
			expect(await live.executions()).toEqual(before);
		});

		it('keeps its hooks over a restart of n8n', async () => {
			const before = all();
			await stage().restart();
			expect(all()).toEqual(before);
			const [item] = await live.itemsAfter(async () => await newContact(stage(), 'Grace'));
			expect(item).toMatchObject({ record: { given_name: 'Grace' } });
		});

		it('has exactly the hooks of the events that are chosen, when these change while the workflow is active', async () => {
			await live.change({ events: ['contactGroup.applied', 'contact.edit'] });
			await until(
				() => hooks().join() === 'contact.edit Verified,contactGroup.applied Verified',
				() => `Keap has: ${hooks().join(', ')}`,
			);
			const [item] = await live.itemsAfter(() => stage().sandbox.state.hooks.raise('contact.edit', { id: 1 }));
			expect(item).toMatchObject({ event_key: 'contact.edit', record: { id: '1' } });
		});

		it('removes its hooks when the workflow is deactivated', async () => {
			await live.deactivate();
			await until(
				() => hooks().length === 0,
				() => `Keap has: ${hooks().join(', ')}`,
			);
		});
	});
}
