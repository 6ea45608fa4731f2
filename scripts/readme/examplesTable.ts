import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowJson } from '../../test/support/engine-types';

const FOLDER = join(__dirname, '../../examples');

/** The first paragraph under the title of an example's note: what it does. @throws Error for an example without such a note */
function purposeOf(file: string, { nodes }: WorkflowJson): string {
	const note = nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote')?.parameters.content;
	const purpose = /^## .+\n+(.+)/.exec(String(note))?.[1];
	if (purpose === undefined)
		throw new Error(`examples/${file} has no note that begins with a title (## …) and says below it what the example does`);
	return purpose;
}

/** The examples as a Markdown table: the name of each, and what its note says it does. */
export function examplesTable(): string {
	const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
	const rows = files.sort().map((file) => {
		const example = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowJson;
		return `| [${example.name ?? file}](../examples/${file}) | ${purposeOf(file, example)} |`;
	});
	return ['| Workflow | What it does |', '| --- | --- |', ...rows, ''].join('\n');
}
