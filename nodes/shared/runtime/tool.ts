import type { KeapContext } from './context';

/**
 * What becomes of the answer of a node that runs as a tool.
 *
 * - `engine`: n8n's engine runs the node for an AI Agent of version 3, which reads the items, or of a failure the message alone.
 *   n8n 1 stops the whole workflow at a failure.
 * - `agent`: an AI Agent of version 2 or 1 calls the node itself. It reads the items; of a failure it reads an empty text.
 * - `client`: whoever calls the node itself and reads its failures: n8n's MCP Server Trigger, or the test of a tool in the editor.
 */
export type ToolCaller = 'engine' | 'agent' | 'client';

/** n8n's nodes that call tools, but report what these throw. */
const READS_FAILURES = /mcp|toolExecutor/i;

const AI_NODES = '@n8n/n8n-nodes-langchain.';

/** Who has called the node as a tool; `undefined` for a node of a workflow. The one place that decides it. */
export function toolCallerOf(context: KeapContext): ToolCaller | undefined {
	if (!('getInputData' in context)) return undefined;
	if (!isCalledDirectly(context)) return /Tool$/.test(context.getNode().type) ? 'engine' : undefined;
	const { type = '' } = (context as { parentNode?: { type?: string } }).parentNode ?? {};
	return type.startsWith(AI_NODES) && !READS_FAILURES.test(type) ? 'agent' : 'client';
}

/** Whether a node calls this one by itself, past the engine. n8n 1 has no `isToolExecution`: there the kind of connection that feeds the node says it. */
export function isCalledDirectly(context: KeapContext): boolean {
	if ('isToolExecution' in context && typeof context.isToolExecution === 'function') return context.isToolExecution();
	return (context as { connectionType?: unknown }).connectionType === 'ai_tool';
}
