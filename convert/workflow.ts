import { readersOf } from './answers';
import { contactOfNote } from './contactOfNote';
import { convertNode, OLD_NODE, OLD_TRIGGER, operationOf } from './node';
import type { Parameters, Workflow } from './types';

/** What became of one node. */
export interface NodeReport {
	readonly name: string;
	readonly from: string;
	readonly to?: string;
	readonly changed: readonly string[];
	readonly look: readonly string[];
}

export interface Conversion {
	readonly workflow: Workflow;
	readonly nodes: readonly NodeReport[];
}

const ID_TEXT = 'IDs are text now ("17" where it was 17): compare them as text';

/**
 * A workflow with our nodes in place of n8n's older Keap nodes; everything else is as it was. The given one is not touched.
 * @throws Error for what is no workflow
 */
export function convertWorkflow(given: unknown): Conversion {
	if (!isWorkflow(given)) throw new Error('This is no workflow as n8n exports it: it has no list of nodes.');
	const workflow = structuredClone(given);
	const reports: NodeReport[] = [];
	workflow.nodes = workflow.nodes.map((old) => {
		if (old.type !== OLD_NODE && old.type !== OLD_TRIGGER) return old;
		const result = convertNode(old, contactOfNote(given, old));
		if (result === undefined) {
			const { resource, operation } = operationOf(old.parameters);
			reports.push({
				name: old.name,
				from: old.type,
				changed: [],
				look: [`is left as it is: ${resource} ${operation} is not known`],
			});
			return old;
		}
		const { node, rule, changed, look } = result;
		const readers = readersOf(given, old.name, rule.answers);
		reports.push({
			name: old.name,
			from: old.type === OLD_TRIGGER ? old.type : described(old.type, operationOf(old.parameters)),
			to: described(node.type, node.parameters),
			changed,
			look: [...look, ...readers],
		});
		return node;
	});
	return { workflow, nodes: reports };
}

/** What holds for every node that was converted. */
export const GENERAL: readonly string[] = [
	'Choose your Keap API credential in each converted node: the older one has OAuth2.',
	ID_TEXT,
	"Answers are those of version 2 of Keap's API; Output is Raw, so that they have all that Keap gives.",
];

const described = (type: string, { resource, operation }: Parameters): string =>
	[type, resource, operation].filter((part) => part !== undefined).join(' ');

function isWorkflow(given: unknown): given is Workflow {
	if (typeof given !== 'object' || given === null || !('nodes' in given) || !Array.isArray(given.nodes)) return false;
	const { nodes } = given;
	const whole = nodes.every(
		(node: unknown) =>
			typeof node === 'object' &&
			node !== null &&
			'name' in node &&
			'type' in node &&
			'parameters' in node &&
			typeof node.parameters === 'object',
	);
	return whole && (!('connections' in given) || typeof given.connections === 'object');
}
