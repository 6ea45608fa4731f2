import { createWorkflow, withCredential } from '../n8n/setup';
import type { Editor } from '../../test/n8n/browser';
import type { Stage } from '../../test/n8n/stage';
import type { WorkflowJson } from '../../test/support/engine-types';

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** The nodes of an example as they stand on n8n's canvas, without its notes: the page says in text what these say. */
export async function drawExample(editor: Editor, stage: Stage, workflow: WorkflowJson, path: string): Promise<void> {
	const nodes = workflow.nodes.filter(({ type }) => type !== STICKY_NOTE);
	await editor.openWorkflow(await createWorkflow(stage.client, withCredential({ ...workflow, nodes }, stage.credential)));
	await editor.bare();
	// What the user has still to pick, such as a tag of the account.
	await editor.hide('[data-test-id=node-issues]');
	await editor.pictureOf(editor.at('canvas-node'), path, { side: 40, below: 80 });
}
