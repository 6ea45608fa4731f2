import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { INodeTypeDescription } from 'n8n-workflow';

const TOP = join(__dirname, '../..');

/** As ESLint reports it; no rule stands behind a syntax error. */
interface Message {
	readonly ruleId: string | null;
	readonly message: string;
	readonly line: number;
}

/** One finding: the rule, what it says, and the line that it means. */
export interface Finding {
	readonly rule: string;
	readonly message: string;
	readonly line: string;
}

/** A node class with its description written out, as somebody would have written it without a catalogue. */
export function writtenOut(name: string, description: INodeTypeDescription): string {
	const literal = JSON.stringify(description, null, '\t')
		.replace(/^(\t*)"(\w+)":/gm, '$1$2:')
		.replace(/"main"/g, 'NodeConnectionTypes.Main');
	return `import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

export class ${name} implements INodeType {
	description: INodeTypeDescription = ${literal};
}
`;
}

/**
 * Holds a text to the project's own lint rules, which are n8n's, as if it were the file of that node.
 * @throws Error when the linter itself fails
 */
export async function lint(text: string, name: string): Promise<Finding[]> {
	const messages = await inWorker(text, `nodes/${name}/${name}.node.ts`);
	const lines = text.split('\n');
	return messages.map(({ ruleId, message, line }) => ({ rule: ruleId ?? 'syntax', message, line: (lines[line - 1] ?? '').trim() }));
}

async function inWorker(text: string, filePath: string): Promise<Message[]> {
	// Under `test`, n8n's plugin takes every file for a case of its own tests.
	const worker = new Worker(join(__dirname, 'lintWorker.mjs'), {
		workerData: { text, filePath, cwd: TOP },
		env: { ...process.env, NODE_ENV: 'production' },
	});
	return await new Promise((resolve, reject) => {
		worker.once('message', resolve);
		worker.once('error', reject);
	});
}
