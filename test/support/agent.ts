import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../sandbox';
import { createEngine, keapNode, workflow, type Engine } from './engine';
import { PROJECT_ROOT } from './engine-libraries';
import { NO_LIMITS } from './keap';
import { toolOf, typeOf } from './toolNode';

/** An agent that calls its one tool with the given arguments, and returns how the tool describes itself. */
const AGENT = `
exports.Agent = class {
	description = { displayName: 'Agent', name: 'agent', group: ['transform'], version: 1, description: 'Asks a tool', defaults: { name: 'Agent' }, inputs: ['main', { type: 'ai_tool' }], outputs: ['main'], properties: [] };
	async execute() {
		const [tool] = await this.getInputConnectionData('ai_tool', 0);
		const { name, description, schema } = tool;
		const hints = Object.fromEntries(Object.entries(schema.shape).map(([key, { description: hint }]) => [key, hint ?? '']));
		const asks = this.getInputData().map(async ({ json }) => ({ json: { name, description, hints, answer: await tool.invoke(json) } }));
		return [await Promise.all(asks)];
	}
};`;

/** What the agent saw of its tool, and what the tool answered. */
export interface Reply {
	readonly name: string;
	readonly description: string;
	/** What the tool says of each value that it asks for, by the value's name. */
	readonly hints: Readonly<Record<string, string>>;
	readonly answer: unknown;
}

/** The engine with an agent whose tool is one of our nodes, pointed at a sandbox without limits. */
export interface Agent {
	readonly engine: Engine;
	readonly sandbox: Sandbox;
	/**
	 * Asks a node once for each item; the item holds what `$fromAI` in the node's parameters asks for.
	 * @param node class name, such as `Keap`
	 * @throws Error with message and description of the node's error
	 */
	ask(node: string, parameters: INodeParameters, ...items: IDataObject[]): Promise<Reply[]>;
	close(): Promise<void>;
}

/**
 * @param nodes class names of the nodes that are to be tools
 * @param extra settings of the tool node, such as `retryOnFail`
 */
export async function startAgent(nodes: readonly string[], extra: Partial<INode> = {}): Promise<Agent> {
	const folder = mkdtempSync(join(tmpdir(), 'keap-agent-'));
	mkdirSync(join(folder, 'dist'));
	writeFileSync(join(folder, 'dist/Agent.node.js'), AGENT);
	for (const node of nodes) writeFileSync(join(folder, `dist/${node}Tool.node.js`), toolOf(node));
	const n8n = { nodes: ['dist/Agent.node.js', ...nodes.map((node) => `dist/${node}Tool.node.js`)], credentials: [] };
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'agent-package', version: '1.0.0', n8n }));
	const sandbox = await startSandbox({
		keys: { 'tool-key': 'full' },
		limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity },
	});
	// What an agent may do has tests of its own.
	const data = { apiKey: 'tool-key', baseUrl: sandbox.url, ...NO_LIMITS, agentsMay: 'all' };
	const engine = await createEngine({
		withBaseNodes: false,
		packages: [PROJECT_ROOT, folder],
		credentials: { cred1: { type: 'keapApi', data } },
	}).catch(async (error: unknown) => {
		// Nobody could close it otherwise, and it would keep the test run alive.
		await sandbox.close();
		throw error;
	});
	return {
		engine,
		sandbox,
		ask: async (node, parameters, ...items) => {
			const json = workflow([{ name: 'Agent', type: 'agent-package.agent' }]);
			json.nodes.push(...workflow([keapNode('Keap Tool', parameters, { ...extra, type: `agent-package.${typeOf(node)}` })]).nodes);
			json.connections = { 'Keap Tool': { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } };
			const result = await engine.run(json, { startNode: 'Agent', items });
			if (result.error) throw new Error(`${result.error.message} | ${result.error.description ?? ''}`);
			return result
				.items('Agent')
				.map((reply) => ({ ...(reply as unknown as Reply), answer: JSON.parse(String(reply.answer)) as unknown }));
		},
		close: async () => {
			await sandbox.close();
			rmSync(folder, { recursive: true });
		},
	};
}
