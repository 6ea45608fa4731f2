import fc from 'fast-check';

import { fewestCalls, type Pair } from '../../../nodes/shared/catalogue/batching/fewestCalls';

const callsOf = (groups: ReadonlyMap<string, readonly string[]>, most: number): number =>
	[...groups.values()].reduce((sum, others) => sum + Math.ceil(others.length / most), 0);

const plan = (pairs: readonly Pair[], ofRow = 1000, ofColumn = 100) => {
	const { byRow, byColumn } = fewestCalls(pairs, ofRow, ofColumn);
	return { byRow, byColumn, calls: callsOf(byRow, ofRow) + callsOf(byColumn, ofColumn) };
};

const grid = (rows: readonly string[], columns: readonly string[]): Pair[] =>
	rows.flatMap((row) => columns.map((column) => ({ row, column })));
const names = (letter: string, count: number): string[] => Array.from({ length: count }, (_unused, index) => `${letter}${index}`);

describe('the fewest calls', () => {
	it.each<[string, Pair[], number]>([
		['nothing', [], 0],
		['one pair', grid(['t'], ['c']), 1],
		['five tags of one contact', grid(names('t', 5), ['c']), 1],
		['one tag of a thousand contacts', grid(['t'], names('c', 1000)), 1],
		['three tags of a thousand contacts', grid(names('t', 3), names('c', 1000)), 3],
		['one tag of 2,500 contacts', grid(['t'], names('c', 2500)), 3],
		['250 tags of one contact', grid(names('t', 250), ['c']), 3],
		['a thousand of one tag, and one of them with five more', [...grid(['t'], names('c', 1000)), ...grid(names('u', 5), ['c7'])], 2],
		['two crosses', [...grid(['t'], names('c', 50)), ...grid(names('u', 50), ['d']), { row: 't', column: 'd' }], 2],
	])('for %s', (_what, pairs, calls) => {
		expect(plan(pairs).calls).toBe(calls);
	});

	it('go by rows where both ways take as many', () => {
		expect([...plan(grid(['t'], ['c'])).byRow.keys()]).toEqual(['t']);
		expect([...plan(grid(['t', 'u'], ['c', 'd'])).byRow.keys()]).toEqual(['t', 'u']);
	});

	const somePairs = fc
		.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), { selector: String, maxLength: 14 })
		.map((all): Pair[] => all.map(([row, column]) => ({ row: `t${row}`, column: `c${column}` })));

	it('have each pair once, and no other', () => {
		fc.assert(
			fc.property(somePairs, (pairs) => {
				const { byRow, byColumn } = plan(pairs, 2, 3);
				const made = [
					...[...byRow].flatMap(([row, all]) => all.map((column) => `${row} ${column}`)),
					...[...byColumn].flatMap(([column, all]) => all.map((row) => `${row} ${column}`)),
				];
				expect(made.sort()).toEqual(pairs.map(({ row, column }) => `${row} ${column}`).sort());
			}),
		);
	});

	it('are never more than those of any other choice, where a call takes all', () => {
		fc.assert(
			fc.property(somePairs, (pairs) => {
				const rows = [...new Set(pairs.map(({ row }) => row))];
				// Every set of rows that could be called by row; the other pairs go by column.
				const others = Array.from({ length: 2 ** rows.length }, (_unused, bits) => {
					const chosen = new Set(rows.filter((_row, index) => (bits >> index) % 2 === 1));
					return chosen.size + new Set(pairs.filter(({ row }) => !chosen.has(row)).map(({ column }) => column)).size;
				});
				expect(plan(pairs).calls).toBe(Math.min(...others));
			}),
		);
	});

	it('are found for a thousand contacts with tags of their own', () => {
		const pairs = names('c', 1000).flatMap((column, index) =>
			[index, index + 7, index * 3].map((tag) => ({ row: `t${tag % 900}`, column })),
		);
		expect(plan(pairs).calls).toBeLessThanOrEqual(900);
	});
});
