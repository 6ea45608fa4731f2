import { PageSize } from '../../nodes/shared/transport/pageSize';

interface Keap {
	rows: number;
	/** Counted from 0. */
	bad?: number;
	/** Larger pages fail. */
	heaviest?: number;
	/** Larger pages are answered with as many rows. */
	cap?: number;
	/** Pages that fail whatever they hold, counted from 0. */
	passing?: readonly number[];
}

/** Reads a list as `keapPages` does. @returns where it ended, and the pages asked for */
function read({ rows, bad = Infinity, heaviest = Infinity, cap = Infinity, passing = [] }: Keap, limit = Infinity) {
	const sizes = new PageSize(1_000);
	const pages: number[] = [];
	let at = 0;
	while (at < Math.min(rows, limit)) {
		const size = sizes.next(limit - at);
		const got = Math.min(size, cap, rows - at);
		pages.push(size);
		if (size > heaviest || (bad >= at && bad < at + got) || passing.includes(pages.length - 1)) {
			if (!sizes.failed(size)) break;
		} else {
			at += got;
			sizes.answered(size, got);
		}
	}
	return { at, pages };
}

test.each([0, 1, 2, 17, 499, 500, 511, 998, 999, 1_000, 1_001, 2_399])('the bad row %i is found wherever it is', (bad) => {
	const { at, pages } = read({ rows: 2_400, bad });
	expect(at).toBe(bad);
	expect(pages.length).toBeLessThanOrEqual(Math.floor(bad / 1_000) + 3 + Math.ceil(Math.log2(1_000)));
	for (const cap of [1, 7, 100]) expect(read({ rows: 2_400, bad, cap }).at).toBe(bad);
	expect(read({ rows: 2_400, bad }, bad).at).toBe(bad);
});

test('while nothing fails, pages are as large as may be', () => {
	expect(read({ rows: 2_400 }).pages).toEqual([1_000, 1_000, 1_000]);
	expect(read({ rows: 2_400 }, 1_300).pages).toEqual([1_000, 300]);
});

test('a failure that passes costs some smaller pages, and nothing of the list', () => {
	const { at, pages } = read({ rows: 2_400, passing: [1] });
	expect(at).toBe(2_400);
	expect(pages.slice(0, 4)).toEqual([1_000, 1_000, 1, 500]);
});

test('where large pages fail whatever they hold, the list is read in smaller ones', () => {
	const { at, pages } = read({ rows: 5_000, heaviest: 300 });
	expect(at).toBe(5_000);
	expect(pages.length).toBeLessThanOrEqual(40);
	expect(pages.filter((size) => size > 300).length).toBeLessThanOrEqual(3);
});
