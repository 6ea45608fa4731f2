import { runInNewContext } from 'node:vm';

import { DEEPEST, isTooDeep } from '../../nodes/shared/runtime/depth';

const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
	let value: unknown = 'x';
	for (let level = 0; level < levels; level++) value = wrap(value);
	return value;
};

describe.each<[string, (inner: unknown) => unknown]>([
	['lists', (inner) => [1, inner, 'x']],
	['objects', (inner) => ({ a: { b: 1 }, inner, c: [] })],
	['objects without a prototype', (inner) => Object.assign(Object.create(null) as object, { inner })],
])('%s in each other', (_name, wrap) => {
	test(`are not too deep up to ${DEEPEST} levels`, () => {
		// The objects beside the next one are a level of their own.
		expect(isTooDeep(nested(DEEPEST - 1, wrap))).toBe(false);
		expect(isTooDeep(nested(DEEPEST + 1, wrap))).toBe(true);
		expect(isTooDeep(nested(200_000, wrap))).toBe(true);
	});
});

test('a circle is too deep, whichever way it goes', () => {
	const one: Record<string, unknown> = { a: 1 };
	const other = [one, one];
	one.others = { other, list: other };
	expect(isTooDeep(one)).toBe(true);
});

test('breadth is none, and no more are dates, texts and instances of classes', () => {
	class Node {
		next?: Node;
	}
	const self = new Node();
	self.next = self;
	const wide = Array.from({ length: 50_000 }, (_none, index) => ({ index, list: [index] }));
	for (const value of [wide, { self }, new Date(), 'x', 7, null, undefined, Buffer.alloc(9)]) expect(isTooDeep(value)).toBe(false);
});

test('values of another realm are looked into', () => {
	expect(isTooDeep(runInNewContext('let v = {}; for (let n = 0; n < 500; n++) v = { v }; v'))).toBe(true);
});
