import type { INodePropertyOptions } from 'n8n-workflow';
import * as fields from '../../nodes/shared/catalogue/fields/fields';
import { output } from '../../nodes/shared/catalogue/output/parameters';
import { toProperties } from '../../nodes/shared/catalogue/properties';
import type { Field, Operation, Resource } from '../../nodes/shared/catalogue/operation/types';

const operation = (value: string, name: string, ...own: Field[]): Operation => ({
	value,
	name,
	action: `${name} it`,
	description: `To ${value}`,
	method: 'GET',
	path: '/',
	fields: own,
});
const resource = (value: string, name: string, ...operations: Operation[]): Resource => ({ value, name, operations });

const id = fields.text('id', 'ID', { in: 'path' });
const name = fields.text('name', 'Name');
const limit: Field = {
	property: { displayName: 'Limit', name: 'limit', type: 'number', default: 50, displayOptions: { show: { returnAll: [false] } } },
};

const made = toProperties([
	resource('tag', 'Tag', operation('update', 'Update', id, name), operation('get', 'Get', id), operation('getAll', 'Get Many', limit)),
	resource('contact', 'Contact', operation('get', 'Get', id), operation('getAll', 'Get Many', limit)),
]);
const [resources, ...rest] = made;
const operations = rest.filter((property) => property.name === 'operation');
const others = rest.filter((property) => property.name !== 'operation');

/** `name: resources / operations [+ further conditions]` */
const shown = (property: (typeof made)[number]): string => {
	const { resource: where = [], operation: what = [], ...further } = property.displayOptions?.show ?? {};
	return [
		`${property.name}: ${where.join()} / ${what.join()}`,
		...Object.entries(further).map(([key, values]) => `${key}=${String(values)}`),
	].join(' + ');
};

describe('the parameters made from rows', () => {
	it('begin with the resource: by name, the first one by default', () => {
		expect(resources).toEqual({
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Contact', value: 'contact' },
				{ name: 'Tag', value: 'tag' },
			],
			default: 'tag',
		});
	});

	it('stand in the order of the rows where several share them, as far as the rows agree', () => {
		const [one, two, three] = ['one', 'two', 'three'].map((value) => fields.text(value, value)) as [Field, Field, Field];
		const namesOf = (...rows: Operation[]): string[] =>
			toProperties([resource('tag', 'Tag', ...rows)])
				.slice(2)
				.map((property) => property.name);
		expect(namesOf(operation('a', 'A', two, three), operation('b', 'B', one, two))).toEqual(['one', 'two', 'three']);
		expect(namesOf(operation('a', 'A', two, one), operation('b', 'B', one, two, three))).toEqual(['two', 'one', 'three']);
	});

	it('have the operations of each resource: by name, the first row by default, with action and description', () => {
		expect(operations.map(shown)).toEqual(['operation: tag / ', 'operation: contact / ']);
		const [ofTag] = operations;
		expect(ofTag?.default).toBe('update');
		expect((ofTag?.options as INodePropertyOptions[]).map((option) => option.value)).toEqual(['get', 'getAll', 'update']);
		expect(ofTag?.options?.[0]).toEqual({ name: 'Get', value: 'get', action: 'Get it', description: 'To get' });
	});

	it('are merged where they are the same, within a resource and over resources', () => {
		expect(others.map(shown)).toEqual([
			'id: tag,contact / update,get',
			'name: tag / update',
			'limit: tag,contact / getAll + returnAll=false',
		]);
	});

	it('are apart where a shared one would show up in an operation that has none', () => {
		const two = toProperties([
			resource('tag', 'Tag', operation('get', 'Get', id), operation('update', 'Update', id)),
			resource('contact', 'Contact', operation('get', 'Get', id), operation('update', 'Update', name)),
		]);
		expect(two.slice(3).map(shown)).toEqual(['id: tag / get,update', 'id: contact / get', 'name: contact / update']);
	});

	it('stand in the order in which they are asked for, whichever row has them first', () => {
		const options = fields.collection('options', 'Options', [name]);
		const filters = fields.collection('filters', 'Filters', [name]);
		const row = toProperties([
			resource(
				'tag',
				'Tag',
				operation('a', 'A', name, options, ...output),
				operation('b', 'B', name, id, limit, ...output, filters, options),
			),
		]);
		expect(row.slice(2).map((property) => property.name)).toEqual(['id', 'name', 'limit', 'output', 'outputFields', 'filters', 'options']);
	});

	it("have what goes in before what comes out: the account's own fields, the rarer ones, the output, the options", () => {
		const switched: Field = { property: { displayName: 'Set Custom Fields', name: 'setCustomFields', type: 'boolean', default: false } };
		const mapper: Field = { property: { displayName: 'Custom Fields', name: 'customFields', type: 'resourceMapper', default: {} } };
		const further = fields.additionalFields([id]);
		const options = fields.moreOptions([limit]);
		const row = toProperties([resource('tag', 'Tag', operation('a', 'A', options, ...output, further, switched, mapper, name))]);
		const inOrder = ['name', 'setCustomFields', 'customFields', 'additionalFields', 'output', 'outputFields', 'options'];
		expect(row.slice(2).map((property) => property.name)).toEqual(inOrder);
	});

	it('are apart where anything differs', () => {
		const required = fields.text('id', 'ID', { in: 'path', required: true });
		const two = toProperties([resource('tag', 'Tag', operation('get', 'Get', id), operation('update', 'Update', required))]);
		expect(two.slice(2).map(shown)).toEqual(['id: tag / get', 'id: tag / update']);
		expect(two.slice(2).map((property) => property.required)).toEqual([undefined, true]);
	});

	it("are the field's own property otherwise, which stays as it was", () => {
		expect(others[0]).toEqual({ ...id.property, displayOptions: { show: { resource: ['tag', 'contact'], operation: ['update', 'get'] } } });
		expect(id.property.displayOptions).toBeUndefined();
		expect(limit.property.displayOptions).toEqual({ show: { returnAll: [false] } });
	});

	it('are none without resources', () => {
		expect(toProperties([])).toEqual([expect.objectContaining({ name: 'resource', options: [], default: '' })]);
	});
});
