import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { Sandbox, startSandbox } from '../sandbox';
import type { Engine } from './engine';
import { startToolEngine } from './toolEngine';

const described = (name: string, inputs: string): string =>
	`description = { displayName: '${name}', name: '${name}', group: ['transform'], version: 1, description: 'Calls its tool', defaults: { name: '${name}' }, inputs: ${inputs}, outputs: ['main'], properties: [] };`;

/** As n8n's AI Agent does from version 3 on: the engine runs the tool, and the agent reads what it has recorded (`buildObservation`). */
const V3 = `
const observation = (data) => {
	const items = data?.data?.ai_tool?.[0]?.map(({ json }) => json);
	if (items && items.length > 0) return JSON.stringify(items);
	return JSON.stringify(data?.error ? { error: data.error.message } : '');
};
exports.AgentV3 = class {
	${described('agentV3', "['main', { type: 'ai_tool' }]")}
	async execute(response) {
		const done = response?.actionResponses ?? [];
		if (done.length > 0) return [done.map(({ data }) => ({ json: { read: observation(data) } }))];
		const actions = this.getInputData().map(({ json }, itemIndex) => ({ actionType: 'ExecutionNodeAction', nodeName: 'Keap Tool', input: json, type: 'ai_tool', id: 'call' + itemIndex, metadata: { itemIndex } }));
		return { actions, metadata: {} };
	}
};`;

/** As n8n's AI Agent does in versions 2 and 1: LangChain's executor calls the tool. */
const V2 = `
const { AgentExecutor } = require(${JSON.stringify(require.resolve('@langchain/classic/agents'))});
const { RunnableLambda } = require(${JSON.stringify(require.resolve('@langchain/core/runnables'))});
exports.AgentV2 = class {
	${described('agentV2', "['main', { type: 'ai_tool' }]")}
	async execute() {
		const tools = await this.getInputConnectionData('ai_tool', 0);
		const ask = async ({ json }) => {
			const agent = RunnableLambda.from(({ steps }) => steps.length === 0
				? [{ tool: tools[0].name, toolInput: json, log: '' }]
				: { returnValues: { output: steps[0].observation }, log: '' });
			const { output } = await AgentExecutor.fromAgentAndTools({ agent, tools }).invoke({ input: '' });
			return { json: { read: output } };
		};
		return [await Promise.all(this.getInputData().map(ask))];
	}
};`;

/** As n8n's MCP Server Trigger does: it calls the tool and passes a failure on as such (`MessageFormatter.formatError`). */
const MCP = `
exports.McpClient = class {
	${described('mcpClient', "['main', { type: 'ai_tool' }]")}
	async execute() {
		const [tool] = await this.getInputConnectionData('ai_tool', 0);
		const ask = async ({ json }) => ({ json: { read: await tool.invoke(json).catch((error) => error.name + ': ' + error.message) } });
		return [await Promise.all(this.getInputData().map(ask))];
	}
};`;

/** The ways in which n8n's nodes call a tool. */
export const READERS = ['agentV3', 'agentV2', 'mcpClient'] as const;
export type Reader = (typeof READERS)[number];

/** The engine with agents that read no more of a tool than n8n's own do. */
export interface ToolAgents {
	readonly engine: Engine;
	readonly sandbox: Sandbox;
	/** What an agent reads of its tool, once for each item; the item holds what `$fromAI` asks for. */
	read(reader: Reader, node: string, parameters: INodeParameters, ...items: IDataObject[]): Promise<string[]>;
	/** Gives the tool's credential other fields. */
	setCredential(fields: IDataObject): void;
	close(): Promise<void>;
}

/** n8n's package of AI nodes by name only: the nodes decide by it what their caller can read. */
const AI_PACKAGE = '@n8n/n8n-nodes-langchain';

/**
 * @param nodes class names of the nodes that are to be tools
 * @param extra settings of the tool node, such as `retryOnFail`
 * @param options of the sandbox, such as its limits
 */
export async function startToolAgents(
	nodes: readonly string[],
	extra: Partial<INode> = {},
	options: Parameters<typeof startSandbox>[0] = {},
): Promise<ToolAgents> {
	const { engine, sandbox, credential, run, close } = await startToolEngine({
		packageName: AI_PACKAGE,
		agents: { AgentV3: V3, AgentV2: V2, McpClient: MCP },
		tools: nodes,
		settings: extra,
		sandbox: options,
	});
	return {
		engine,
		sandbox,
		setCredential: (fields) => engine.setCredential('cred1', 'keapApi', { ...credential, ...fields }),
		read: async (reader, node, parameters, ...items) => (await run(reader, node, parameters, items)).map(({ read }) => String(read)),
		close,
	};
}
