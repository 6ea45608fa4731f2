import { type IDataObject, type INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Answer, Call, Finished, Operation } from './types';
import { WithFile } from './withFile';

/** How one item ended. */
export type Outcome = Finished | Failure;

/** An item that failed. */
export interface Failure {
	readonly call: Call;
	readonly error: Error;
}

/** Makes an item's outcome from its error. */
export type Fail = (call: Call, error: unknown) => Outcome;

/** Whether a row changes something in Keap. */
export const changes = ({ method, reads }: Operation): boolean => method !== 'GET' && reads !== true;

/** Whether an item changes something in Keap; a custom call has its method among its values. */
export const isWrite = ({ operation, values }: Call): boolean =>
	changes(operation) || (typeof values.method === 'string' && values.method !== 'GET');

export const isFinished = (outcome: Outcome): outcome is Finished => 'answer' in outcome;

/** The output items for one input item, each paired with it. A list without records gives no item. */
export function toItems(item: number, answer: Answer): INodeExecutionData[] {
	if (answer instanceof WithFile) return [{ json: withoutErrorKey(answer.json), binary: answer.binary, pairedItem: { item } }];
	const records = Array.isArray(answer) ? answer : [answer];
	return records.map((json) => ({ json: withoutErrorKey(json), pairedItem: { item } }));
}

/**
 * n8n takes an item with an `error` for a failed one: Retry On Fail runs the node again when the first item has it (n8n 1.x even when
 * it is null), and an item of `error` and `message` goes to the error output. So what Keap calls `error` has another name in n8n.
 */
function withoutErrorKey(json: IDataObject): IDataObject {
	if (!Object.hasOwn(json, 'error')) return json;
	const { error, ...rest } = json;
	return error === null || error === undefined ? rest : { ...rest, keap_error: error };
}

/**
 * The output item for a failed one, under "Continue". n8n sends items whose keys are only `error` and `message` to the error output,
 * in 1.x and 2.x alike; a further key would keep them among the good ones.
 */
export function toErrorItem(item: number, error: Error): INodeExecutionData {
	const description = descriptionOf(error) ?? '';
	const message = `${/[.!?]$/.test(error.message) ? error.message : `${error.message}.`} ${description}`.trim();
	const json: IDataObject = { error: error.message, message };
	return { json, pairedItem: { item } };
}

export function descriptionOf(error: Error): string | undefined {
	const description = error instanceof NodeApiError || error instanceof NodeOperationError ? error.description : undefined;
	return typeof description === 'string' ? description : undefined;
}
