import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueNodes } from './nodes';

const TOP = join(__dirname, '../..');
const linesOf = (text: string): number => text.trimEnd().split('\n').length;

/** The router's and the transport's work: a resource says what, they do it. */
const OTHERS_WORK = /getInputData|getNodeParameter|continueOnFail|pairedItem|helpers\.|\bfetch\(|undici|setTimeout/;

describe.each(catalogueNodes)('the files of $name', ({ name, folder, node, resources }) => {
	const read = (path: string): string => readFileSync(join(TOP, folder, path), 'utf8');
	const rowFiles = readdirSync(join(TOP, folder, 'resources'), { recursive: true, encoding: 'utf8' }).filter((path) =>
		path.endsWith('.ts'),
	);

	it('keep the node a shell', () => {
		expect(linesOf(read(`${name}.node.ts`))).toBeLessThanOrEqual(40);
	});

	it('hold rows, and leave loops, items and sending to others', () => {
		expect(rowFiles.length).toBeGreaterThanOrEqual(resources.length);
		const astray = rowFiles.filter((path) => OTHERS_WORK.test(read(join('resources', path))));
		expect(astray).toEqual([]);
	});

	it('are short', () => {
		expect(rowFiles.filter((path) => linesOf(read(join('resources', path))) > 300)).toEqual([]);
	});

	it('offer every resource that has a file', () => {
		const holders = rowFiles
			.filter((path) => /^export const \w+: Resource = /m.test(read(join('resources', path))))
			.map((path) =>
				path
					.replace(/(\/index)?\.ts$/, '')
					.split('/')
					.at(-1),
			);
		expect(resources.map(({ value }) => value).sort()).toEqual(holders.sort());
	});

	it('show n8n where the node belongs', () => {
		const codex: unknown = JSON.parse(read(`${name}.node.json`));
		expect(codex).toMatchObject({ node: `n8n-nodes-keap.${node.description.name}` });
	});

	it('are found in the node panel by every resource', () => {
		const { alias } = JSON.parse(read(`${name}.node.json`)) as { alias: string[] };
		const names = resources.filter(({ last }) => last !== true).map(({ name: resource }) => resource.toLowerCase());
		expect(names.filter((resource) => !alias.includes(resource))).toEqual([]);
	});
});
