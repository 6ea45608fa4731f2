import { type INode, NodeOperationError } from 'n8n-workflow';

/**
 * An error of n8n's that keeps its words. n8n replaces a message in which it finds the name of an error of the network, such as
 * ECONNRESET, by one of its own: what stands around the name, such as which record is there already, would be lost.
 */
export function wordedError(
	node: INode,
	message: string,
	about: { readonly itemIndex: number; readonly description: string },
): NodeOperationError {
	const error = new NodeOperationError(node, message, about);
	error.message = message;
	return error;
}
