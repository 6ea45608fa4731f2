import { nodes } from '../../nodes';
import type { Operation } from '../../nodes/shared/catalogue/operation/types';
import { variantsOf } from '../../nodes/shared/catalogue/operation/variants';
import { wordsOf } from './operationsPage';

const operations = (): Operation[] => nodes.flatMap(({ resources = [] }) => resources.flatMap((resource) => resource.operations));

/** The action nodes with what they work on, and how much of Keap they reach, from the catalogue. */
export function nodesTable(): string {
	const rows = nodes.flatMap(({ name, resources }) =>
		resources === undefined ? [] : [`| **${wordsOf(name)}** | ${resources.map((resource) => resource.name).join(', ')} |`],
	);
	const all = operations();
	const reached = new Set(all.flatMap(variantsOf).flatMap(({ method, path }) => (path === '' ? [] : [`${method} ${path}`])));
	return [
		'| Node | Works on |',
		'| --- | --- |',
		...rows,
		'| **Keap Trigger** | starts a workflow when something happens in Keap, at once |',
		'| **Keap Polling Trigger** | the same for an n8n that Keap cannot reach: asks for what changed |',
		'',
		`${all.length} operations, which reach ${reached.size} of Keap's: [all of them, and what each costs](docs/operations.md).`,
	].join('\n');
}
