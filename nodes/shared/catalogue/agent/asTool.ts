import { type IExecuteFunctions, type INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { carriedOutFor, isCancelled } from '../../transport';
import { type ToolCaller, toolCallerOf } from '../../runtime/tool';
import { textForModel } from './wording';

/**
 * Runs a node so that an AI agent which has called it as a tool reads what went wrong, and what to do next. n8n passes on the
 * message of an error at most, and to agents of version 2 and 1 nothing at all: those, and the engine of n8n 1, which would stop
 * the workflow, are answered with an item.
 *
 * @param run the node, with errors as people read them
 * @throws what `run` throws; for a caller that reads failures with the advice in the message
 */
export async function answeringTool(
	context: IExecuteFunctions,
	run: () => Promise<INodeExecutionData[][]>,
): Promise<INodeExecutionData[][]> {
	const caller = toolCallerOf(context);
	if (caller === undefined) return await run();
	try {
		return await run();
	} catch (error) {
		return answerOf(context, caller, error);
	}
}

/** @throws the error itself where its caller reads it, or where it is nobody's fault */
function answerOf(context: IExecuteFunctions, caller: ToolCaller, error: unknown): INodeExecutionData[][] {
	if (isCancelled(error) || !(error instanceof Error)) throw error;
	const text = textForModel(error, carriedOutFor(context));
	const isFailure = caller === 'client' || context.getNode().onError === 'stopWorkflow' || isTriedAgain(context, caller);
	if (isFailure) throw withText(error, text);
	return [[{ json: { error: text }, pairedItem: { item: 0 } }]];
}

/** The message says everything, for n8n repeats a description that is not in it. */
function withText(error: Error, text: string): Error {
	error.message = text;
	if (error instanceof NodeApiError || error instanceof NodeOperationError) error.description = undefined;
	return error;
}

/** How often n8n has called a node with the same arguments: it gives the same object of arguments to each try. */
const triesMade = new WeakMap<object, number>();

/** Whether n8n's Retry On Fail tries this call again: only a failure makes it do so. The engine also looks into the item. */
function isTriedAgain(context: IExecuteFunctions, caller: ToolCaller): boolean {
	const { retryOnFail, maxTries = 3 } = context.getNode();
	const args = context.getInputData()[0]?.json;
	if (retryOnFail !== true || caller !== 'agent' || args === undefined) return false;
	const tries = (triesMade.get(args) ?? 0) + 1;
	triesMade.set(args, tries);
	// n8n's bounds, in `makeHandleToolInvocation`.
	return tries < Math.min(5, Math.max(2, maxTries));
}
