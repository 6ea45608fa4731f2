import { resources as keap } from '../../nodes/Keap/resources';
import { resources as keapAdmin } from '../../nodes/KeapAdmin/resources';
import { resources as keapMarketing } from '../../nodes/KeapMarketing/resources';
import type { Resource } from '../../nodes/shared/catalogue/operation/types';

/** The nodes that have a catalogue, as users know them. */
const NODES: ReadonlyArray<readonly [name: string, resources: readonly Resource[]]> = [
	['Keap', keap],
	['Keap Admin', keapAdmin],
	['Keap Marketing', keapMarketing],
];

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
