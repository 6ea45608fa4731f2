import type { IDataObject } from 'n8n-workflow';

import { keapGetAll, keapRequest } from '../../transport';
import { notFound } from './notFound';
import type { Call, Completion, Work } from '../operation/types';

/**
 * The body with everything that Keap wants in it: as given, else as the record has it, else the row's own value.
 * Reads the record only where something is missing.
 * @throws NodeApiError when Keap has no such record
 */
export async function completed(work: Work, call: Call, completion: Completion): Promise<IDataObject> {
	const { fields, lists = [], as: inWordsOfRequest = (record: IDataObject): IDataObject => record } = completion;
	// What is to be cleared stands in the body without a value.
	const missing = Object.keys(fields).filter((name) => !(name in call.body));
	const added = call.values.listHandling === 'replace' ? [] : lists.filter((name) => Array.isArray(call.body[name]));
	if (missing.length === 0 && added.length === 0) return call.body;
	const record = inWordsOfRequest(await readRecord(work, call, completion));
	const whole = (name: string): IDataObject[string] =>
		[...new Set([record[name] ?? [], call.body[name]].flat().map(String))] as IDataObject[string];
	return {
		...call.body,
		...Object.fromEntries(missing.map((name) => [name, record[name] ?? fields[name]])),
		...Object.fromEntries(added.map((name) => [name, whole(name)])),
	};
}

async function readRecord({ context, signal }: Work, call: Call, { path, records }: Completion): Promise<IDataObject> {
	const { item, pathParams } = call;
	if (records === undefined) {
		const { body } = await keapRequest<IDataObject>(context, {
			method: 'GET',
			path,
			pathParams,
			item,
			signal,
			expects: { record: ['id'] },
		});
		return body;
	}
	const all = await keapGetAll(context, { method: 'GET', path, item, signal }, { records });
	const found = all.find(({ id }) => String(id) === pathParams.id);
	if (found === undefined) throw notFound(context, call, pathParams.id ?? '');
	return found;
}
