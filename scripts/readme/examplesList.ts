import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** The picture of an example, where one was drawn (`npm run pictures`). */
function pictureOf(file: string, { name = file }: WorkflowJson): string[] {
	const picture = `images/examples/${file.replace(/\.json$/, '.png')}`;
	return existsSync(join(FOLDER, '../docs', picture)) ? [`![${name}](${picture})`, ''] : [];
}

/** The examples one below the other: the name of each, what its note says it does, and its nodes as a picture. */
export function examplesList(): string {
	const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
	const parts = files.sort().flatMap((file) => {
		const example = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowJson;
		return [`### [${example.name ?? file}](../examples/${file})`, '', purposeOf(file, example), '', ...pictureOf(file, example)];
	});
	return parts.join('\n').trimEnd();
}
