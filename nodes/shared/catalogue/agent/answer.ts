import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { carriedOutFor } from '../../transport';
import { toolCallerOf } from '../../runtime/tool';
import { isWrite, toErrorItem } from '../operation/outcome';
import type { Answer, Finished, Resource } from '../operation/types';
import { WithFile } from '../operation/withFile';
import { foundNothing, isNothing } from './foundNothing';
import { withoutHookToken } from './hookTokens';
import { shortList, withShortLists } from './listAnswer';
import { textForModel } from './wording';
import { shortWrite } from './writeAnswer';

/** What a call gives out: to a workflow Keap's answer as it is, to an AI agent one that fits into a conversation. */
export function answerForTool(context: IExecuteFunctions, finished: Finished, resources: readonly Resource[]): Answer {
	const { call, answer: whole } = finished;
	if (toolCallerOf(context) === undefined || whole instanceof WithFile) return whole;
	const answer = Array.isArray(whole) ? whole.map(withoutHookToken) : withoutHookToken(whole);
	if (isNothing(call, answer)) return foundNothing(call, resourceName(context, call.item, resources));
	if (!isWrite(call)) return Array.isArray(answer) ? shortList(call, answer) : withShortLists(call, answer);
	return Array.isArray(answer) ? answer.map((one: IDataObject) => shortWrite(call, one)) : shortWrite(call, answer);
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
