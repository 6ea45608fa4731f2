import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { N8nClient } from '../../scripts/n8n/client';
import { executionEnd, startExecution } from '../../scripts/n8n/executions';
import { installN8n } from '../../scripts/n8n/install';
import { linkPackage } from '../../scripts/n8n/links';
import { startN8n } from '../../scripts/n8n/server';
import { createWorkflow, putCredential, signIn, type CredentialReference } from '../../scripts/n8n/setup';
import { DEFAULT_VERSION } from '../../scripts/n8n/versions';
import { startSandbox, type Sandbox } from '../../test/sandbox';
import type { WorkflowJson } from '../../test/support/engine-types';
import { workflow } from '../../test/support/engine-workflow';
import type { End, Job, Way } from './jobs';
import { McpClient } from './mcpClient';
import { type Model, scriptedModel } from './model';
import { pipedrive, type Pipedrive } from './pipedrive';
import { approvingSlack, type Slack } from './slack';
import { APPROVAL, type Tool } from './tools';

const AI = '@n8n/n8n-nodes-langchain';
const ZONE = 'America/New_York';
/** The newest version of n8n's AI Agent: here the engine calls the tools. */
export const NEWEST = 3;
/** So many keys that each job has its own: look-ups and quotas are kept by key. */
const KEYS = Array.from({ length: 64 }, (_, index) => `bench-agent-key-${index}`);

/** What an agent or a client read in a job: the tools as JSON, and the end. */
export interface Read extends End {
	readonly tools: string;
}

type Credentials = Record<string, CredentialReference>;

async function standIns(): Promise<{ model: Model; slack: Slack; sandbox: Sandbox; crm: Pipedrive }> {
	const limits = { perSecond: Infinity, perMinute: Infinity, perDay: Infinity };
	const keys = Object.fromEntries(KEYS.map((key) => [key, 'full' as const]));
	// Keap counts the minute by account.
	const accounts = Object.fromEntries(KEYS.map((key) => [key, key]));
	const sandbox = await startSandbox({ keys, accounts, limits });
	const [model, slack, crm] = [await scriptedModel(), await approvingSlack(), await pipedrive()];
	return { model, slack, sandbox, crm };
}

/** A full n8n with our package, a scripted model, and stand-ins for Keap, Pipedrive and Slack. */
export class AgentStage {
	private serial = 0;

	private constructor(
		private readonly url: string,
		private readonly client: N8nClient,
		private readonly model: Model,
		private readonly slack: Slack,
		readonly sandbox: Sandbox,
		readonly pipedrive: Pipedrive,
		private readonly end: () => Promise<unknown> = async () => undefined,
	) {}

	static async open(): Promise<AgentStage> {
		const installation = await installN8n(DEFAULT_VERSION);
		const home = await mkdtemp(join(tmpdir(), 'n8n-nodes-keap-agent-'));
		await linkPackage(home);
		const { model, slack, sandbox, crm } = await standIns();
		const env = {
			NODE_OPTIONS: `--require ${join(__dirname, 'redirect.cjs')}`,
			STAND_INS: JSON.stringify({ 'api.pipedrive.com': crm.port, 'slack.com': slack.port }),
		};
		const n8n = await startN8n({ installation, home, env });
		const client = new N8nClient(n8n.url);
		await signIn(client);
		return new AgentStage(n8n.url, client, model, slack, sandbox, crm, async () => {
			await n8n.stop();
			await rm(home, { recursive: true, force: true });
		});
	}

	/** In an n8n that runs already, with our package and somebody signed in: for jobs that need neither Slack nor Pipedrive. */
	static async in(url: string, client: N8nClient): Promise<AgentStage> {
		const { model, slack, sandbox, crm } = await standIns();
		return new AgentStage(url, client, model, slack, sandbox, crm);
	}

	async close(): Promise<void> {
		await this.end();
		await Promise.all([this.sandbox, this.model, this.slack, this.pipedrive].map(async (service) => await service.close()));
	}

