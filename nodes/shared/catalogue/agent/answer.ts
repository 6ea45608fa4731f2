import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { carriedOutFor } from '../../transport';
import { toolCallerOf } from '../../runtime/tool';
import { toErrorItem } from '../operation/outcome';
import type { Answer, Finished, Resource } from '../operation/types';
import { foundNothing, isNothing } from './foundNothing';
import { textForModel } from './wording';

/** What a call gives out: to a workflow Keap's answer as it is, to an AI agent one that fits into a conversation. */
export function answerForTool(context: IExecuteFunctions, { call, answer }: Finished, resources: readonly Resource[]): Answer {
	if (toolCallerOf(context) === undefined) return answer;
	if (!isNothing(call, answer)) return answer;
	return foundNothing(call, resourceName(context, call.item, resources));
}

function resourceName(context: IExecuteFunctions, item: number, resources: readonly Resource[]): string {
	const chosen = context.getNodeParameter('resource', item);
	return resources.find(({ value }) => value === chosen)?.name ?? 'record';
}

/** The output item for a failed one, under "Continue": an AI agent needs the text once. */
export function errorItem(context: IExecuteFunctions, item: number, error: Error): INodeExecutionData {
	if (toolCallerOf(context) === undefined) return toErrorItem(item, error);
	return { json: { error: textForModel(error, carriedOutFor(context)) }, pairedItem: { item } };
}
