import type { INodeProperties } from 'n8n-workflow';
import { Linter, writtenOut } from './linter';
import { catalogueNodes } from './nodes';
import { alphabetical } from './parameters';

/**
 * n8n's linter reads literals in node files and can't follow the catalogue.
 * Written out, the description is such a literal: n8n's own rules then say of it what they say of anybody's.
 */
describe("n8n's own linter", () => {
	const linter = new Linter();
	afterAll(async () => await linter.close());

	it.each(catalogueNodes)('has nothing to say of $name, written out', async ({ name, node }) => {
		const properties = node.description.properties.map((property) =>
			property.name === 'resource' ? { ...property, options: alphabetical(property) } : property,
		);
		expect(await linter.lint(writtenOut(name, { ...node.description, properties }), name)).toEqual([]);
	});

	it('would say so if it had', async () => {
		const wrong: INodeProperties[] = [
			{ displayName: 'Return all', name: 'returnAll', type: 'boolean', default: false, description: 'Returns everything' },
			{ displayName: 'Email', name: 'email', type: 'string', default: '' },
			{
				displayName: 'Colour',
				name: 'colour',
				type: 'options',
				default: 'red',
				options: ['Red', 'Green', 'Blue', 'Black', 'White'].map((name) => ({ name, value: name.toLowerCase() })),
			},
		];
		const [node] = catalogueNodes;
		if (node === undefined) throw new Error('There is no node');
		const found = await linter.lint(writtenOut(node.name, { ...node.node.description, properties: wrong }), node.name);
		expect(found.map(({ rule }) => rule.replace('n8n-nodes-base/node-param-', '')).sort()).toEqual([
			'description-boolean-without-whether',
			'description-wrong-for-return-all',
			'display-name-miscased',
			'options-type-unsorted-items',
			'placeholder-missing-email',
		]);
	});
});
