import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INodeTypeDescription } from 'n8n-workflow';
import { N8nClient } from '../../scripts/n8n/client';
import { executionEnd, startExecution, type StoredExecution } from '../../scripts/n8n/executions';
import { installN8n, type Installation } from '../../scripts/n8n/install';
import { startN8n, type N8nServer } from '../../scripts/n8n/server';
import { createWorkflow, putCredential, signIn, withCredential, type CredentialReference } from '../../scripts/n8n/setup';
import { startSandbox, type Sandbox } from '../sandbox';
import type { WorkflowJson } from '../support/engine-types';
import { KEAP_NODE } from '../support/engine-workflow';

/** Unlike any other text, so that a leak is found wherever it is. */
export const RIGHT_KEY = 'example-of-the-right-key';
export const WRONG_KEY = 'example-of-a-wrong-key';

/** Quotas that tests of anything but the quota never reach. */
const GENEROUS = {
	advancedSettings: true,
	limits: 'fixed',
	requestsPerSecond: 10_000,
	requestsPerMinute: 1_000_000,
	requestsPerDay: 10_000_000,
};

/** A full n8n with our package, an owner signed in, a sandbox and a credential for it. */
export class Stage {
	private constructor(
		readonly home: string,
		readonly sandbox: Sandbox,
		public n8n: N8nServer,
		readonly client: N8nClient,
		readonly credential: CredentialReference,
		private readonly installation: Installation,
	) {}

	/** @param putPackage puts our package into the home before n8n starts */
	static async open(version: string, putPackage: (home: string) => Promise<void>): Promise<Stage> {
		const installation = await installN8n(version);
		const home = await mkdtemp(join(tmpdir(), 'n8n-nodes-keap-'));
		await putPackage(home);
		const sandbox = await startSandbox({
			keys: { [RIGHT_KEY]: 'full' },
			limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity },
		});
		const n8n = await startN8n({ installation, home });
		const client = new N8nClient(n8n.url);
		await signIn(client);
		const credential = await putCredential(client, 'Keap sandbox', 'keapApi', Stage.keapData(sandbox));
		return new Stage(home, sandbox, n8n, client, credential, installation);
	}

	/**
	 * Stops n8n and starts it again at the same address, with the same home.
	 * @param meanwhile what happens while it is down
	 */
	async restart(meanwhile?: () => unknown): Promise<void> {
		await this.n8n.stop();
		await meanwhile?.();
		this.n8n = await startN8n({ installation: this.installation, home: this.home, port: Number(new URL(this.n8n.url).port) });
	}

	/** Ends n8n and the sandbox and empties the home. */
	async close(): Promise<void> {
		await Promise.all([this.n8n.stop(), this.sandbox.close()]);
		await rm(this.home, { recursive: true, force: true });
	}

	/** Data of a Keap credential for the sandbox, complete but for what `changes` say. */
	static keapData(sandbox: Sandbox, changes: IDataObject = {}): IDataObject {
		return { apiKey: RIGHT_KEY, baseUrl: sandbox.url, ...GENEROUS, dailyQuotaAction: 'fail', ...changes };
	}

	/** Stores the workflow with the stage's credential (or the given one) and starts it from its trigger. @returns the execution's id */
	async start(workflow: WorkflowJson, credential = this.credential): Promise<string> {
		const id = await createWorkflow(this.client, withCredential(workflow, credential));
		const trigger = workflow.nodes.find(({ type }) => type.endsWith('Trigger'));
		if (!trigger) throw new Error('The workflow has no trigger to run from.');
		return await startExecution(this.client, id, trigger.name);
	}

	/** The same, to the execution's end. */
	async execute(workflow: WorkflowJson, credential = this.credential): Promise<StoredExecution> {
		return await executionEnd(this.client, await this.start(workflow, credential));
	}

	/** The credential dialog's test of data that may differ from what is stored. */
	async testCredential(changes: IDataObject): Promise<{ status: string; message: string }> {
		const credentials = { ...this.credential, type: 'keapApi', data: Stage.keapData(this.sandbox, changes) };
		return await this.client.post('/rest/credentials/test', { credentials });
	}

	/** A look-up that the editor makes for a parameter of our node. */
	async lookUp<T>(
		kind: 'resource-locator-results' | 'options' | 'resource-mapper-fields',
		methodName: string,
		more: IDataObject = {},
	): Promise<T> {
		return await this.client.post<T>(`/rest/dynamic-node-parameters/${kind}`, {
			path: 'parameters.any',
			nodeTypeAndVersion: { name: KEAP_NODE, version: 1 },
			currentNodeParameters: {},
			credentials: { keapApi: this.credential },
			methodName,
			...more,
		});
	}

	/** Descriptions of the nodes that our package brings, as the editor gets them. */
	async ourNodes(): Promise<INodeTypeDescription[]> {
		const nodes = await this.client.get<INodeTypeDescription[]>('/types/nodes.json');
		return nodes.filter(({ name }) => name.startsWith('n8n-nodes-keap.'));
	}
}
