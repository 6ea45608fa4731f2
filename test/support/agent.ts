import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../sandbox';
import type { Engine } from './engine';
import { startToolEngine } from './toolEngine';

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
	const { engine, sandbox, run, close } = await startToolEngine({
		packageName: 'agent-package',
		agents: { Agent: AGENT },
		tools: nodes,
		settings: extra,
		// What an agent may do has tests of its own.
		credential: { agentsMay: 'all' },
	});
	return {
		engine,
		sandbox,
		ask: async (node, parameters, ...items) => {
			const replies = await run('agent', node, parameters, items);
			return replies.map((reply) => ({ ...(reply as unknown as Reply), answer: JSON.parse(String(reply.answer)) as unknown }));
		},
		close,
	};
}
