#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';

import { convertWorkflow, GENERAL, type NodeReport } from './workflow';

const USAGE = `npx n8n-nodes-keap convert <workflow.json> [<new file>]

Puts the nodes of n8n-nodes-keap in place of n8n's older Keap nodes, in a workflow that n8n has exported.
The given file is not changed; the new one is <workflow>.converted.json unless you name another, and none is overwritten.
What was changed and what a person must look at is printed.`;

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** @returns the exit code: 0, or 2 for what can't be done */
export function main(given: readonly string[]): number {
	const [file, target, ...more] = given[0] === 'convert' ? given.slice(1) : given;
	if (file === undefined || file.startsWith('-') || more.length > 0) {
		say(USAGE);
		return file === '--help' || file === '-h' ? 0 : 2;
	}
	const to = target ?? `${file.replace(/\.json$/, '')}.converted.json`;
	try {
		const { workflow, nodes } = convertWorkflow(JSON.parse(readFileSync(file, 'utf8')));
		if (nodes.length === 0) {
			say(`${file} has none of n8n's older Keap nodes: nothing to convert.`);
			return 0;
		}
		writeFileSync(to, `${JSON.stringify(workflow, null, 2)}\n`, { flag: 'wx' });
		report(nodes);
		say(`\nWritten to ${to}. Import it in n8n; ${file} is as it was.`);
		return 0;
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		say(code === 'EEXIST' ? `${to} is there already: name another file.` : `${file} can't be converted: ${message}`);
		return 2;
	}
}

function report(nodes: readonly NodeReport[]): void {
	for (const { name, from, to, changed, look } of nodes) {
		say(`\n${name}: ${from}${to === undefined ? '' : ` is ${to}`}`);
		for (const line of changed) say(`  changed  ${line}`);
		for (const line of look) say(`  LOOK AT  ${line}`);
	}
	say('\nAll converted nodes:');
	for (const line of GENERAL) say(`  LOOK AT  ${line}`);
}

if (require.main === module) process.exitCode = main(process.argv.slice(2));
