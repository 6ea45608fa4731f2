import { type IExecuteFunctions, NodeApiError } from 'n8n-workflow';

import type { Call } from '../operation/types';

/** `tag` of `/crm/rest/v2/tags/{tag_id}`. */
const nounIn = (path: string): string =>
	path
		.match(/([a-zA-Z]+)\/\{[^}]+\}$/)?.[1]
		?.replace(/ies$/, 'y')
		.replace(/s$/, '') ?? 'record';

/**
 * The error for an id that a bundled read did not return: the same that a single read would give.
 * @param what what the record is called, where the row's path does not say it
 */
export function notFound(context: IExecuteFunctions, { item, operation }: Call, id: string, what?: string): NodeApiError {
	const record = what ?? nounIn(operation.path);
	return new NodeApiError(
		context.getNode(),
		{ message: `Keap has no ${record} with the ID ${id}` },
		{
			message: `Keap has no ${record} with the ID ${id}`,
			description:
				'It may have been deleted or merged into another one. Check the ID, and that the key belongs to the account that holds the record.',
			httpCode: '404',
			itemIndex: item,
		},
	);
}
