import * as fields from '../../nodes/shared/catalogue/fields/fields';
import { entries } from '../../nodes/shared/catalogue/fields/entries';
import type { Operation } from '../../nodes/shared/catalogue/operation/types';
import { mergeList } from '../../nodes/Keap/resources/people/contact/mergeLists';
import { contacts } from '../../nodes/shared/records/people/contacts';
import { checkSchema, enumMembers, fieldSchema } from '../sandbox/contract/schema';
import type { Schema } from '../sandbox/contract/operations';
import { factOf, rowProblems } from './contract/rows';
import { bodySchema } from './contract/targets';
import { unexplained } from './contract/missing';
import { allRows, allVariants, variantLabel } from './nodes';

const CONTACT = '/crm/rest/v2/contacts/{contact_id}';

function rowOf(label: string): Operation {
	const row = allRows.find((one) => one.label === label);
	if (row === undefined) throw new Error(`There is no row ${label}`);
	return row.operation;
}

describe('every row', () => {
	it.each(allRows)('$label asks Keap for what there is, in the right form', ({ operation }) => {
		expect(rowProblems(operation)).toEqual([]);
	});

	it.each(allVariants.map((row) => [variantLabel(row), row.operation] as const))('%s can say all that Keap takes', (_label, operation) => {
		expect(unexplained(operation)).toEqual([]);
	});
});

