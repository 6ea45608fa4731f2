import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { doubtOf, markInDoubt } from '../transport';
import { isWrite } from './operation/outcome';
import type { Call } from './operation/types';
import { wordedError } from './operation/wordedError';

/** An error of a write that is a fault of the program, such as a TypeError over an answer that nobody foresaw, with what to do next. Other errors pass unchanged. */
export function ofFault(error: unknown, call: Call, node: INode): unknown {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (!(error instanceof Error) || !isWrite(call) || doubtOf(error) === undefined) return error;
	const worded = wordedError(node, `This node could not make sense of what came from Keap: ${error.message}`, {
		itemIndex: call.item,
		description: 'It may or may not have been carried out, and was not sent again: look in Keap before you run this item again.',
	});
	markInDoubt(worded, 'harmful');
	return worded;
}
