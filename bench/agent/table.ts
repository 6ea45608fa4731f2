import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { table } from '../report';
import type { Cost, Outcome } from './measure';

const DOCS = join(__dirname, '../../docs/agents.md');
const FIGURES = /(<!-- jobs: [^\n]*-->\n)[\s\S]*(<!-- end of jobs -->)/;

const HEAD = ['job', 'AI Agent', 'MCP', 'calls', 'tokens: tools', 'answers', "n8n's Pipedrive node", 'calls', 'tokens: tools', 'answers'];

const count = (value: number): string => value.toLocaleString('en');
const figures = ({ calls, schema, answers }: Cost): string[] => [calls, schema, answers].map(count);

/** What came of a job: in bold where it is not what was meant. */
const verdict = (got: string, meant: string): string => (got === meant ? got : `**${got}**`);

/** The jobs as a table in Markdown: what came of each, and what it cost. */
export const jobsTable = (outcomes: readonly Outcome[]): string =>
	table(
		HEAD,
		outcomes.map(({ job, agent, mcp, pipedrive }) => [
			job.name,
			verdict(agent.verdict, job.meant),
			verdict(mcp.verdict, job.meantByMcp ?? job.meant),
			...figures(agent),
			...(typeof pipedrive === 'string'
				? [`can't: ${pipedrive}`, '', '', '']
				: [verdict(pipedrive.verdict, job.meant), ...figures(pipedrive)]),
		]),
	);

/** Puts the table into docs/agents.md. */
export function writeJobs(text: string): void {
	const before = readFileSync(DOCS, 'utf8');
	writeFileSync(
		DOCS,
		before.replace(FIGURES, (_all, head: string, end: string) => `${head}\n${text}\n\n${end}`),
	);
}
