import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type Cruise } from './architecture/cruise';
import { crowdedFolders, folderCycles, misleadingNames } from './architecture/folders';
import { KNOWN_EXCEPTIONS } from './architecture/knownExceptions';
import { otherWaysOut } from './architecture/senders';
import { LIBRARIES, VIOLATIONS } from './architecture/violations';

const TOP = join(__dirname, '..');

interface Rule {
	readonly name: string;
	readonly from: { readonly path?: string | readonly string[] };
}
const { forbidden } = jest.requireActual<{ forbidden: readonly Rule[] }>('../.dependency-cruiser.js');
const bundled = jest.requireActual<Record<string, string>>('../scripts/build/bundled.js');

/** Every breach below a folder, of all rules, one a line. */
function breachesIn(top: string, { modules, breaches }: Cruise): string[] {
	const sources = modules.map(({ source }) => source);
	return [
		...breaches,
		...folderCycles(modules),
		...crowdedFolders(top, 'nodes'),
		...crowdedFolders(top, 'credentials'),
		...misleadingNames(sources),
		...sources.flatMap((source) => otherWaysOut(source, readFileSync(join(top, source), 'utf8'))),
		...withoutRoom(sources),
	];
}

/** Shared files in a folder that has no place in the order of rooms: no rule would hold them. */
function withoutRoom(sources: readonly string[]): string[] {
	const rooms = forbidden.filter(({ name }) => name === 'no-import-upwards').flatMap(({ from }) => from.path ?? []);
	return sources
		.filter((source) => source.startsWith('nodes/shared/') && !rooms.some((room) => new RegExp(room).test(source)))
		.map((source) => `no-file-without-room: ${source}`);
}

describe('the architecture', () => {
	let cruised: Cruise;
	let found: string[];
	beforeAll(async () => {
		cruised = await cruise();
		found = breachesIn(TOP, cruised);
	});

	it('has no breach besides the known ones', () => {
		expect(cruised.modules.length).toBeGreaterThan(100);
		expect(found.filter((breach) => !KNOWN_EXCEPTIONS.includes(breach))).toEqual([]);
	});

	it('needs every exception that is listed: take those out of test/architecture/knownExceptions.ts that are mended', () => {
		expect(KNOWN_EXCEPTIONS.filter((exception) => !found.includes(exception))).toEqual([]);
	});

	it.each(Object.entries(bundled))('lets %s be imported by one file alone', (library, importer) => {
		const importers = cruised.modules.filter(({ dependencies }) =>
			dependencies.some(({ resolved }) => resolved.startsWith(`node_modules/${library}/`)),
		);
		expect(importers.map(({ source }) => source)).toEqual([importer]);
	});
});

/** A rule that can't be broken would hold nothing. */
describe('each rule of the architecture', () => {
	let found: string[];
	let top: string;
	beforeAll(async () => {
		top = mkdtempSync(join(tmpdir(), 'keap-architecture-'));
		const write = (path: string, text: string): void => {
			mkdirSync(join(top, dirname(path)), { recursive: true });
			writeFileSync(join(top, path), text);
		};
		for (const [path, text] of VIOLATIONS.flatMap(({ files }) => Object.entries(files))) write(path, text);
		for (const library of LIBRARIES) write(`node_modules/${library}/index.js`, 'module.exports = {};');
		write('tsconfig.json', readFileSync(join(TOP, 'tsconfig.json'), 'utf8'));
		found = breachesIn(top, await cruise(top));
	});
	afterAll(() => rmSync(top, { recursive: true, force: true }));

	it.each(VIOLATIONS)('is broken by $what', ({ breaches }) => {
		expect(found).toEqual(expect.arrayContaining([...breaches]));
	});

	it('is broken by nothing else', () => {
		const expected = VIOLATIONS.flatMap(({ breaches }) => breaches);
		expect(found.filter((breach) => !expected.includes(breach))).toEqual([]);
	});

	it('is tried', () => {
		const tried = new Set(VIOLATIONS.flatMap(({ breaches }) => breaches.map((breach) => breach.split(':')[0])));
		expect(forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
	});
});
