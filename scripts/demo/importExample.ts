import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowJson } from '../../test/support/engine-types';

/** `examples/import-contacts.json` with the tag picked that it leaves open. */
export function importExample(tagId: string): WorkflowJson {
	const file = join(__dirname, '../../examples/import-contacts.json');
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;
	const tagging = workflow.nodes.find(({ name }) => name === 'Tag Them');
	if (tagging === undefined) throw new Error(`${file} has no node Tag Them`);
	tagging.parameters.tagIds = [tagId];
	return workflow;
}