/** The checks above are only worth something if they find what is wrong. */
describe('a row that is wrong', () => {
	const create = rowOf('tag: create');
	const update = rowOf('contact: update');
	const upsert = rowOf('contact: upsert');
	const get = rowOf('contact: get');
	const list = rowOf('tag: getAll');
	const apply = rowOf('tag: apply');
	const [tagId] = apply.fields;
	if (tagId === undefined || get.bundledRead === undefined || apply.bundledWrite === undefined)
		throw new Error('The rows are not as this test knows them');
	const plus = (operation: Operation, ...more: Operation['fields']): Operation => ({
		...operation,
		fields: [...operation.fields, ...more],
	});
	const text = (options: Parameters<typeof fields.text>[2] = {}) => fields.text('extra', 'Extra', options);
	const network = (required: boolean) =>
		entries('socialAccounts', 'Social Accounts', {
			singular: 'Social Account',
			members: [fields.options('type', 'Network', { required, choices: [['FACEBOOK', 'Facebook']] }), fields.text('account', 'Account')],
		});

	it.each<[string, Operation, string]>([
		['path', { ...create, path: '/crm/rest/v2/tag' }, 'Keap has no POST /crm/rest/v2/tag'],
		['method', { ...create, method: 'PUT' }, 'Keap has no PUT /crm/rest/v2/tags'],
		[
			'path parameter',
			{ ...apply, fields: [...apply.fields, text({ in: 'path', key: 'tagId' })] },
			'tagId is not in the path of applyTags',
		],
		['path parameter that can be left empty', { ...apply, fields: apply.fields.slice(1) }, 'tag_id in the path can be left empty'],
		['query parameter', plus(list, text({ in: 'query', key: 'sort' })), 'sort is not a known query parameter of listTags'],
		[
			'value of a query parameter',
			plus(upsert, fields.options('x', 'X', { in: 'query', key: 'duplicate_option', choices: [['Phone', 'Phone']] })),
			'duplicate_option must be one of Email, EmailAndName, EmailAndNameAndCompany, not "Phone"',
		],
		['order', plus(list, fields.orderBy([['colour', 'Colour']])), "can't order by colour"],
		['filter', plus(list, text({ in: 'filter', key: 'colour' })), "filter: colour can't be filtered by"],
		['comparison in a filter', plus(list, text({ in: 'filter', key: 'name', operator: '>=' })), 'filter: name takes only ==, not >='],
		['body field', plus(create, text({ key: 'colour' })), 'colour is not a field of the body of createTag'],
		['inner body field', plus(create, text({ key: 'category.name' })), 'category.name is not a field of the body of createTag'],
		['type', plus(create, fields.number('description', 'X')), 'description must be a string, not number 1'],
		[
			'value of a body field',
			plus(upsert, fields.options('sourceType', 'X', { choices: [['MAIL', 'Mail']] })),
			'source_type must be one of',
		],
		['limit', plus(upsert, text({ key: 'given_name', max: 30 })), 'given_name must take 40 characters and no more'],
		['missing limit', plus(upsert, text({ key: 'given_name' })), 'given_name must take 40 characters and no more'],
		['limit that Keap has not', plus(create, text({ key: 'description', max: 30 })), 'description has a limit that Keap has not'],
		['field of an entry', plus(upsert, network(true)), 'social_accounts[0].account is not a known field'],
		[
			'entry without what Keap needs',
			plus(upsert, network(false)),
			'type of an entry of social_accounts is required by Keap, and an entry without it is let through',
		],
		['required body field that can be left empty', { ...apply, fields: [tagId] }, 'contact_ids in the body can be left empty'],
		['body of a GET', plus(list, text({})), 'extra would go into the body of a GET that has none'],
		['name of the list', { ...list, records: 'labels' }, '"labels" is not a list in the answer of listTags'],
		['list without pages', { ...rowOf('contact: getLinks'), answer: 'records' }, 'listContactLinks has no pages'],
		[
			'answer of a DELETE',
			{ ...rowOf('tag: delete'), answer: 'record' },
			"deleteTag answers without a body: the row's answer must be deleted, not record",
		],
		['answer thrown away', { ...create, answer: 'success' }, 'createTag answers with a record, the row throws it away'],
		['missing mask', { ...update, mask: false }, 'updateContact takes an update_mask'],
		['mask where there is none', { ...create, mask: true }, 'createTag takes no update_mask'],
		[
			'name in the mask',
			plus(update, fields.multiOptions('fieldsToClear', 'X', { in: 'none', choices: [['emails', 'Emails']] })),
			'update_mask must be one of',
		],
		['fixed query', { ...get, query: { fields: ['id', 'colour'] } }, 'fields: colour is not a known field'],
		['fields of Simplify', { ...get, simplify: { fields: ['colour'], shape: (record) => record } }, 'fields: colour is not a known field'],
		['bundled read', { ...get, bundledRead: { ...get.bundledRead, filter: 'contact' } }, "filter: contact can't be filtered by"],
		['bundled read of too many', { ...get, bundledRead: { ...get.bundledRead, max: 1000 } }, 'more than 100 ids in one read'],
		['id of a bundled read', { ...get, bundledRead: { ...get.bundledRead, id: 'id' } }, `id is not the last parameter of ${CONTACT}`],
		[
			'ids of a bundled write',
			{ ...apply, bundledWrite: { ...apply.bundledWrite, ids: 'ids' } },
			'ids is not a list in the body of applyTags',
		],
		['fixed body', { ...create, body: { colour: 'red' } }, 'colour is not a field of the body of createTag'],
		['value of a fixed body', { ...create, body: { description: 5 } }, 'description must be a string, not number 5'],
		[
			'what a bundled read finds its records by',
			{ ...get, bundledRead: { ...get.bundledRead, key: 'email' } },
			'the records of listContacts have no email',
		],
		[
			'parent of a bundled read',
			{ ...get, bundledRead: { ...get.bundledRead, parent: 'contact_id' } },
			'contact_id is not both in the path and in the records',
		],
		[
			'results of a bundled write',
			{ ...apply, bundledWrite: { ...apply.bundledWrite, results: 'verdicts' } },
			'verdicts is not in the answer of applyTags',
		],
		[
			'list of a bundled create',
			{ ...create, bundledCreate: { list: 'tags', max: 10, answers: () => [] } },
			'tags is not a list in the body of createTag',
		],
		[
			'source of a completion',
			{ ...update, completion: { path: '/crm/rest/v2/contact', fields: {} } },
			'Keap has no GET /crm/rest/v2/contact',
		],
		[
			'field of a completion',
			{ ...update, completion: { path: CONTACT, fields: { colour: '' } } },
			'colour is not a field of the body of updateContact',
		],
		[
			'parent of a bundled write',
			{ ...apply, bundledWrite: { ...apply.bundledWrite, parent: CONTACT } },
			"contact_id of the parent is not in the row's path",
		],
		[
			'filter by custom fields',
			{ ...list, customFieldFilters: { path: '/crm/rest/v2/contacts/model' } },
			"listTags can't be filtered by custom fields",
		],
		['model of custom fields', { ...upsert, customFields: { path: '/crm/rest/v2/tags' } }, 'GET /crm/rest/v2/tags returns no label'],
		[
			'record without custom fields',
			{ ...create, customFields: { path: '/crm/rest/v2/contacts/model' } },
			"custom_fields can't be written to createTag",
		],
		['no word of 202', { ...rowOf('email: send'), accepted: false }, 'sendEmail is answered with 202'],
		['a word of 202', { ...apply, accepted: true }, 'applyTags is not answered with 202'],
	])('is found: %s', (_what, operation, problem) => {
		expect(rowProblems(operation)).toContainEqual(expect.stringContaining(problem));
	});
});

