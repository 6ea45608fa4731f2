import type { IExecuteFunctions } from 'n8n-workflow';
import { BadInput } from '../../../nodes/shared/catalogue/operation/badInput';
import { fieldsToClear, paging } from '../../../nodes/shared/catalogue/fields/commonFields';
import * as fields from '../../../nodes/shared/catalogue/fields/fields';
import { readCall } from '../../../nodes/shared/catalogue/calls/readCall';
import { maskOf } from '../../../nodes/shared/catalogue/calls/request';
import type { Call, Field, Operation } from '../../../nodes/shared/catalogue/operation/types';
import { executeContext } from '../../support/context';

const tagId = fields.field({ name: 'tagId', displayName: 'Tag', in: 'path', required: true }, { type: 'string', default: '' }, (raw) =>
	raw === '' ? undefined : raw,
);
const name = fields.text('tagName', 'Name', { key: 'name', max: 5 });
const category = fields.text('categoryId', 'Category', { key: 'category.id' });
const parent = fields.text('parentId', 'Parent', { key: 'category.parent.id' });
const ours = fields.boolean('ours', 'Ours', { in: 'none' });
const day = fields.day('day', 'Day', { in: 'query' });
const since = fields.moment('since', 'Since', { in: 'filter', operator: '>=' });
const label = fields.text('label', 'Label', { in: 'filter' });
const chosen = fields.multiOptions('chosen', 'Chosen', {
	in: 'filter',
	choices: [
		['A', 'A'],
		['B', 'B'],
	],
});
const filters = fields.collection('filters', 'Filters', [since, label, chosen]);
const updateFields = fields.collection('updateFields', 'Update Fields', [
	name,
	category,
	fieldsToClear([
		['name', 'Name'],
		['category', 'Category'],
	]),
]);

const operation = (own: readonly Field[], more: Partial<Operation> = {}): Operation => ({
	value: 'do',
	name: 'Do',
	action: 'Do it',
	description: 'Do it',
	method: 'POST',
	path: '/{tag_id}',
	fields: own,
	...more,
});

/** A context in which the node has these parameters; like n8n it gives the fallback for others. */
function contextWith(parameters: Record<string, unknown>): IExecuteFunctions {
	const members = {
		getNodeParameter: (key: string, _item: number, fallback?: unknown) => (key in parameters ? parameters[key] : fallback),
		getTimezone: () => 'America/New_York',
	};
	return Object.assign(executeContext(), members as Partial<IExecuteFunctions>);
}

const read = (row: Operation, parameters: Record<string, unknown>): Call => readCall(contextWith(parameters), row, 3);

