import { allOperations, type Operation } from './operations';

/** A node of the tree of path segments. */
interface PathNode {
	literals: Map<string, PathNode>;
	/** `{param}` and `{param}:verb`, the verb (or '') to its node. */
	params: Map<string, PathNode>;
	/** By method; empty where no path ends. */
	operations: Map<string, Operation>;
}

export type PathMatch =
	| { found: 'operation'; operation: Operation; params: Record<string, string> }
	| { found: 'otherMethods'; methods: string[] }
	| { found: 'nothing' };

const PARAM = /^\{[^}]+\}(?::(.+))?$/;
const PARAM_NAMES = /\{([^}]+)\}/g;

const newNode = (): PathNode => ({ literals: new Map(), params: new Map(), operations: new Map() });

function childOf(children: Map<string, PathNode>, name: string): PathNode {
	const child = children.get(name) ?? newNode();
	children.set(name, child);
	return child;
}

function buildTree(operations: readonly Operation[]): PathNode {
	const root = newNode();
	for (const operation of operations) {
		let node = root;
		for (const segment of operation.path.split('/').slice(1)) {
			const param = PARAM.exec(segment);
			node = param ? childOf(node.params, param[1] ?? '') : childOf(node.literals, segment);
		}
		node.operations.set(operation.method, operation);
	}
	return root;
}

/** Depth first, literal before verb before plain parameter. An empty segment fills no parameter. */
function descend(
	node: PathNode,
	segments: readonly string[],
	at: number,
	values: string[],
): { node: PathNode; values: string[] } | undefined {
	const segment = segments[at];
	if (segment === undefined) return node.operations.size > 0 ? { node, values } : undefined;
	const literal = node.literals.get(segment);
	const byLiteral = literal && descend(literal, segments, at + 1, values);
	if (byLiteral) return byLiteral;
	const colon = segment.lastIndexOf(':');
	for (const [end, verb] of [
		[colon, segment.slice(colon + 1)],
		[segment.length, ''],
	] as const) {
		const child = end > 0 ? node.params.get(verb) : undefined;
		const found = child && descend(child, segments, at + 1, [...values, segment.slice(0, end)]);
		if (found) return found;
	}
	return undefined;
}

let tree: PathNode | undefined;

/** Finds the operation of a method and a raw (still encoded) path without its query. Parameter values stay encoded. */
export function matchPath(method: string, path: string): PathMatch {
	tree ??= buildTree(allOperations());
	const end = descend(tree, path.split('/').slice(1), 0, []);
	if (!end) return { found: 'nothing' };
	const operation = end.node.operations.get(method);
	if (!operation) return { found: 'otherMethods', methods: [...end.node.operations.keys()].sort() };
	const names = [...operation.path.matchAll(PARAM_NAMES)].map(([, name]) => name ?? '');
	return { found: 'operation', operation, params: Object.fromEntries(names.map((name, index) => [name, end.values[index] ?? ''])) };
}
