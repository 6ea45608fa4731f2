import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { carriedOutFor, isCancelled } from '../../transport';
import { type ToolCaller, toolCallerOf } from '../../runtime/tool';
import { wordedError } from '../operation/wordedError';
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

/** @throws an error with the whole text where its caller reads failures; the error itself where the run was cancelled */
function answerOf(context: IExecuteFunctions, caller: ToolCaller, error: unknown): INodeExecutionData[][] {
	if (isCancelled(error) || !(error instanceof Error)) throw error;
	const text = textForModel(error, carriedOutFor(context));
	// To agents of version 2 and 1 a failure stops nothing: they go on with the empty text.
	const isToStop = caller === 'engine' && context.getNode().onError === 'stopWorkflow';
	const isFailure = caller === 'client' || isToStop || isTriedAgain(context, caller);
	// n8n wraps any other class of error, and in doing so replaces a message that names an error of the network. The advice is
	// in the message, for n8n repeats a description that is not in it.
	if (isFailure) throw wordedError(context.getNode(), text, { itemIndex: 0, description: '' });
	return [[{ json: { error: text }, pairedItem: { item: 0 } }]];
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
