import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Editor } from '../../test/n8n/browser';
import { RIGHT_KEY, type Stage } from '../../test/n8n/stage';
import { KEAP_NODE } from '../../test/support/engine-workflow';

/** What docs/getting-started.md says under "The first workflow", click by click, with a picture of each step. */
export async function firstWorkflow(editor: Editor, stage: Stage, folder: string): Promise<void> {
	let step = 0;
	const picture = async (name: string, of: Locator, most?: number): Promise<void> =>
		await editor.pictureOf(of, join(folder, `first-workflow-${(step += 1)}-${name}.png`), { most });
	const panel = editor.at('node-creator');
	const view = editor.at('ndv');

	await editor.newWorkflow();
	await editor.hide('.el-notification');
	await editor.at('canvas-add-button').click();
	await panel.locator('input').first().fill('manual');
	await editor.panelEntry('n8n-nodes-base.manualTrigger').first().waitFor();
	await picture('trigger', panel, 260);
	await editor.panelEntry('n8n-nodes-base.manualTrigger').first().click();

	await editor.searchNode('Keap');
	await picture('search', panel);
	await editor.panelEntry(KEAP_NODE).first().click();
	await editor.action('Get many contacts').scrollIntoViewIfNeeded();
	await picture('action', panel);
	await editor.action('Get many contacts').click();
	await view.waitFor();

	await newCredential(editor, stage, async (dialog) => await picture('credential', dialog));
	await editor.at('node-execute-button').click();
	await editor.at('output-panel').getByText('Ada').first().waitFor();
	await picture('contacts', view);
	await editor.at('ndv-close-button').click();

	await editor.addNode('Keap', KEAP_NODE, 'Apply tags to contacts');
	await editor.tick('tagIds', 'Customer');
	await editor.page.keyboard.press('Escape');
	await editor.dragField('id', 'contactIds');
	await picture('drag', view);
	await editor.page.waitForTimeout(1000);
	await editor.at('node-execute-button').click();
	await editor.at('output-panel').getByText('success', { exact: false }).first().waitFor();
	await picture('tag', view);
	await editor.at('ndv-close-button').click();
	await editor.bare();
	await editor.pictureOf(editor.at('canvas-node'), join(folder, `first-workflow-${step + 1}-done.png`), { side: 72, below: 72 });
}

/** From the open node, as a person would. The picture is taken before the address of the sandbox is filled in, which nobody else needs. */
async function newCredential(editor: Editor, stage: Stage, picture: (dialog: Locator) => Promise<void>): Promise<void> {
	await editor.at('node-credentials-select').click();
	await editor.at('node-credentials-select-item-new').click();
	const dialog = editor.at('editCredential-modal');
	await dialog.waitFor();
	await editor.fill('apiKey', RIGHT_KEY);
	await picture(dialog);
	await editor.parameter('advancedSettings').locator('.el-switch').click();
	await editor.fill('baseUrl', stage.sandbox.url);
	await editor.at('credential-save-button').click();
	// n8n closes it by itself once Keap has accepted the key.
	await dialog.waitFor({ state: 'hidden' });
}
