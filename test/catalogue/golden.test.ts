import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareGolden, goldenOf, type Golden } from './golden';
import { catalogueNodes } from './nodes';

const UPDATE = 'UPDATE_GOLDEN=1 npx jest test/catalogue/golden';

const BROKEN = `These names, values and defaults are stored in users' workflows: a workflow that was saved with them no longer does what it did.
Keep the old name and change only what people read (displayName, name of an option), or raise the node's version.
If none of this was ever released, freeze the new state with: ${UPDATE}`;

const ADDED = `These are new. From their release on they can't be changed any more, so look at them once again, then freeze them with: ${UPDATE}`;

const withHeading = (heading: string, lines: readonly string[]): string => (lines.length === 0 ? '' : [heading, ...lines].join('\n'));

describe.each(catalogueNodes)('what workflows store of $name', (catalogueNode) => {
	const file = join(__dirname, 'golden', `${catalogueNode.node.description.name}.json`);
	const now = goldenOf(catalogueNode);

	it('is what it was', () => {
		if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, `${JSON.stringify(now, null, '\t')}\n`);
		const { broken, added } = compareGolden(now, JSON.parse(readFileSync(file, 'utf8')) as Golden);
		expect(withHeading(BROKEN, broken)).toBe('');
		expect(withHeading(ADDED, added)).toBe('');
	});
});

describe('the comparison with a golden list', () => {
	const tagId = 'resourceLocator [id,list] = ""';
	const order = 'options [name asc,name desc] = "name asc"';
	const frozen: Golden = {
		defaults: { resource: 'tag', 'operation of tag': 'get' },
		parameters: { tag: { get: { tagId, order }, delete: {} } },
	};
	const withGet = (get: Record<string, string>): Golden => ({ ...frozen, parameters: { tag: { get, delete: {} } } });

	it('finds nothing where nothing changed', () => {
		expect(compareGolden(frozen, frozen)).toEqual({ broken: [], added: [] });
	});

	it.each([
		['an operation that is gone', { ...frozen, parameters: { tag: { get: { tagId, order } } } }, 'tag: delete: was an operation, is gone'],
		['a parameter with another name', withGet({ tag: tagId, order }), `tag: get: tagId: was ${tagId}, is gone`],
		['another type', withGet({ tagId: 'string = ""', order }), `tag: get: tagId: was ${tagId}, is string = ""`],
		[
			'a value less',
			withGet({ tagId, order: 'options [name asc] = "name asc"' }),
			`tag: get: order: was ${order}, is options [name asc] = "name asc"`,
		],
		[
			'another default',
			withGet({ tagId, order: 'options [name asc,name desc] = "name desc"' }),
			`tag: get: order: was ${order}, is options [name asc,name desc] = "name desc"`,
		],
		[
			'another default operation',
			{ ...frozen, defaults: { resource: 'tag', 'operation of tag': 'apply' } },
			'default operation of tag: was get, is apply',
		],
	])('calls %s broken', (_what, now, line) => {
		expect(compareGolden(now, frozen).broken).toEqual([line]);
	});

	it.each([
		['a parameter more', withGet({ tagId, order, simplify: 'boolean = true' }), 'tag: get: simplify'],
		['a value more', withGet({ tagId, order: 'options [id asc,name asc,name desc] = "name asc"' }), 'tag: get: order'],
		['an operation more', { ...frozen, parameters: { tag: { get: { tagId, order }, delete: {}, update: {} } } }, 'tag: update'],
	])('calls %s added', (_what, now, line) => {
		expect(compareGolden(now, frozen)).toEqual({ broken: [], added: [line] });
	});
});
