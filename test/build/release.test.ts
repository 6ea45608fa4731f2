import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { obstacles, releaseBefore, type Release } from '../../scripts/release/check';
import type { Golden } from '../catalogue/golden';
import { PROJECT_ROOT } from '../support/engine-libraries';

const golden = (parameters: Golden['parameters']): Map<string, Golden> => new Map([['keap.json', { defaults: {}, parameters }]]);
const GOOD: Release = {
	tag: 'v0.2.0',
	version: '0.2.0',
	lockVersion: '0.2.0',
	changelog: '# Changelog\n\n## 0.2.0 (2026-12-01)\n\nNew.\n',
	before: golden({ tag: { get: {} } }),
	now: golden({ tag: { get: {}, delete: {} } }),
};

describe('a release', () => {
	it('may be published when everything names one version and nothing was taken away', () => {
		expect(obstacles(GOOD)).toEqual([]);
	});

	it.each<[string, Partial<Release>, string]>([
		['has another tag', { tag: 'v0.2.1' }, 'The tag is v0.2.1, and package.json has version 0.2.0.'],
		['has another version in the lock', { lockVersion: '0.1.0' }, 'package-lock.json has version 0.1.0: run npm version again.'],
		['has no date in the changelog', { changelog: '## 0.2.0 (unreleased)\n' }, 'CHANGELOG.md has no heading "## 0.2.0 (YYYY-MM-DD)".'],
		['takes an operation away', { now: golden({ tag: {} }) }, 'keap.json: tag: get: was an operation, is gone'],
		['takes a node away', { now: new Map() }, 'keap.json was a node of the release before, and is gone.'],
	])('may not when it %s', (_what, part, expected) => {
		expect(obstacles({ ...GOOD, ...part })).toEqual([expected]);
	});

	it.each([
		[['v0.9.0', 'v0.10.0', 'v0.2.0', 'nightly'], 'v1.0.0', 'v0.10.0'],
		[['v0.1.0', 'v0.2.0'], 'v0.2.0', 'v0.1.0'],
		[['v1.0.0', 'v1.0.1', 'v2.0.0'], 'v1.0.2', 'v1.0.1'],
		[[''], 'v0.1.0', undefined],
	])('of %j before %s is %s', (tags, tag, expected) => {
		expect(releaseBefore(tags, tag)).toBe(expected);
	});
});

describe("what n8n's scanner finds", () => {
	const read = (path: string): string => readFileSync(join(PROJECT_ROOT, path), 'utf8');
	const row = (rule: string): string =>
		read('docs/releasing.md')
			.split('\n')
			.find((line) => line.startsWith(`| \`${rule}\``)) ?? '';
	const source = ['nodes', 'credentials', 'convert'].flatMap((folder) =>
		readdirSync(join(PROJECT_ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => read(join(folder, file))),
	);

	it('is on the page, module by module', () => {
		const imported = new Set(source.flatMap((text) => [...text.matchAll(/from '(node:[\w/]+)'/g)].map(([, name = '']) => name)));
		// The one that n8n allows.
		imported.delete('node:crypto');
		const named = new Set([...row('no-restricted-imports').matchAll(/`(node:[\w/]+)`/g)].map(([, name = '']) => name));
		expect([...named].sort()).toEqual([...imported].sort());
	});

	it('is in libraries alone where it is a console', () => {
		expect(row('no-console')).toContain('Published files only');
		expect(source.filter((text) => /\bconsole\./.test(text))).toEqual([]);
	});
});

describe('dependabot', () => {
	it('watches exactly what is bundled', () => {
		const bundled = jest.requireActual<Record<string, string>>('../../scripts/build/bundled.js');
		const text = readFileSync(join(PROJECT_ROOT, '.github/dependabot.yml'), 'utf8');
		const watched = [...text.matchAll(/dependency-name: '?([^'\n]+)'?/g)].map(([, name]) => name);
		expect(watched.sort()).toEqual(Object.keys(bundled).sort());
	});
});
