import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeapApi } from '../credentials/KeapApi.credentials';
import { contacts } from '../nodes/shared/records/people/contacts';
import { ASSURED } from '../nodes/shared/throttle/local/keyLimits';
import { LARGEST, LARGEST_FILE } from '../nodes/shared/transport/http/http';
import { APPLY } from '../nodes/Keap/resources/people/tagging/ways';
import { DEFAULT_VERSION, n8nVersion, PREVIOUS_VERSION } from '../scripts/n8n/versions';

const root = join(__dirname, '..');
const read = (page: string): string => readFileSync(join(root, page), 'utf8');
const thousands = (value: number): string => value.toLocaleString('en-US');
const megabytes = (bytes: number): string => `${bytes / 1024 ** 2} MB`;
const minor = (version: string): string => version.split('.').slice(0, 2).join('.');

const { engines, devDependencies } = JSON.parse(read('package.json')) as {
	engines: { node: string };
	devDependencies: Record<string, string>;
};
const ofCredential = (name: string): number => Number(new KeapApi().properties.find((property) => property.name === name)?.default);

/** Keap lets so many calls through, and no more: seconds from the first to the last of them. */
const leastSeconds = (calls: number): number =>
	Math.floor((calls - 1) / ASSURED.perMinute) * 60 + ((calls - 1) % ASSURED.perMinute) / ASSURED.perSecond;

/** An import into an account of 20,000, which is read through: 1,000 contacts a page; for 100 items what has changed, what is new and the lists of those found; the writes. */
const IMPORT = 1_000;
const callsOfImport = IMPORT + 20_000 / 1_000 + (IMPORT / 100) * 3;

/** The row of the benchmark for a long list, by this package: `npm run bench -- peers`. */
function longList(): { calls: string; seconds: string; memory: string } {
	const row = read('docs/quota.md')
		.split('\n')
		.find((line) => line.startsWith('| 100,000 contacts by Get Many | this package |'));
	const cells = (row ?? '').split('|').map((cell) => cell.trim());
	return { calls: cells[6] ?? '', seconds: cells[7] ?? '', memory: cells[11] ?? '' };
}

describe('the figures of the pages', () => {
	it.each<[page: string, figures: string[]]>([
		[
			'README.md',
			[
				`${ASSURED.perSecond} a second, ${ASSURED.perMinute} a minute, ${thousands(ASSURED.perDay)} a day`,
				`${thousands(APPLY.ofTag.bundledWrite?.max ?? 0)} contacts get a tag in one call`,
				`1,000 contacts are read in ${['ten'][1_000 / contacts.lookup.max - 10] ?? 'another number'}`,
				`about ${n8nVersion(DEFAULT_VERSION).cost.gigabytes} GB`,
				`Node.js ${engines.node.replace('>=', '')} or later`,
			],
		],
		['docs/quota.md', [`${ASSURED.perSecond} calls a second, ${ASSURED.perMinute} a minute and ${thousands(ASSURED.perDay)} a day`]],
		['docs/troubleshooting.md', [`the ${thousands(ASSURED.perDay)} calls of the day`]],
		[
			'docs/getting-started.md',
			[
				`takes ${callsOfImport / IMPORT} calls an item`,
				`Node.js ${engines.node.replace('>=', '')} or later`,
				`n8n ${minor(PREVIOUS_VERSION)}`,
			],
		],
		[
			'docs/operating.md',
			[
				`Answers of more than ${megabytes(LARGEST)} are refused, and downloads of more than ${megabytes(LARGEST_FILE)}`,
				`takes ${longList().calls} calls and ${longList().seconds}, and the process grows to ${longList().memory} (\`npm run bench -- peers\`)`,
				`takes over ${['eight'][Math.floor(leastSeconds(callsOfImport) / 60) - 8] ?? 'another number of'} minutes`,
				`allows ${ASSURED.perMinute} calls a minute`,
			],
		],
		['docs/promises.md', [`up to ${megabytes(LARGEST)}, unpacked; a file up to ${megabytes(LARGEST_FILE)}`]],
		['docs/limitations.md', [`up to ${megabytes(LARGEST_FILE)} each`]],
		[
			'docs/agents.md',
			[
				`| Most Records per Call | ${ofCredential('agentsMostRecords')} |`,
				`| Most Records per Answer | ${ofCredential('agentsMostInAnswer')} |`,
				`| Longest Wait | ${ofCredential('agentsLongestWait')} s |`,
				`After ${ofCredential('agentsLongestWait')} seconds the call leaves the queue`,
			],
		],
		[
			'docs/compatibility.md',
			[
				`| ${minor(DEFAULT_VERSION)} (full server`,
				`${minor(devDependencies['n8n-core'] ?? '')} (engine)`,
				`| ${minor(PREVIOUS_VERSION)} (full server`,
			],
		],
	])('%s has those of the code', (page, figures) => {
		const text = read(page);
		expect(figures.filter((figure) => !text.includes(figure))).toEqual([]);
	});

	it('are measured by commands that there are, and each names its own', () => {
		const bench = /const PARTS = \[([^\]]+)\]/.exec(read('bench/index.ts'))?.[1] ?? '';
		const parts = [...bench.matchAll(/'(\w+)'/g)].map(([, part = '']) => part);
		const named = ['docs/quota.md', 'docs/operating.md', 'docs/agents.md'].flatMap((page) =>
			[...read(page).matchAll(/`npm run bench -- (\w+)/g)].map(([, part = '']) => part),
		);
		expect(parts).toContain('start');
		expect(named.filter((part) => !parts.includes(part))).toEqual([]);
		expect(parts.filter((part) => !named.includes(part))).toEqual([]);
	});

	it('of what n8n loads at its start are multiples of what is loaded of the package as it is built', () => {
		const section = /<!-- start: [^\n]*-->([\s\S]*)<!-- end of start -->/.exec(read('docs/operating.md'))?.[1] ?? '';
		const rows = [...section.matchAll(/\| (\d+) ms \| ([\d.]+) MB \| ([\d.]+) \| ([\d.]+) \|/g)].map((row) => row.slice(1).map(Number));
		const [[ms = NaN, mb = NaN] = []] = rows;
		expect(rows).toHaveLength(3);
		for (const [time = NaN, memory = NaN, times = NaN, more = NaN] of rows) {
			// Written with one digit, of values that are rounded themselves.
			expect(Math.abs(time / ms - times) / times).toBeLessThan(0.05);
			expect(Math.abs(memory / mb - more) / more).toBeLessThan(0.1);
		}
	});
});
