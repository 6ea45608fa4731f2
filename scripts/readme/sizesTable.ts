import { nodes } from '../../nodes';
import { toProperties } from '../../nodes/shared/catalogue/properties';
import { wordsOf } from './operationsPage';

/** How large the parameters of each action node are, to the nearest KB: what n8n sends to every editor. */
export function sizesTable(): string {
	const rows = nodes.flatMap(({ name, resources }) =>
		resources === undefined
			? []
			: [`| ${wordsOf(name)} | ${Math.round(Buffer.byteLength(JSON.stringify(toProperties(resources))) / 1000)} |`],
	);
	return ['| node | KB |', '| --- | --- |', ...rows].join('\n');
}
