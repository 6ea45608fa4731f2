import type { IDataObject } from 'n8n-workflow';

import { FIELDS, OUTPUT } from '../../../nodes/shared/catalogue/output/parameters';
import { keapFieldsFor, selectionOf, shapedRecord, simplifiedFields } from '../../../nodes/shared/catalogue/output/selection';
import { companies } from '../../../nodes/shared/records/people/companies';
import { contacts } from '../../../nodes/shared/records/people/contacts';
import { executeContext } from '../../support/context';
import { allRows, withVariants } from '../nodes';

/** A context in which nothing can be read: whatever asks Keap fails. */
const nowhere = executeContext({ credentials: { baseUrl: 'not an address' } });

const rows = withVariants(allRows).filter(({ operation }) => operation.simplify !== undefined);

describe.each(rows.map(({ label, operation }) => [label, operation] as const))('%s', (_label, { fields, simplify }) => {
	it('offers the three outputs, and names its fields without a call', async () => {
		const names = fields.map(({ property }) => property.name);
		expect(names).toEqual(expect.arrayContaining([OUTPUT, FIELDS]));
		const own = simplify === undefined ? [] : await simplifiedFields(simplify, nowhere);
		expect(own.length).toBeGreaterThan(1);
	});
});

it('is offered by no row without a simplified form', () => {
	const without = allRows.filter(({ operation }) => operation.simplify === undefined);
	expect(without.filter(({ operation }) => operation.fields.some(({ property }) => property.name === OUTPUT))).toEqual([]);
	expect(without.length).toBeGreaterThan(0);
});

describe('what Keap is asked for', () => {
	const contact: IDataObject = {
		id: '1',
		given_name: 'Ada',
		middle_name: 'M',
		family_name: 'Adams',
		company: { id: '5', company_name: 'Mill' },
		email_addresses: [{ field: 'EMAIL1', email: 'ada@x.example', email_opt_status: 'SINGLE_OPT_IN' }],
		phone_numbers: [{ field: 'PHONE1', number: '555' }],
		addresses: [{ field: 'BILLING', locality: 'Rome', country_code: 'ITA' }],
		tag_ids: [],
		owner_id: '0',
		custom_fields: [],
		contact_type: 'Lead',
		job_title: 'Baker',
		leadsource_id: '3',
		create_time: '2024-01-01T00:00:00.000Z',
		update_time: '2024-01-02T00:00:00.000Z',
	};
	const company: IDataObject = {
		id: '1',
		company_name: 'Mill',
		email_address: { email: 'mill@x.example' },
		phone_number: { number: '555' },
		address: { locality: 'Rome', country_code: 'ITA' },
		owner_id: '0',
		website: 'https://mill.example',
		notes: 'Old',
		create_time: '2024-01-01T00:00:00.000Z',
		update_time: '2024-01-02T00:00:00.000Z',
		custom_fields: [],
	};

	it.each([
		['contact', contacts, contacts.fields, contact],
		['company in a list', companies, companies.fieldsOfList, company],
	])('for a field of a %s is enough to make it, and no more than the field takes', async (_name, { simplify }, all, record) => {
		if (simplify === undefined) throw new Error('It has a simplified form');
		const whole = await simplify.shape(record, nowhere);
		for (const name of Object.keys(whole)) {
			const asked = keapFieldsFor(simplify, { fields: ['id', name] }, all) ?? [];
			expect(asked.length).toBeLessThanOrEqual(2);
			expect(asked).toContain('id');
			const answer = Object.fromEntries(asked.map((key) => [key, record[key]]));
			expect({ [name]: (await simplify.shape(answer, nowhere))[name] }).toEqual({ [name]: whole[name] });
			// Of what is not empty anyway.
			if (name !== 'owner_name') expect(whole[name]).not.toBeNull();
		}
	});

	it('is all that the simplified contact takes', async () => {
		const { simplify } = contacts;
		if (simplify === undefined) throw new Error('It has a simplified form');
		const fields = await simplifiedFields(simplify, nowhere);
		expect(keapFieldsFor(simplify, { fields }, contacts.fields)?.sort()).toEqual([...(simplify.fields ?? [])].sort());
	});

	it('is nothing by name where Keap gives the field anyway', () => {
		expect(keapFieldsFor({ shape: (record) => record }, { fields: ['id', 'title'] }, ['custom_fields'])).toBeUndefined();
	});
});

describe('the names of fields', () => {
	const simplify = { shape: (record: IDataObject) => ({ id: record.id ?? null, given_name: record.given_name ?? null, city: null }) };
	const select = async (...names: string[]) => (await selectionOf(nowhere, simplify, names)).fields;

	it('are taken as people write them, in the order of the record, with the ID', async () => {
		expect(await select('City', 'givenName')).toEqual(['id', 'given_name', 'city']);
		expect(await select('GIVEN NAME')).toEqual(['id', 'given_name']);
		expect(await select('ID')).toEqual(['id']);
	});

	it('are refused where there is none, with those near it, or all where none is near', async () => {
		await expect(select('given_nam')).rejects.toMatchObject({
			message: 'has no field "given_nam"',
			advice: 'Near it is given_name.',
			parameter: 'Field Names or IDs',
		});
		await expect(select('turnover')).rejects.toMatchObject({ advice: 'The fields are id, given_name, city.' });
		await expect(select()).rejects.toMatchObject({ message: 'is empty' });
	});

	it('stand for null where the record has nothing there', async () => {
		const selection = await selectionOf(nowhere, simplify, ['given_name', 'city']);
		expect(await shapedRecord(simplify, { id: '1' }, nowhere, { selection })).toEqual({ id: '1', given_name: null, city: null });
	});
});
