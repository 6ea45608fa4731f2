import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { examplesTable } from '../scripts/readme/examplesTable';
import { events } from '../nodes/KeapPollingTrigger/events';
import { operationsTable } from '../scripts/readme/operationsTable';

const root = join(__dirname, '..');
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/architecture.md', 'docs/testing.md'];

describe('the documentation', () => {
	it('has the operations table that the catalogue gives (npm run readme)', () => {
		expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(operationsTable());
	});

	it('has the examples table that their notes give (npm run readme)', () => {
		expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(examplesTable());
	});

	it('says what a poll costs', () => {
		const row = readFileSync(join(root, 'README.md'), 'utf8')
			.split('\n')
			.find((line) => line.startsWith('| calls |'));
		const named = (of: readonly (typeof events)[number][]): string[] => of.map(({ name }) => name);
		const twofold = events.filter(({ newToo }) => newToo !== undefined);
		expect(named(twofold)).toEqual(named(events.filter(({ name }) => name.endsWith(' Created or Updated'))));
		expect(named(events.filter(({ list }) => list.reading === 'inNoOrder' && list.since === undefined))).toEqual(['Appointment Created']);
		expect(row).toContain('1 a poll, *Created or Updated* 2, appointments 1 for every 1,000 in the account');
	});

	it.each(pages)('%s links only to files that exist', (page) => {
		const text = readFileSync(join(root, page), 'utf8');
		const targets = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)]
			.map((match) => match[1] ?? '')
			.filter((target) => !/^https?:/.test(target));
		expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
	});

	it('names only npm scripts that exist', () => {
		const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
		const named = pages.flatMap((page) =>
			[...readFileSync(join(root, page), 'utf8').matchAll(/npm (?:run )?(test|(?<=run )[\w:-]+)/g)].map((match) => match[1] ?? ''),
		);
		expect(named.filter((name) => !(name in scripts))).toEqual([]);
		expect(named).toContain('demo');
	});
});
