import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allVariants } from './nodes';

/** `METHOD path` of every operation that the package must offer in the end. */
const wanted = readFileSync(join(__dirname, '../contract/coverage.txt'), 'utf8').trim().split('\n');
const offered = new Set(allVariants.map(({ operation }) => `${operation.method} ${operation.path}`));

describe('the operations that the package must offer', () => {
	it('each have a row', () => {
		expect(wanted.length).toBe(457);
		expect(wanted.filter((line) => !offered.has(line))).toEqual([]);
	});
});
