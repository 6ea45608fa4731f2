import { type IExecuteFunctions, NodeApiError } from 'n8n-workflow';

import { noRecord } from '../../transport';
import type { Call } from '../operation/types';

/**
 * The error for an id that a bundled read did not return: the same that a single read would give.
 *
 * @param one what the record is called, where the row's path does not name it
 */
export function notFound(context: IExecuteFunctions, { item, operation, pathParams }: Call, id: string, one = 'record'): NodeApiError {
	const last = [...operation.path.matchAll(/\{(\w+)\}/g)].at(-1)?.[1] ?? 'id';
	const missing = noRecord(operation.path, { ...pathParams, [last]: id }) ?? {
		message: `Keap has no ${one} with the ID ${id}`,
		description: 'It may have been deleted. Check the ID, and that the key belongs to the account that holds the record.',
	};
	return new NodeApiError(context.getNode(), { message: missing.message }, { ...missing, httpCode: '404', itemIndex: item });
}