describe('readCall', () => {
	it('puts each value where its field says', () => {
		const call = read(operation([tagId, name, category, parent, ours, day]), {
			tagId: '7',
			tagName: ' Ada ',
			categoryId: '9',
			parentId: '1',
			ours: true,
			day: '2024-01-31',
		});
		expect(call).toMatchObject({
			item: 3,
			pathParams: { tag_id: '7' },
			query: { day: '2024-01-31' },
			body: { name: 'Ada', category: { id: '9', parent: { id: '1' } } },
		});
		expect(call.values).toEqual({ tagId: '7', tagName: 'Ada', categoryId: '9', parentId: '1', ours: true, day: '2024-01-31' });
	});

	it('leaves out what is not given', () => {
		const call = read(operation([tagId, name, category, day]), { tagId: '7', tagName: '', day: null });
		expect([call.query, call.body, call.values]).toStrictEqual([{}, {}, { tagId: '7' }]);
	});

	it('reads the members of a collection that were added, and where each goes', () => {
		const call = read(operation([tagId, filters, updateFields]), {
			tagId: '7',
			filters: { label: 'x' },
			updateFields: { tagName: 'Ada', categoryId: '' },
		});
		expect(call.query).toEqual({ filter: 'label==x' });
		expect(call.body).toEqual({ name: 'Ada' });
		expect(call.values).toMatchObject({ label: 'x', tagName: 'Ada' });
	});

	it('takes a collection that is no object for an empty one', () => {
		expect(read(operation([tagId, filters]), { tagId: '7', filters: '' }).query).toEqual({});
	});

	it('joins filters by AND, lists by commas', () => {
		const call = read(operation([tagId, filters]), {
			tagId: '7',
			filters: { since: '2024-01-31T09:30:00Z', label: 'x y', chosen: ['A', 'B'] },
		});
		// In the order of the fields' names, which is the order on the screen.
		expect(call.query.filter).toBe('chosen==A,B;label==x y;since>=2024-01-31T09:30:00.000Z');
	});

	it("takes a picked time for one of the workflow's time zone, and a picked day for that day", () => {
		const call = read(operation([tagId, day, filters]), {
			tagId: '7',
			day: '2024-07-31T23:30:00',
			filters: { since: '2024-07-31T23:30:00' },
		});
		expect(call.query).toEqual({ day: '2024-07-31', filter: 'since>=2024-08-01T03:30:00.000Z' });
	});

	it("adds what never changes, and lets the user's values win", () => {
		const call = read(
			operation([tagId, name, day], { query: { day: '2000-01-01', fields: ['id'] }, body: { name: 'Fixed', done: true } }),
			{ tagId: '7', tagName: 'Ada', day: '2024-01-31' },
		);
		expect(call.query).toEqual({ day: '2024-01-31', fields: ['id'] });
		expect(call.body).toEqual({ name: 'Ada', done: true });
	});

	it('puts fields to clear into the mask and not into the body, unless they are set as well', () => {
		const row = operation([tagId, updateFields], { method: 'PATCH', mask: true });
		const cleared = read(row, { tagId: '7', updateFields: { fieldsToClear: ['name', 'category'], categoryId: '9' } }).body;
		expect(maskOf(cleared).sort()).toEqual(['category', 'name']);
		expect(JSON.parse(JSON.stringify(cleared))).toEqual({ category: { id: '9' } });
	});

	it.each<[string, Operation, Record<string, unknown>, string, string]>([
		['a missing value', operation([tagId]), {}, 'Tag is empty', 'Give a value'],
		['a bad value', operation([tagId, name]), { tagId: '7', tagName: 'Adaadaa' }, 'Name is longer than the 5 characters', 'Shorten it.'],
		[
			'a bad value in a collection',
			operation([tagId, filters]),
			{ tagId: '7', filters: { since: 'soon' } },
			'Since is not a date: "soon"',
			'2024-01-31',
		],
		[
			'a semicolon in a filter',
			operation([tagId, filters]),
			{ tagId: '7', filters: { label: 'a;id==1' } },
			'Label must not contain a semicolon',
			'Keap separates filter conditions',
		],
		[
			'a value without advice of its own',
			operation([tagId, ours]),
			{ tagId: '7', ours: 'maybe' },
			'Ours must be true or false',
			'Check Ours of item 3.',
		],
		[
			'an update without any field',
			operation([tagId, updateFields], { mask: true }),
			{ tagId: '7', updateFields: {} },
			'No field to update is given',
			'Update Fields',
		],
		['a limit of 0', operation([tagId, ...paging]), { tagId: '7', limit: 0 }, 'Limit must be 1 or more, not 0', 'Check Limit of item 3.'],
	])('refuses %s: names the parameter and the item, and says what to do', (_what, row, parameters, message, advice) => {
		expect(() => read(row, parameters)).toThrow(
			expect.objectContaining({
				name: 'NodeOperationError',
				message: expect.stringContaining(message) as string,
				description: expect.stringContaining(advice) as string,
				context: expect.objectContaining({ itemIndex: 3 }) as unknown,
			}),
		);
	});

	it('lets the row check its values together', () => {
		const check = (call: Call): void => {
			if (call.values.ours === true) throw new BadInput('is one too many', 'Take one away.', 'Ours');
		};
		expect(read(operation([tagId, ours], { check }), { tagId: '7', ours: false }).values.ours).toBe(false);
		expect(() => read(operation([tagId, ours], { check }), { tagId: '7', ours: true })).toThrow(
			expect.objectContaining({ message: 'Ours is one too many', description: 'Take one away.' }),
		);
	});

	it('passes on what is no complaint about a value', () => {
		const broken: Field = {
			...name,
			encode: () => {
				throw new RangeError('a fault of ours');
			},
		};
		expect(() => read(operation([broken]), { tagName: 'x' })).toThrow(RangeError);
	});
});

describe('a row with variants', () => {
	const kind = fields.options('kind', 'Kind', {
		in: 'none',
		choices: [
			['a', 'A'],
			['b', 'B'],
		],
	});
	const row = operation([kind, name], {
		path: '/{kind}',
		variants: {
			by: 'kind',
			of: { a: { path: '/as' }, b: { path: '/bs', fields: [kind, { ...name, encode: (raw) => `b ${String(raw)}` }] } },
			without: { c: 'Do it by hand.' },
		},
	});
	const chosenBy = (parameters: Record<string, unknown>): Call => readCall(contextWith(parameters), row, 0);

	it('gives the call the one that is chosen, or that stands there by default', () => {
		expect(chosenBy({ kind: 'a', tagName: 'x' })).toMatchObject({ operation: { path: '/as' }, body: { name: 'x' } });
		expect(chosenBy({ kind: ' b ', tagName: 'x' })).toMatchObject({ operation: { path: '/bs' }, body: { name: 'b x' } });
		expect(chosenBy({ tagName: 'x' }).operation.path).toBe('/as');
	});

	it('gives calls of one variant the same row: they are carried out together', () => {
		expect(chosenBy({ kind: 'b', tagName: 'x' }).operation).toBe(chosenBy({ kind: 'b', tagName: 'y' }).operation);
	});

	it.each([
		['c', 'Do it by hand.'],
		['constructor', 'Choose from the list, or give one of these: a, b.'],
		[7, 'Choose from the list, or give one of these: a, b.'],
	])('refuses %s by the name of the parameter', (value, description) => {
		const refused = expect.objectContaining({
			message: `Kind can't be "${value}" for this operation`,
			description,
		}) as Error;
		expect(() => chosenBy({ kind: value, tagName: 'x' })).toThrow(refused);
	});
});
