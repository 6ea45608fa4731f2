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

/** The project's own lint rules, which are n8n's, in a thread of their own: loading them takes seconds. */
export class Linter {
	private readonly worker = new Worker(join(__dirname, 'lintWorker.mjs'), {
		workerData: { cwd: TOP },
		// Under `test`, n8n's plugin takes every file for a case of its own tests.
		env: { ...process.env, NODE_ENV: 'production' },
	});

	/**
	 * Holds a text to the rules as if it were the file of that node. One at a time.
	 * @throws Error when the linter itself fails
	 */
	async lint(text: string, name: string): Promise<Finding[]> {
		const messages = await new Promise<Message[]>((resolve, reject) => {
			this.worker.once('message', resolve);
			this.worker.once('error', reject);
			this.worker.postMessage({ text, filePath: `nodes/${name}/${name}.node.ts` });
		});
		const lines = text.split('\n');
		return messages.map(({ ruleId, message, line }) => ({ rule: ruleId ?? 'syntax', message, line: (lines[line - 1] ?? '').trim() }));
	}

	async close(): Promise<void> {
		await this.worker.terminate();
	}
}
