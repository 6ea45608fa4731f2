import type { IDataObject } from 'n8n-workflow';

import { type Expected, keapPages, keapRequest, type KeapRequest, type PageOptions } from '../../transport';
import { nothingToUpdate } from '../operation/badInput';
import { completed } from './completion';
import { listOf } from '../../runtime/listOf';
import { isWrite } from '../operation/outcome';
import { WRITE } from '../operation/tries';
import type { Answer, Call, Field, Operation, Perform, Work } from '../operation/types';
import { WithFile } from '../operation/withFile';
import { byFieldName, isRaw, isSimplified } from '../output/parameters';
import { keapFieldsFor, shapedRecord } from '../output/selection';

/** The request that a row and its values come to. @throws BadInput when an update has nothing to write */
export function toRequest(call: Call, work: Work): KeapRequest {
	const { operation, pathParams, query, body, item } = call;
	const { method, path, mask, reads, accepted } = operation;
	const hasBody = method !== 'GET' && method !== 'DELETE' && (Object.keys(body).length > 0 || operation.fields.some(isWritten));
	return {
		method,
		path,
		pathParams,
		query: {
			...query,
			...(mask === true && { update_mask: maskOf(body) }),
			...fieldsOf(call),
		},
		...(hasBody && { body }),
		...(reads === true && { reads }),
		...(accepted === true && { accepted }),
		item,
		signal: work.signal,
		expects: expectedOf(operation),
		...(work.backlog !== undefined && { backlog: work.backlog() }),
	};
}

/** Keap's `fields` for a call, where it wants less than the row asks for. */
export function fieldsOf(call: Call): { fields?: readonly string[] | undefined } {
	const { operation, query, selection } = call;
	const { simplify } = operation;
	if (simplify === undefined) return {};
	if (selection !== undefined) return 'fields' in query ? { fields: keapFieldsFor(simplify, selection, query.fields) } : {};
	return simplify.fields !== undefined && isSimplified(call) ? { fields: simplify.fields } : {};
}

/** What Keap's answer to a row has to be to be believed. */
function expectedOf({ answer = 'record', records, expects = ['id'], bundledWrite }: Operation): Expected {
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

/** Records as the user wants them: whole, simplified, or with selected fields. */
export async function simplified(work: Work, call: Call, answer: Answer): Promise<Answer> {
	const { simplify } = call.operation;
	if (simplify === undefined || isRaw(call) || answer instanceof WithFile) return answer;
	const how = { written: isWrite(call), byFieldName: byFieldName(call), selection: call.selection };
	if (!Array.isArray(answer)) return await shapedRecord(simplify, answer, work.context, how);
	for (const [index, record] of answer.entries()) answer[index] = await shapedRecord(simplify, record, work.context, how);
	return answer;
}
