import type { Workflow } from './types';

/**
 * Expressions of a workflow that read from a converted node what its answers call otherwise now.
 * @param renamed what answers call otherwise, by the name in the older node's answers
 * @returns a line for each: which node reads which field, and what it is called now
 */
export function readersOf({ nodes, connections }: Workflow, name: string, renamed: Readonly<Record<string, string>>): string[] {
	const behind = new Set(followersOf(connections, name));
	const named = [`$('${name}')`, `$("${name}")`, `$node["${name}"]`, `$node['${name}']`, `$items("${name}"`];
	return nodes.flatMap((node) =>
		textsIn(node.parameters).flatMap((text) => {
			const reads = named.some((way) => text.includes(way)) || (behind.has(node.name) && /\$json|\$input|\bitem\b|\bitems\b/.test(text));
			if (!reads) return [];
			return Object.entries(renamed).flatMap(([old, now]) =>
				new RegExp(`(\\.|\\[['"])${escaped(old)}\\b`).test(text) && old !== now
					? [`"${node.name}" reads ${old}, which is ${now} now: ${shortened(text)}`]
					: [],
			);
		}),
	);
}

/** Nodes that get items of a node directly. */
function followersOf(connections: Workflow['connections'], name: string): string[] {
	return Object.values(connections[name] ?? {}).flatMap((outputs) => outputs.flatMap((targets) => (targets ?? []).map(({ node }) => node)));
}

/** Every expression and piece of code in the parameters of a node. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.startsWith('=') || value.includes('\n') || value.includes('$') ? [value] : [];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}...` : text).replaceAll('\n', ' ');
