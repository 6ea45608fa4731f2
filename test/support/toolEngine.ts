import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../sandbox';
import { createEngine, keapNode, workflow, type Engine } from './engine';
import { PROJECT_ROOT } from './engine-libraries';
import { NO_LIMITS } from './keap';
import { toolOf, typeOf } from './toolNode';

/** The engine with a package of test agents, and our nodes as their tools. */
export interface ToolEngine {
	readonly engine: Engine;
	readonly sandbox: Sandbox;
	/** The fields of the tools' credential, whose ID is `cred1`. */
	readonly credential: Readonly<IDataObject>;
	/**
	 * Runs an agent that has one of our nodes as its tool.
	 * @param agent its node type, such as `agentV3`
	 * @param node class name of the tool's node, such as `Keap`
	 * @returns the items that the agent gave out
	 * @throws Error with message and description of the error that ended the run
	 */
	run(agent: string, node: string, parameters: INodeParameters, items: IDataObject[]): Promise<IDataObject[]>;
	close(): Promise<void>;
}

export interface ToolEngineOptions {
	/** Name of the agents' package: our nodes decide by it what their caller can read. */
	packageName: string;
	/** Source of each agent's node, by its class name. */
	agents: Readonly<Record<string, string>>;
	/** Class names of the nodes that are to be tools. */
	tools: readonly string[];
	/** Settings of the tool node, such as `retryOnFail`. */
	settings: Partial<INode>;
	/** More fields of the tools' credential. */
	credential?: IDataObject;
	/** Options of the sandbox, which has no limits by default. */
	sandbox?: Parameters<typeof startSandbox>[0];
}

const START = `exports.Start = class { description = { displayName: 'Start', name: 'start', group: ['transform'], version: 1, description: 'Gives its items', defaults: { name: 'Start' }, inputs: [], outputs: ['main'], properties: [] }; async execute() { return [this.getInputData()]; } };`;

export async function startToolEngine(options: ToolEngineOptions): Promise<ToolEngine> {
	const { packageName, agents, tools, settings } = options;
	const folder = mkdtempSync(join(tmpdir(), 'keap-tool-'));
	const sources: Record<string, string> = { Start: START, ...agents };
	for (const node of tools) sources[`${node}Tool`] = toolOf(node);
	mkdirSync(join(folder, 'dist'));
	for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, `dist/${name}.node.js`), source);
	const n8n = { nodes: Object.keys(sources).map((name) => `dist/${name}.node.js`), credentials: [] };
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: packageName, version: '1.0.0', n8n }));
	const sandbox = await startSandbox({
		keys: { 'tool-key': 'full' },
		limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity },
		...options.sandbox,
	});
	const credential = { apiKey: 'tool-key', baseUrl: sandbox.url, ...NO_LIMITS, ...options.credential };
	const engine = await createEngine({
		withBaseNodes: false,
		packages: [PROJECT_ROOT, folder],
		credentials: { cred1: { type: 'keapApi', data: credential } },
	}).catch(async (error: unknown) => {
		// Nobody could close it otherwise, and it would keep the test run alive.
		await sandbox.close();
		throw error;
	});
	return {
		engine,
		sandbox,
		credential,
		run: async (agent, node, parameters, items) => {
			const json = workflow([
				{ name: 'Start', type: `${packageName}.start` },
				{ name: 'Agent', type: `${packageName}.${agent}` },
			]);
			json.nodes.push(...workflow([keapNode('Keap Tool', parameters, { ...settings, type: `${packageName}.${typeOf(node)}` })]).nodes);
			json.connections['Keap Tool'] = { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] };
			const result = await engine.run(json, { startNode: 'Start', items });
			if (result.error) throw new Error(`${result.error.message} | ${result.error.description ?? ''}`);
			return result.items('Agent');
		},
		close: async () => {
			await sandbox.close();
			rmSync(folder, { recursive: true });
		},
	};
}
