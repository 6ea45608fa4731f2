import { setTimeout as wait } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { executionEnd, outputOf } from '../../scripts/n8n/executions';
import { linkPackage } from '../../scripts/n8n/links';
import { createWorkflow, withCredential } from '../../scripts/n8n/setup';
import { DEFAULT_VERSION } from '../../scripts/n8n/versions';
import { call } from '../sandbox/client';
import { workflow } from '../support/engine-workflow';
import { RIGHT_KEY, Stage } from './stage';

const TRIGGER = 'New Contact';

describe(`the Keap Trigger in n8n ${DEFAULT_VERSION}`, () => {
	let stage: Stage;
	let id: string;
	beforeAll(async () => {
		stage = await Stage.open(DEFAULT_VERSION, linkPackage);
		const trigger = { name: TRIGGER, type: 'n8n-nodes-keap.keapTrigger', webhookId: 'a-path-of-its-own', parameters: { events: ['contact.add', 'contactGroup.applied'] }, credentials: { keapApi: { id: '', name: '' } } };
		id = await createWorkflow(stage.client, withCredential(workflow([trigger]), stage.credential));
	});
	afterAll(async () => await stage?.close());

	const hooks = () => [...stage.sandbox.state.hooks.all.values()].map(({ eventKey, status }) => `${eventKey} ${status}`).sort();

	/** n8n publishes in the background. */
	async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
		for (const end = Date.now() + 30_000; !(await isSo()); await wait(100)) {
			if (Date.now() > end) throw new Error(`Waited in vain; Keap has: ${hooks().join(', ')}`);
		}
	}

	const executions = async () => (await stage.client.get<{ results: Array<{ id: string }> }>(`/rest/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: id }))}`)).results;

	/** A contact is made in Keap; the execution that this starts. */
	async function newContact(name: string): Promise<IDataObject[]> {
		const before = (await executions()).length;
		const body = { given_name: name, email_addresses: [{ email: `${name}@example.com`, field: 'EMAIL1' }] };
		const reply = await call(stage.sandbox, 'POST', '/contacts', { key: RIGHT_KEY, body });
		expect(reply.status).toBe(201);
		await until(async () => (await executions()).length > before);
		const execution = await executionEnd(stage.client, (await executions())[0]!.id);
		expect([execution.status, execution.data.resultData.error]).toEqual(['success', undefined]);
		return outputOf(execution, TRIGGER).map(({ json }) => json);
	}

	it('shakes hands with Keap when the workflow is activated', async () => {
		const { versionId } = await stage.client.get<{ versionId: string }>(`/rest/workflows/${id}`);
		await stage.client.post(`/rest/workflows/${id}/activate`, { versionId });
		await until(() => hooks().filter((hook) => hook.endsWith(' Verified')).length === 2);
		expect(hooks()).toEqual(['contact.add Verified', 'contactGroup.applied Verified']);
	});

	it('starts an execution with the record in it', async () => {
		const [item] = await newContact('Ada');
		expect(item).toMatchObject({ event_key: 'contact.add', record: { given_name: 'Ada', email_addresses: [{ email: 'Ada@example.com' }] } });
		expect(stage.sandbox.state.hooks.deliveries.every(({ ms, status }) => status === 200 && ms < 1_000)).toBe(true);
	});

	it('tells nothing to a caller without the token', async () => {
		const [{ hookUrl } = { hookUrl: '' }] = stage.sandbox.state.hooks.all.values();
		const answer = await fetch(hookUrl.split('?')[0]!, { method: 'POST', headers: { 'x-hook-secret': 'abc' } });
		expect([answer.status, answer.headers.get('x-hook-secret')]).toEqual([404, null]);
	});

	it('keeps its hooks over a restart of n8n', async () => {
		const before = hooks();
		await stage.restart();
		expect(hooks()).toEqual(before);
		const [item] = await newContact('Grace');
		expect(item).toMatchObject({ record: { given_name: 'Grace' } });
	});

	it('removes its hooks when the workflow is deactivated', async () => {
		await stage.client.post(`/rest/workflows/${id}/deactivate`);
		await until(() => hooks().length === 0);
		expect(hooks()).toEqual([]);
	});
});
