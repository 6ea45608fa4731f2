import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';
import { executionEnd, outputOf, startExecution, type StoredExecution } from '../../scripts/n8n/executions';
import type { N8nWorker } from '../../scripts/n8n/server';
import { createWorkflow, type CredentialReference, putCredential, withCredential } from '../../scripts/n8n/setup';
import { PREVIOUS_VERSION } from '../../scripts/n8n/versions';
import { type Sandbox, startSandbox } from '../sandbox';
import { keapNode, manualTrigger, workflow } from '../support/engine-workflow';
import { LiveWorkflow, until } from './live';
import type { QueueStage } from './queueStage';
import { RIGHT_KEY, Stage } from './stage';

/** Three a second: when the worker ends after the first few, most are still to be made. */
const PEOPLE = Array.from({ length: 20 }, (_none, n) => `person${n}@import.example`);
const PER_SECOND = 3;
/** Contacts that Keap has made and answered for before the worker ends, and those that it has made without an answer by then. */
const ANSWERED = 3;
const UNANSWERED = 2;

/**
 * With these a worker that is gone is found within seconds. n8n's own lock holds for a minute and is looked at every 30 s.
 * A shorter lock would run out while a worker lives, on a machine that has no time for it.
 */
export const FOUND_SOON = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '1000',
};

/** An import of contacts, started by a webhook as in production, and what becomes of it when its worker ends in the middle. */
export class InterruptedImport {
	private constructor(
		private readonly stage: QueueStage,
		private readonly sandbox: Sandbox,
		private readonly imports: LiveWorkflow,
		private readonly afterErrors: LiveWorkflow,
		private readonly credential: CredentialReference,
		private readonly path: string,
	) {}

	/** @param settings further settings of the workflow */
	static async store(stage: QueueStage, settings: IDataObject = {}): Promise<InterruptedImport> {
		const path = randomUUID();
		const sandbox = await startSandbox({ keys: { [RIGHT_KEY]: 'full' } });
		stage.closeToo(async () => await sandbox.close());
		const limits = { limits: 'fixed', requestsPerSecond: PER_SECOND, requestsPerMinute: 120, requestsPerDay: 15_000 };
		const credential = await putCredential(stage.client, `Keap ${path}`, 'keapApi', Stage.keapData(sandbox, limits));
		const place = { client: stage.client, credential };
		const afterErrors = await LiveWorkflow.store(place, { name: 'After errors', type: 'n8n-nodes-base.errorTrigger' });
		// n8n 2 runs no error workflow that is not published; n8n 1 has nothing to activate in it.
		if (stage.version !== PREVIOUS_VERSION) await afterErrors.activate();
		const jsonOutput = JSON.stringify({ email: PEOPLE });
		const imports = await LiveWorkflow.store(
			place,
			{
				name: 'Import',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				webhookId: path,
				parameters: { path, httpMethod: 'POST' },
			},
			{
				after: [
					{ name: 'People', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: { mode: 'raw', jsonOutput } },
					{ name: 'Split', type: 'n8n-nodes-base.splitOut', parameters: { fieldToSplitOut: 'email' } },
					keapNode('Create', { resource: 'contact', operation: 'create', email: '={{ $json.email }}' }),
				],
				settings: { errorWorkflow: afterErrors.id, ...settings },
			},
		);
		await imports.activate();
		return new InterruptedImport(stage, sandbox, imports, afterErrors, credential, path);
	}

	/**
	 * Starts the import and ends its worker in the middle.
	 * @param end how it ends
	 * @returns the ID of the execution
	 */
	async interrupt(workers: readonly N8nWorker[], end: (worker: N8nWorker) => Promise<void>): Promise<string> {
		this.sandbox.reset();
		const held = this.sandbox.hold({ method: 'POST', path: /\/v2\/contacts$/, after: ANSWERED });
		const before = await this.imports.executions();
		// n8n 2 opens the webhook a moment after the workflow is active; an address that is not open starts nothing.
		await until(
			async () => (await fetch(`${this.stage.main.url}/webhook/${this.path}`, { method: 'POST' })).ok,
			() => 'the webhook is not open',
		);
		let id: string | undefined;
		let working: N8nWorker | undefined;
		await until(
			async () => {
				id ??= (await this.imports.executions()).find((one) => !before.includes(one));
				working = workers.find(({ logFile }) => id !== undefined && readFileSync(logFile, 'utf8').includes(`started execution ${id} (`));
				return working !== undefined;
			},
			() => `no worker has started execution ${id}`,
		);
		await held.reached(UNANSWERED);
		if (id === undefined || working === undefined) throw new Error('Nothing was started');
		await end(working);
		held.release();
		return id;
	}

	/**
	 * Waits until n8n has written down how it ended, and holds no job for it any more.
	 * @param status what it ends as: a worker that starts may call it crashed before the queue is asked
	 */
	async end(id: string, status: 'error' | 'success'): Promise<StoredExecution> {
		let execution = await executionEnd(this.stage.client, id);
		await until(
			async () => (execution = await executionEnd(this.stage.client, id)).status === status,
			() => `execution ${id} is ${execution.status}`,
			120,
		);
		const jobs = async () =>
			await Promise.all(['active', 'wait'].map(async (list) => await this.stage.redis.command('LLEN', `bull:jobs:${list}`)));
		await until(
			async () => (await jobs()).every((count) => count === 0),
			() => 'the queue still has jobs',
		);
		return execution;
	}

	/** The IDs of all executions, the newest first. */
	executions = async (): Promise<string[]> => await this.imports.executions();

	/** Expects that n8n gave it up: no person twice, not all of them, no word in n8n of who was made, and Keap names them all. */
	async expectGivenUp(id: string): Promise<void> {
		const { startedAt, data } = await this.end(id, 'error');
		const made = this.made();
		expect(made.filter((times) => times > 1)).toEqual([]);
		expect(made.filter((times) => times === 0)).not.toEqual([]);
		expect(data.resultData.error?.message).toContain('failed to be processed too many times');
		// Not even what was saved as the progress of the execution.
		expect(data.resultData.runData).toEqual({});
		expect(await this.madeSince(startedAt)).toEqual(PEOPLE.filter((_email, n) => made[n] === 1).sort());
		await this.reported(id);
	}

	/** Whom Keap has made since then, as docs/operating.md says to find it out. */
	private async madeSince(start: string): Promise<unknown[]> {
		const { client } = this.stage;
		const ask = keapNode('Since', { resource: 'contact', operation: 'getAll', returnAll: true, filters: { updatedAfter: start } });
		const id = await createWorkflow(client, withCredential(workflow([manualTrigger(), ask]), this.credential));
		const end = await executionEnd(client, await startExecution(client, id, 'Start'));
		return outputOf(end, 'Since')
			.map(({ json }) => json.email)
			.sort();
	}

	/** Waits until the error workflow has run for an execution. */
	private async reported(id: string): Promise<void> {
		const item = async () => (await this.afterErrors.allItems()).find(({ execution }) => (execution as { id?: unknown }).id === id);
		await until(
			async () => (await item()) !== undefined,
			() => `no error workflow has run for execution ${id}`,
		);
	}

	/** For how many executions it has run. */
	reports = async (): Promise<number> => (await this.afterErrors.executions()).length;

	/** How often Keap has each person. */
	made(): number[] {
		const all = [...this.sandbox.state.contacts.rows].map((contact) => JSON.stringify(contact));
		return PEOPLE.map((email) => all.filter((contact) => contact.includes(`"${email}"`)).length);
	}
}
