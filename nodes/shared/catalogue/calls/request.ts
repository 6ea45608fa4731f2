import type { IDataObject } from 'n8n-workflow';

import { type Expected, keapPages, keapRequest, type KeapRequest, type PageOptions } from '../../transport';
import { nothingToUpdate } from '../operation/badInput';
import { completed } from './completion';
import { listOf } from '../../runtime/listOf';
import { isWrite } from '../operation/outcome';
import { WRITE } from '../operation/tries';
import type { Answer, Call, Field, Operation, Perform, Work } from '../operation/types';
import { WithFile } from '../operation/withFile';

/** The request that a row and its values come to. @throws BadInput when an update has nothing to write */
export function toRequest({ operation, pathParams, query, body, values, item }: Call, work: Work): KeapRequest {
	const { method, path, mask, reads, simplify } = operation;
	const hasBody = method !== 'GET' && method !== 'DELETE' && (Object.keys(body).length > 0 || operation.fields.some(isWritten));
	return {
		method,
		path,
		pathParams,
		query: {
			...query,
			...(mask === true && { update_mask: maskOf(body) }),
			...(simplify?.fields !== undefined && values.simplify === true && { fields: simplify.fields }),
		},
		...(hasBody && { body }),
		...(reads === true && { reads }),
		item,
		signal: work.signal,
		expects: expectedOf(operation),
		...(work.backlog !== undefined && { backlog: work.backlog() }),
	};
}

/** What Keap's answer to a row has to be to be believed. */
export function expectedOf({ answer = 'record', records, expects = ['id'], bundledWrite }: Operation): Expected {
	if (bundledWrite !== undefined) return 'results';
	if (answer === 'deleted' || answer === 'success') return 'nothing';
	return answer === 'record' ? { record: expects } : { list: records };
}

/** Whether a field goes into the body. Keap's verbs, such as `:deactivate`, take none at all; others want one even if it is empty. */
const isWritten = ({ to, members }: Field): boolean => to?.in === 'body' || members?.some(isWritten) === true;

/** `update_mask` names the fields that are written; Keap leaves all others alone. */
export function maskOf(body: IDataObject): string[] {
	const names = Object.keys(body);
	if (names.length === 0) throw nothingToUpdate();
	return names;
}

/** What Keap answers to one item, shaped as its row says. */
export async function carryOut(work: Work, call: Call, given: Perform | undefined = call.operation.perform): Promise<Answer> {
	const perform = call.operation.performFor?.(call) === false ? undefined : given;
	if (perform === undefined && call.operation.answer === 'records') return await listFromKeap(work, call);
	const answer = await (perform ?? askKeap)(work, call);
	// Kept before it is shaped, which may take another call: should that fail, this one must not be made again.
	if (isWrite(call)) work.tries.keep(call.item, WRITE, { answer });
	return await simplified(work, call, answer);
}

/** A list, shaped page by page: the whole of a long one as Keap gives it takes twice the memory. */
async function listFromKeap(work: Work, call: Call): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	for await (const page of keapPages(work.context, await requestFor(work, call), pageOptions(call))) {
		for (const record of (await simplified(work, call, page)) as IDataObject[]) all.push(record);
	}
	return all;
}

async function requestFor(work: Work, call: Call): Promise<KeapRequest> {
	const asked = toRequest(call, work);
	const { completion } = call.operation;
	return completion === undefined ? asked : { ...asked, body: await completed(work, call, completion) };
}

function pageOptions(call: Call): PageOptions {
	const { records, pageSize } = call.operation;
	return { ...(records !== undefined && { records }), ...(pageSize !== undefined && { pageSize }), ...limitOf(call) };
}

/** One call of a row that is no list. */
export async function askKeap(work: Work, call: Call): Promise<Answer> {
	const { answer = 'record', records } = call.operation;
	const { body } = await keapRequest(work.context, await requestFor(work, call));
	if (answer === 'deleted') return { deleted: true };
	if (answer === 'success') return { ...idsOf(call), success: true };
	if (answer === 'nested') return listOf((body as IDataObject)[records ?? '']).slice(0, limitOf(call).limit);
	// An update that 204 confirms has no record to show: an item needs an object.
	return typeof body === 'object' && body !== null ? (body as IDataObject) : {};
}

/** What a call without an answer was about, for the next node: the IDs in its path and its body, by Keap's names. */
function idsOf({ pathParams, body }: Call): IDataObject {
	const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
	const named = Object.entries(body).filter(
		([name, value]) => /(_id|_ids)$/.test(name) && (isText(value) || (Array.isArray(value) && value.every(isText))),
	);
	return { ...pathParams, ...Object.fromEntries(named) };
}

/** The user's Limit; none with Return All. */
export const limitOf = ({ values }: Call): { limit?: number } =>
	values.returnAll === true || typeof values.limit !== 'number' ? {} : { limit: values.limit };

/** Applies the row's Simplify where the user wants it. */
export async function simplified(work: Work, call: Call, answer: Answer): Promise<Answer> {
	const { simplify } = call.operation;
	if (simplify === undefined || call.values.simplify !== true || answer instanceof WithFile) return answer;
	const written = isWrite(call);
	if (!Array.isArray(answer)) return await simplify.shape(answer, work.context, written);
	for (const [index, record] of answer.entries()) answer[index] = await simplify.shape(record, work.context, written);
	return answer;
}
