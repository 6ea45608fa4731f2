import { setTimeout as wait } from 'node:timers/promises';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { N8nApiError } from '../../scripts/n8n/client';
import { executionEnd, outputOf, type StoredExecution } from '../../scripts/n8n/executions';
import { createWorkflow, withCredential } from '../../scripts/n8n/setup';
import { call } from '../sandbox/client';
import type { WorkflowJson } from '../support/engine-types';
import { KEAP_CREDENTIAL, workflow, type NodeDraft } from '../support/engine-workflow';
import { RIGHT_KEY, type Stage } from './stage';

/** Waits for what n8n does in the background. @throws Error with what `told` says when it does not come */
export async function until(isSo: () => boolean | Promise<boolean>, told: () => string, seconds = 30): Promise<void> {
	for (const end = Date.now() + seconds * 1_000; !(await isSo()); await wait(100)) {
		if (Date.now() > end) throw new Error(`Waited in vain for ${seconds} s: ${told()}`);
	}
}

/** Where a workflow can be live: n8n, and the credential of its Keap nodes. */
type Place = Pick<Stage, 'client' | 'credential'>;

/** A workflow in a full n8n, to be active for a while. */
export class LiveWorkflow {
	private constructor(
		private readonly place: Place,
		readonly id: string,
		private readonly trigger: string,
	) {}

	/** @param more the nodes after the trigger, and the settings of the workflow */
	static async store(place: Place, trigger: NodeDraft, more: { after?: NodeDraft[]; settings?: IDataObject } = {}): Promise<LiveWorkflow> {
		const { after = [], settings = {} } = more;
		const isOurs = ({ type }: NodeDraft) => type.startsWith('n8n-nodes-keap.');
		const nodes = [trigger, ...after].map((node) => (isOurs(node) ? { credentials: KEAP_CREDENTIAL, ...node } : node));
		const json = workflow(nodes, trigger.name);
		Object.assign(json.settings ?? {}, settings);
		return new LiveWorkflow(place, await createWorkflow(place.client, withCredential(json, place.credential)), trigger.name);
	}

	/** n8n 2.x publishes a version, n8n 1.x switches the workflow on. */
	async activate(): Promise<void> {
		const { versionId } = await this.place.client.get<{ versionId: string }>(`/rest/workflows/${this.id}`);
		await this.switch('activate', { versionId }, { active: true, versionId });
	}

	async deactivate(): Promise<void> {
		await this.switch('deactivate', {}, { active: false });
	}

	private async switch(action: string, body: IDataObject, before: IDataObject): Promise<void> {
		await this.place.client.post(`/rest/workflows/${this.id}/${action}`, body).catch(async (error: unknown) => {
			if (!(error instanceof N8nApiError) || error.status !== 404) throw error;
			await this.place.client.patch(`/rest/workflows/${this.id}`, before);
		});
	}

	/** Changes the trigger's parameters in the editor, and puts the change into force. */
	async change(parameters: INodeParameters): Promise<void> {
		const path = `/rest/workflows/${this.id}`;
		const { name, nodes, connections, settings, versionId } = await this.place.client.get<WorkflowJson & { versionId: string }>(path);
		await this.place.client.patch(path, { name, nodes: nodes.map((node) => ({ ...node, parameters })), connections, settings, versionId });
		await this.activate();
	}

	/** "Listen for test event" in the editor. */
	async listen(): Promise<void> {
		const workflowData = await this.place.client.get<unknown>(`/rest/workflows/${this.id}`);
		const answer = await this.place.client.post<IDataObject>(`/rest/workflows/${this.id}/run`, {
			workflowData,
			triggerToStartFrom: { name: this.trigger },
		});
		if (answer.waitingForWebhook !== true) throw new Error(`n8n does not listen: ${JSON.stringify(answer)}`);
	}

	/** Ids of the executions so far, the newest first. */
	async executions(): Promise<string[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: this.id }));
		const { results } = await this.place.client.get<{ results: Array<{ id: string }> }>(`/rest/executions?filter=${filter}`);
		return results.map(({ id }) => id);
	}

	/** Does something, and waits for the end of the execution that this starts. */
	async executionAfter(work: () => unknown, seconds?: number): Promise<StoredExecution> {
		const before = await this.executions();
		await work();
		await until(
			async () => (await this.executions()).length > before.length,
			() => `no execution of ${this.trigger}`,
			seconds,
		);
		const [newest = ''] = await this.executions();
		return await executionEnd(this.place.client, newest);
	}

	/** What the trigger put out in such an execution; fails with its error. */
	async itemsAfter(work: () => unknown, seconds?: number): Promise<IDataObject[]> {
		const execution = await this.executionAfter(work, seconds);
		expect([execution.status, execution.data.resultData.error]).toEqual(['success', undefined]);
		return outputOf(execution, this.trigger).map(({ json }) => json);
	}

	/** What the trigger has put out in all executions so far. */
	async allItems(): Promise<IDataObject[]> {
		const executions = await Promise.all((await this.executions()).map(async (id) => await executionEnd(this.place.client, id)));
		return executions.flatMap((execution) => outputOf(execution, this.trigger).map(({ json }) => json));
	}
}

/** Makes a contact through Keap's API. @returns its id */
export async function newContact({ sandbox }: Stage, name: string): Promise<string> {
	const reply = await call(sandbox, 'POST', '/contacts', {
		key: RIGHT_KEY,
		body: { given_name: name, email_addresses: [{ email: `${name}@example.com`, field: 'EMAIL1' }] },
	});
	expect(reply.status).toBe(201);
	return String((reply.body as IDataObject).id);
}