	/**
	 * Lets the AI Agent do a job.
	 * @param typeVersion of n8n's node: those before 3 call the tools themselves
	 */
	async byAgent({ name, ask }: Job, way: Way<never>, typeVersion = NEWEST): Promise<Read> {
		this.model.script(ask, way.turns);
		this.slack.asked.length = 0;
		const credentials = await this.credentials(way.credential);
		const json = workflow(
			[
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{
					name: 'Agent',
					type: `${AI}.agent`,
					typeVersion,
					parameters: { agent: 'toolsAgent', promptType: 'define', text: ask, options: {} },
				},
			],
			name,
		);
		const model = {
			name: 'Model',
			type: `${AI}.lmChatOpenAi`,
			typeVersion: 1.2,
			parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
		};
		add(json, [model, ...way.tools, ...(way.approved === true ? [APPROVAL] : [])], credentials);
		json.connections.Model = { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] };
		connect(json, way, 'Agent');
		const id = await createWorkflow(this.client, json);
		const { data, status } = await executionEnd(this.client, await startExecution(this.client, id, 'Start'));
		const conversation = this.model.conversation(ask);
		if (conversation === undefined)
			throw new Error(`The model was not asked (${status}): ${JSON.stringify(data.resultData.error ?? {}).slice(0, 500)}`);
		return { ...conversation, asked: [...this.slack.asked] };
	}

	/** Lets a client of the MCP Server Trigger do a job: what the credential does not allow is refused, for nobody can be asked. */
	async byMcp({ name }: Job, way: Way<never>): Promise<Read> {
		const credential = { ...way.credential, agentsMay: 'write' };
		const path = `bench-${(this.serial += 1)}`;
		const trigger = { id: path, name: 'MCP', type: `${AI}.mcpTrigger`, typeVersion: 2, webhookId: path, parameters: { path } };
		const json = workflow([trigger], `${name}, MCP`);
		add(json, way.tools, await this.credentials(credential));
		connect(json, { ...way, approved: false }, 'MCP');
		const id = await createWorkflow(this.client, json);
		const { versionId } = await this.client.get<{ versionId: string }>(`/rest/workflows/${id}`);
		await this.client.post(`/rest/workflows/${id}/activate`, { versionId });
		const client = await McpClient.open(`${this.url}/mcp/${path}`);
		const answers: string[] = [];
		const tools = JSON.stringify(await client.tools());
		for (const { tool, args } of way.turns) answers.push(await client.call(tool, args(answers)));
		await this.client.post(`/rest/workflows/${id}/deactivate`, {});
		return { tools, answers, asked: [] };
	}

	private async credentials(keap: IDataObject = {}): Promise<Credentials> {
		const index = (this.serial += 1);
		const put = async (type: string, data: IDataObject) => await putCredential(this.client, `${type} ${index}`, type, data);
		const limits = { limits: 'fixed', requestsPerSecond: 10_000, requestsPerMinute: 1_000_000, requestsPerDay: 10_000_000 };
		return {
			keapApi: await put('keapApi', { apiKey: KEYS[index] ?? '', baseUrl: this.sandbox.url, advancedSettings: true, ...limits, ...keap }),
			openAiApi: await put('openAiApi', { apiKey: 'none', url: `http://127.0.0.1:${this.model.port}/v1` }),
			pipedriveApi: await put('pipedriveApi', { apiToken: 'none' }),
			slackApi: await put('slackApi', { accessToken: 'none' }),
		};
	}
}

const CREDENTIAL_OF: ReadonlyArray<readonly [type: RegExp, credential: string]> = [
	[/\.keap/, 'keapApi'],
	[/lmChatOpenAi/, 'openAiApi'],
	[/pipedrive/, 'pipedriveApi'],
	[/slack/, 'slackApi'],
];

function add(json: WorkflowJson, drafts: ReadonlyArray<Omit<Tool, 'credentials'>>, all: Credentials): void {
	const withCredentials = drafts.map((draft) => {
		const name = CREDENTIAL_OF.find(([type]) => type.test(draft.type))?.[1];
		const credential = name === undefined ? undefined : all[name];
		return { ...draft, ...(name !== undefined && credential !== undefined && { credentials: { [name]: credential } }) };
	});
	json.nodes.push(...workflow(withCredentials).nodes);
	json.settings = { ...json.settings, timezone: ZONE };
}

/** Hangs the tools on whoever calls them; those that want a yes behind the one that asks for it. */
function connect(json: WorkflowJson, { tools, approved }: Pick<Way<never>, 'tools' | 'approved'>, caller: string): void {
	const to = (node: string) => ({ ai_tool: [[{ node, type: 'ai_tool' as const, index: 0 }]] });
	for (const { name } of tools) json.connections[name] = to(approved === true ? APPROVAL.name : caller);
	if (approved === true) json.connections[APPROVAL.name] = to(caller);
}
