/**
 * `npm run mutants -- <folder or file> …`: changes the code there in many small ways, one at a time, and reports the changes
 * that no test notices. The exit code is 0 when at least 85 % are noticed.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import { testsOf } from './mutants/testsOf.mjs';

const TOP = join(dirname(fileURLToPath(import.meta.url)), '..');

async function main() {
	const places = process.argv.slice(2).map((place) => place.replace(/\/$/, ''));
	if (places.length === 0) throw new Error('Name a folder or a file, such as: npm run mutants -- nodes/shared/throttle');
	for (const place of places) {
		if (!existsSync(join(TOP, place.replace(/:\d.*$/, '')))) throw new Error(`There is no ${place}`);
	}
	const isFolder = (place) => !place.includes(':') && statSync(join(TOP, place)).isDirectory();
	const tests = [...new Set(places.flatMap(testsOf))];
	console.log(`Tests: ${tests.join(', ')}`);
	// Tests of workflows run the built package: one build holds all changes, and a switch turns one of them on.
	const build = 'ln -s ../../../node_modules node_modules && npx gulp build --silent';
	await new Stryker({
		...(tests.some((test) => test.startsWith('test/workflows/')) && { buildCommand: build, symlinkNodeModules: false }),
		mutate: places.map((place) => (isFolder(place) ? `${place}/**/*.ts` : place)),
		jest: {
			// Merged over jest.config.js.
			configFile: 'jest.config.js',
			config: { testMatch: tests.map((test) => `<rootDir>/${test}`) },
			enableFindRelatedTests: false,
		},
	}).runMutationTest();
}

main().catch((error) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
