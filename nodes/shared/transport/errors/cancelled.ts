import { type INode, NodeOperationError } from 'n8n-workflow';

const cancellations = new WeakSet<object>();

/** The error of a request that was given up because its execution was stopped or its caller's signal aborted. */
export function cancelledError(node: INode, item?: number): NodeOperationError {
	const error = new NodeOperationError(node, 'Execution canceled', {
		description: 'The request was given up because the execution was stopped. Requests that waited were not sent',
		itemIndex: item,
	});
	cancellations.add(error);
	return error;
}

/** Whether an error only says that the execution was stopped: it is nobody's fault and no item's. */
export function isCancelled(error: unknown): boolean {
	return typeof error === 'object' && error !== null && cancellations.has(error);
}
