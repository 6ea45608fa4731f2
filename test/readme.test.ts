import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { JOBS } from '../bench/agent/jobs';
import { examplesList } from '../scripts/readme/examplesList';
import { events } from '../nodes/KeapPollingTrigger/events';
import { nodesTable } from '../scripts/readme/nodesTable';
import { operationsPage } from '../scripts/readme/operationsPage';
import { sizesTable } from '../scripts/readme/sizesTable';

const root = join(__dirname, '..');
const read = (page: string): string => readFileSync(join(root, page), 'utf8');
const docs = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...docs.map((file) => `docs/${file}`)];

describe('the documentation', () => {
	it.each<[string, string, () => string]>([
		['the nodes', 'README.md', nodesTable],
		['the examples', 'docs/examples.md', examplesList],
		['the operations', 'docs/operations.md', operationsPage],
		['the sizes of the nodes', 'docs/architecture.md', sizesTable],
	])('has %s as the code has them (npm run readme)', (_what, page, made) => {
		expect(read(page)).toContain(made());
	});

	it('has every job of an agent with what is meant to come of it, and what it costs (npm run bench -- agent)', () => {
		const rows = read('docs/agents.md')
			.split('\n')
			.filter((line) => /^\| [^|]+ \| \**(done|refused)/.test(line))
			.map((line) => line.split('|').map((cell) => cell.trim()));
		expect(rows.map(([, name, agent, mcp]) => [name, agent, mcp])).toEqual(
			JOBS.map(({ name, meant, meantByMcp = meant }) => [name, meant, meantByMcp]),
		);
		for (const [, , , , ...figures] of rows) for (const figure of figures.slice(0, 3)) expect(figure).toMatch(/^[\d,]+$/);
	});

	it('leads from the README to every page', () => {
		const linked = [...read('README.md').matchAll(/\]\((docs\/[^)#]+)/g)].map(([, target]) => target);
		expect(docs.map((file) => `docs/${file}`).filter((page) => !linked.includes(page))).toEqual([]);
	});

	it('is a README of one screen', () => {
		expect(read('README.md').split('\n').length).toBeLessThanOrEqual(80);
	});

	it('says what a poll costs', () => {
		const row = read('docs/triggers.md')
			.split('\n')
			.find((line) => line.startsWith('| calls |'));
		const named = (of: readonly (typeof events)[number][]): string[] => of.map(({ name }) => name);
		const twofold = events.filter(({ newToo }) => newToo !== undefined);
		expect(named(twofold)).toEqual(named(events.filter(({ name }) => name.endsWith(' Created or Updated'))));
		expect(named(events.filter(({ list }) => list.reading === 'inNoOrder' && list.since === undefined))).toEqual(['Appointment Created']);
		expect(named(events.filter(({ comparison }) => comparison !== undefined))).toEqual(['Order Paid', 'Subscription Changed Status']);
		expect(row).toContain(
			'1 a poll, *Created or Updated* 2, *Order Paid* 3, *Subscription Changed Status* 1 or 2, appointments 1 for every 1,000 in the account',
		);
	});

	it.each(pages)('%s links only to files that exist', (page) => {
		const text = read(page);
		const targets = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)]
			.map((match) => match[1] ?? '')
			.filter((target) => !/^https?:/.test(target));
		expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
	});

	it('names only npm scripts that exist', () => {
		const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
		const named = pages.flatMap((page) => [...read(page).matchAll(/npm (?:run )?(test|(?<=run )[\w:-]+)/g)].map((match) => match[1] ?? ''));
		expect(named.filter((name) => !(name in scripts))).toEqual([]);
		expect(named).toContain('demo');
	});
});
