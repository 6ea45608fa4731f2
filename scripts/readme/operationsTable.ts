import { nodes } from '../../nodes';
import type { Resource } from '../../nodes/shared/catalogue/operation/types';
import { variantsOf } from '../../nodes/shared/catalogue/operation/variants';

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
	const all = NODES.flatMap(([, catalogue]) => catalogue.flatMap(({ operations }) => operations));
	const reached = new Set(all.flatMap(variantsOf).flatMap(({ method, path }) => (path === '' ? [] : [`${method} ${path}`])));
	return [
		`${all.length} operations today, which reach ${reached.size} of Keap's:`,
		'',
		'| Node | Resource | Operations |',
		'| --- | --- | --- |',
		...rows,
		'',
	].join('\n');
}
