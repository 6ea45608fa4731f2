import { nodes } from '../../nodes';
import { randomUUID } from 'node:crypto';
import type { INode, INodeParameters } from 'n8n-workflow';
import type { WorkflowJson } from './engine-types';

/** Type name under which n8n knows our Keap node. */
export const KEAP_NODE = 'n8n-nodes-keap.keap';

/** The credential that `keapNode` refers to; give the engine one under this id. */
export const KEAP_CREDENTIAL = { keapApi: { id: 'cred1', name: 'Keap account' } };

/** A node with what `workflow` fills in left out. */
export type NodeDraft = Partial<INode> & Pick<INode, 'name' | 'type'>;

/** Chains the nodes in a line, each one's first output to the next one's input. */
export function workflow(drafts: NodeDraft[], name = 'Test workflow'): WorkflowJson {
	const nodes = drafts.map((draft, index): INode => ({
		id: randomUUID(),
		typeVersion: 1,
		position: [index * 220, 0],
		parameters: {},
		...draft,
	}));
	const connections: WorkflowJson['connections'] = {};
	nodes.slice(0, -1).forEach((node, index) => {
		connections[node.name] = { main: [[{ node: nodes[index + 1]!.name, type: 'main', index: 0 }]] };
	});
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** A Manual Trigger named 'Start'. */
export const manualTrigger = (name = 'Start'): NodeDraft => ({ name, type: 'n8n-nodes-base.manualTrigger' });

/** The type of our node that has a resource; the Keap node for parameters without one. */
export function typeOf({ resource }: INodeParameters): string {
	const holder = nodes.find(({ resources = [] }) => resources.some(({ value }) => value === resource));
	return holder === undefined ? KEAP_NODE : `n8n-nodes-keap.${holder.name.charAt(0).toLowerCase()}${holder.name.slice(1)}`;
}

/**
 * Our node for a resource with the credential `cred1`.
 * @param name the node's name in the workflow
 * @param parameters resource, operation and fields
 * @param extra anything else of a node: onError, retryOnFail, type, …
 */
export const keapNode = (name: string, parameters: INodeParameters, extra: Partial<INode> = {}): NodeDraft => ({
	name,
	type: typeOf(parameters),
	parameters,
	credentials: KEAP_CREDENTIAL,
	...extra,
});
