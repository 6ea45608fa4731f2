import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { print } from '../n8n/processes';
import { createWorkflow, withCredential } from '../n8n/setup';
import { everythingOpen } from './openForm';
import { Sheets } from './sheets';
import { complaintsOf, pictureOfForm, showForm } from './shownForm';
import { choicesOf } from '../../test/catalogue/parameters';
import { Editor } from '../../test/n8n/browser';
import type { Stage } from '../../test/n8n/stage';
import { workflow } from '../../test/support/engine-workflow';

/** So high that the longest form stands in it without scrolling. */
const WINDOW = { width: 1_250, height: 9_000 };

/** n8n's own entry in every list of operations. */
const OF_N8N = '__CUSTOM_API_CALL__';

/** A node with nothing filled in but what is to be done. */
interface Form {
	readonly name: string;
	readonly parameters: INodeParameters;
}

/**
 * Every operation's form as a person meets it, and once more with all of its optional fields added, as contact sheets:
 * `<node>-closed-<n>.png` and `<node>-open-<n>.png`. What n8n could not load, and labels that it cut off, are printed.
 *
 * @param folder is emptied first
 * @param only part of a node's name; all nodes without it
 */
export async function drawForms(stage: Stage, folder: string, only = ''): Promise<void> {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const isDrawn = ({ name, properties }: INodeTypeDescription): boolean =>
		name.includes(only) && !name.endsWith('Tool') && properties.some((property) => property.name === 'resource');
	for (const description of (await stage.ourNodes()).filter(isDrawn)) {
		const forms = formsOf(description);
		const open = forms.map(({ name, parameters }) => ({ name, parameters: everythingOpen(description.properties, parameters) }));
		const path = join(folder, String(description.name.split('.').at(-1)));
		await drawAll(stage, description, forms, `${path}-closed`);
		await drawAll(stage, description, open, `${path}-open`);
	}
}

function formsOf({ properties }: INodeTypeDescription): Form[] {
	const resources = properties.filter(({ name }) => name === 'resource').flatMap(choicesOf);
	return resources.flatMap((resource) => {
		const isOf = ({ name, displayOptions }: INodeProperties): boolean =>
			name === 'operation' && displayOptions?.show?.resource?.includes(resource.value) === true;
		return properties
			.filter(isOf)
			.flatMap(choicesOf)
			.filter(({ value }) => value !== OF_N8N)
			.map((operation) => ({
				name: `${resource.name}: ${operation.name}`,
				parameters: { resource: resource.value, operation: operation.value },
			}));
	});
}

async function drawAll(stage: Stage, { name: type, version }: INodeTypeDescription, forms: readonly Form[], path: string): Promise<void> {
	const drafts = forms.map((form) => ({ ...form, type, typeVersion: Number(version), credentials: { keapApi: { id: '', name: '' } } }));
	const id = await createWorkflow(stage.client, withCredential({ ...workflow(drafts), connections: {} }, stage.credential));
	const editor = await Editor.open(stage.n8n.url);
	try {
		await editor.page.setViewportSize(WINDOW);
		await editor.asInstalled('n8n-nodes-keap');
		await editor.openWorkflow(id);
		await editor.hide('.el-notification');
		const sheets = new Sheets(editor.page.context(), path);
		for (const { name } of forms) {
			await showForm(editor, name);
			for (const complaint of await complaintsOf(editor)) print(`${name}: ${complaint}`);
			const { png, height } = await pictureOfForm(editor);
			sheets.add(name, png, height);
		}
		await sheets.write();
		print(`${basename(path)}: ${forms.length} forms`);
	} finally {
		await editor.close();
	}
}
