import { nodes } from '../../nodes';
import type { Resource } from '../../nodes/shared/catalogue/operation/types';

/** `KeapAdmin` is shown as Keap Admin. */
const wordsOf = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');

/** The nodes that have a catalogue, as users know them. */
const NODES: ReadonlyArray<readonly [name: string, resources: readonly Resource[]]> = nodes.flatMap(({ name, resources }) =>
	resources === undefined ? [] : [[wordsOf(name), resources] as const],
);

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name, 'en');

/** The operations of all nodes as a Markdown table, with their number, from the catalogue. */
export function operationsTable(): string {
	const rows = NODES.flatMap(([node, catalogue]) =>
		[...catalogue].sort(byName).map(
			({ name, operations }) =>
				`| ${node} | ${name} | ${[...operations]
					.sort(byName)
					.map((operation) => operation.name)
					.join(', ')} |`,
		),
	);
	const count = NODES.flatMap(([, catalogue]) => catalogue.flatMap(({ operations }) => operations)).length;
	return [`${count} operations today:`, '', '| Node | Resource | Operations |', '| --- | --- | --- |', ...rows, ''].join('\n');
}
