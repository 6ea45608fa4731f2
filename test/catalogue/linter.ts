import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';

const TOP = join(__dirname, '../..');
const ESLINT = join(TOP, 'node_modules/eslint/bin/eslint.js');

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
 * Runs the project's own lint command, which is n8n's, over a text as if it were the file of that node.
 * @throws Error when the linter itself fails
 */
export async function lint(text: string, name: string): Promise<Finding[]> {
	const file = `nodes/${name}/${name}.node.ts`;
	const child = spawn(process.execPath, [ESLINT, '--format', 'json', '--stdin', '--stdin-filename', file], { cwd: TOP, stdio: 'pipe' });
	child.stdin.end(text);
	const [out, err] = await Promise.all([child.stdout, child.stderr].map(async (stream) => (await stream.toArray()).join('')));
	if (!out?.startsWith('[')) throw new Error(`The linter failed: ${err}`);
	const [result] = JSON.parse(out) as Array<{ messages: Array<{ ruleId: string | null; message: string; line: number }> }>;
	const lines = text.split('\n');
	return (result?.messages ?? []).map(({ ruleId, message, line }) => ({ rule: ruleId ?? 'syntax', message, line: (lines[line - 1] ?? '').trim() }));
}
