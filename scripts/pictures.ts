import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { drawExample } from './pictures/example';
import { drawForms } from './pictures/forms';
import { firstWorkflow } from './pictures/firstWorkflow';
import { linkPackage } from './n8n/links';
import { print } from './n8n/processes';
import { DEFAULT_VERSION } from './n8n/versions';
import { Editor } from '../test/n8n/browser';
import { Stage } from '../test/n8n/stage';
import type { WorkflowJson } from '../test/support/engine-types';

const PROJECT = resolve(__dirname, '..');
const IMAGES = join(PROJECT, 'docs/images');

const HELP = `npm run pictures [-- <part>…]

Draws the pictures of the documentation anew: starts a full n8n ${DEFAULT_VERSION} with the nodes and a sandbox, and lets a browser
(Chromium) do what the pages say. The first start installs n8n into your cache folder.

Parts (the first two unless named):
  first      docs/images/first-workflow-*.png, click by click
  examples   docs/images/examples/<name>.png, one of each workflow in examples/
  forms      .tmp/forms/*.png: every operation's form, for whoever wants to look at them all (--node <part of its name> for one node)
`;

const PARTS = ['first', 'examples', 'forms'] as const;

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { help: { type: 'boolean', default: false }, node: { type: 'string' } },
		allowPositionals: true,
	});
	const unknown = positionals.find((part) => !(PARTS as readonly string[]).includes(part));
	if (values.help || unknown !== undefined) return print(unknown === undefined ? HELP : `There is no part "${unknown}".\n\n${HELP}`);
	const wanted = (part: (typeof PARTS)[number]): boolean => (positionals.length === 0 ? part !== 'forms' : positionals.includes(part));

	const stage = await Stage.open(DEFAULT_VERSION, linkPackage);
	const editor = await Editor.open(stage.n8n.url).catch(async (error: unknown) => {
		await stage.close();
		throw error;
	});
	try {
		if (wanted('first')) await firstWorkflow(editor, stage, IMAGES);
		if (wanted('examples')) await examples(editor, stage);
		if (wanted('forms')) await drawForms(stage, join(PROJECT, '.tmp/forms'), values.node);
	} finally {
		await editor.close();
		await stage.close();
	}
}

async function examples(editor: Editor, stage: Stage): Promise<void> {
	const to = join(IMAGES, 'examples');
	await mkdir(to, { recursive: true });
	const folder = join(PROJECT, 'examples');
	for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()) {
		const workflow = JSON.parse(await readFile(join(folder, file), 'utf8')) as WorkflowJson;
		await drawExample(editor, stage, workflow, join(to, `${basename(file, '.json')}.png`));
		print(file);
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	process.exitCode = 1;
});
