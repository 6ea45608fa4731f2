import type { Parameters, Workflow, WorkflowNode } from './types';

/**
 * Where the ID of a note comes from: a node by its name, or the item as it comes in.
 * Groups: what stands before the name of the field, the name of the node in one of three forms, and what stands behind.
 */
const ID_OF_NOTE =
	/^=\{\{\s*(?:(\$node\[["'](?<inBrackets>[^"']+)["']\]\.json|\$\(["'](?<inParentheses>[^"']+)["']\)\.(?:item|first\(\)|last\(\))\.json)|\$json)(?:\.id|\[["']id["']\])\s*\}\}$/;

/** What makes or reads notes: its answers say whose each note is. */
const isOfNotes = ({ type, parameters }: WorkflowNode): boolean =>
	type === 'n8n-nodes-base.keap' && parameters.resource === 'contactNote' && parameters.operation !== 'delete';

/** The names of the nodes that hand their items to a node. */
const before = ({ connections = {} }: Workflow, name: string): string[] =>
	Object.entries(connections).flatMap(([source, outputs]) =>
		Object.values(outputs).some((targets) => targets.some((branch) => (branch ?? []).some(({ node }) => node === name))) ? [source] : [],
	);

/**
 * The contact of a note whose ID an expression reads from the answer of another Keap node about notes: the same answer has it.
 * Keap finds a note under its contact now; the older node gave the note alone.
 * @returns the expression for the contact; `undefined` where the workflow does not say whose the note is
 */
export function contactOfNote(workflow: Workflow, old: WorkflowNode): string | undefined {
	const { noteId } = old.parameters as Parameters;
	const found = typeof noteId === 'string' ? ID_OF_NOTE.exec(noteId) : null;
	if (found === null) return undefined;
	const named = found.groups?.inBrackets ?? found.groups?.inParentheses;
	const sources = named === undefined ? before(workflow, old.name) : [named];
	const nodes = sources.map((name) => workflow.nodes.find((node) => node.name === name));
	if (nodes.length === 0 || nodes.some((node) => node === undefined || !isOfNotes(node))) return undefined;
	return `={{ ${found[1] ?? '$json'}.contact_id }}`;
}