describe('a row over several operations that is wrong', () => {
	const group = rowOf('customFieldGroup: create');
	const { variants } = group;
	if (variants === undefined) throw new Error('The row is not as this test knows it');
	const but = (of: NonNullable<Operation['variants']>['of'], rest: Partial<typeof variants> = {}): Operation => ({
		...group,
		variants: { ...variants, ...rest, of: { ...variants.of, ...of } },
	});
	const hidden = [...group.fields, fields.text('colour', 'Colour', { in: 'none' })];

	it.each<[string, Operation, string]>([
		['in the path of one variant', but({ order: { path: '/crm/rest/v2/order/model' } }), 'Keap has no POST /crm/rest/v2/order/model'],
		['in the answer of one variant', but({ order: { ...variants.of.order, answer: 'success' } }), 'the row throws it away'],
		['in the fields of one variant', but({ order: { ...variants.of.order, fields: hidden } }), 'the row shows no colour'],
		['in what it offers', but({ order2: variants.of.order ?? {} }), 'recordType does not offer the variant order2'],
		['in what it lacks', { ...group, variants: { ...variants, of: {} } }, 'recordType offers contact, for which there is no variant'],
		['in what it says to lack', but({}, { without: { order: 'No.' } }), 'order is said to have no variant, and has one'],
		['in what chooses', but({}, { by: 'kind' }), 'there is no parameter kind'],
	])('is found: %s', (_what, operation, problem) => {
		expect(rowProblems(operation)).toContainEqual(expect.stringContaining(problem));
	});
});

describe('the lists of a contact that an update keeps', () => {
	/** What Keap could take back and is left out on purpose. */
	const LEFT_OUT = ['opt_in_reason', 'region', 'country', 'number_e164'];
	const namesOf = (schema: Schema | undefined): string[] =>
		typeof schema === 'object' ? Object.keys(schema).map((name) => name.replace('*', '')) : [];
	const entryOf = (schema: Schema | undefined): Schema | undefined => (Array.isArray(schema) ? (schema[0] as Schema) : undefined);
	const sample = (schema: Schema | undefined): unknown => enumMembers(schema ?? '')?.[1] ?? (schema === 'boolean' ? true : 'text');

	it.each(['addresses', 'custom_fields', 'email_addresses', 'fax_numbers', 'phone_numbers', 'social_accounts'])(
		'%s go back with all that Keap takes, and nothing else',
		(name) => {
			const told = entryOf(fieldSchema(factOf('GET', CONTACT)?.response?.schema, name));
			const update = factOf('PATCH', CONTACT);
			const taken = update && bodySchema(update, name);
			if (told === undefined || taken === undefined) throw new Error(`The contract has no ${name}`);
			const entry = Object.fromEntries(namesOf(told).map((key) => [key, sample(fieldSchema(told, key))]));
			const [kept = {}] = mergeList(name, [entry], []);
			expect(() => checkSchema(taken, [kept], name)).not.toThrow();
			expect(Object.keys(kept).sort()).toEqual(
				namesOf(entryOf(taken))
					.filter((key) => key in entry && !LEFT_OUT.includes(key))
					.sort(),
			);
		},
	);
});

describe('what is asked of a contact', () => {
	it('is everything that Keap can return', () => {
		const known = factOf('GET', CONTACT)?.query.find(({ name }) => name === 'fields')?.fields ?? [];
		expect([...contacts.fields].sort()).toEqual([...known].sort());
	});
});
