import { setTimeout as wait } from 'node:timers/promises';
import { LiveWorkflow, newContact, until } from './live';
import type { Stage } from './stage';

/** n8n polls once a minute for each of these times at most: together that is every five seconds. */
const EVERY = 5;
const pollTimes = {
	item: Array.from({ length: 60 / EVERY }, (_unused, index) => ({ mode: 'custom', cronExpression: `${index * EVERY} * * * * *` })),
};

/** What must hold of the Keap Polling Trigger in every n8n that we support. */
export function describePollChecks(stage: () => Stage): void {
	describe('Keap Polling Trigger', () => {
		let live: LiveWorkflow;
		const made: string[] = [];
		beforeAll(async () => {
			await newContact(stage(), 'Earlier');
			live = await LiveWorkflow.store(stage(), {
				name: 'Watch',
				type: 'n8n-nodes-keap.keapPollingTrigger',
				parameters: { event: 'contactCreated', pollTimes },
			});
		});

		const calls = () => stage().sandbox.calls.filter(({ method, path }) => method === 'GET' && path.endsWith('/v2/contacts')).length;
		const make = async (name: string) => made.push(await newContact(stage(), name));
		const delivered = async () => (await live.allItems()).map(({ id }) => String(id)).sort();
		const told = () => `made ${made.join()}`;

		it('starts an execution with the record in it when something is new', async () => {
			const before = calls();
			await live.activate();
			// Where it begins costs two calls.
			await until(
				() => calls() >= before + 2,
				() => 'no first poll',
			);
			const [item, ...more] = await live.itemsAfter(async () => await make('Ada'));
			expect([item?.given_name, more]).toEqual(['Ada', []]);
		});

		it('goes on from its place after a restart of n8n: nothing is missed, nothing comes twice', async () => {
			await make('Before');
			await stage().restart(async () => {
				await make('Meanwhile');
			});
			await make('After');
			await until(async () => (await delivered()).length >= made.length, told);
			// Two more polls would bring what comes twice.
			const polled = calls();
			await until(
				() => calls() >= polled + 2,
				() => 'no polls after the restart',
			);
			expect(await delivered()).toEqual([...made].sort());
		});

		it('asks no more when the workflow is deactivated, and goes on when it is active again', async () => {
			await live.deactivate();
			await wait(1_000);
			const before = calls();
			await make('Inactive');
			await wait(EVERY * 1_000 + 1_500);
			expect(calls()).toBe(before);
			await live.itemsAfter(async () => await live.activate());
			await live.deactivate();
			expect(await delivered()).toEqual([...made].sort());
		});
	});
}
