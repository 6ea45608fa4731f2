import type { INodeParameters, INodePropertyCollection } from 'n8n-workflow';

import { filtersByCustomFields } from '../../nodes/shared/records/customFieldFilters';
import { byId, errorText, itemsOf, keapForEachTest, on } from './helpers';

const MODEL = 'GET /crm/rest/v2/contacts/model';
const LIST = 'GET /crm/rest/v2/contacts';
const conditions = (...entries: INodeParameters[]): INodeParameters => ({ entries });

describe('filter by custom fields', () => {
	const keap = keapForEachTest();

	/** Contacts 1 to 3 with these values by field. */
	function fill(...values: Array<Record<string, unknown>>): void {
		values.forEach((fields, index) => {
			const id = String(index + 1);
			const contact = keap().sandbox.state.contacts.get(id);
			keap().sandbox.state.contacts.set(id, {
				...contact,
				id,
				custom_fields: Object.entries(fields).map(([field, content]) => ({ id: field, content })),
			});
		});
	}
	const found = async (customFieldFilters: INodeParameters, more: INodeParameters = {}) => {
		const parameters = { returnAll: true, output: 'raw', customFieldFilters, ...more };
		return (await keap().output(on('contact')('getAll', parameters))).map(({ id }) => id);
	};
	const filterSent = () => keap().sandbox.calls.at(-1)?.query.filter;

	// As the form stores it: the controls that are not shown keep what they held before, or their defaults.
	const stale = { text: 'Old', number: 0, yesNo: 'yes', date: '2020-01-01T00:00:00', value: 'Old' };

	it.each<[string, INodeParameters, string, string[]]>([
		['a text', { field: '7|text', text: 'Countess' }, 'Nickname==Countess', ['1']],
		['how a text begins', { field: '7|text', textOperator: 'beginsWith', text: 'Cou' }, 'Nickname==Cou*', ['1', '2']],
		['how a text begins, with a star', { field: '7|text', text: 'Cou*' }, 'Nickname==Cou*', ['1', '2']],
		['a choice', { field: '8|choice', option: 'Rye' }, 'Favouritebread==Rye', ['2']],
		['a day', { field: '9|date', date: '2024-01-31T00:00:00' }, 'Membersince==2024-01-31T00:00:00.000Z', ['1']],
		['days after', { field: '9|date', operator: 'moreThan', date: '2024-01-31T00:00:00' }, 'Membersince>2024-01-31T00:00:00.000Z', ['2']],
		['yes', { field: '10|yesNo', yesNo: 'yes' }, 'Glutenfree==1', ['1']],
		['no', { field: '10|yesNo', yesNo: 'no' }, 'Glutenfree==0', ['2']],
		['a number', { field: '11|number', operator: 'atLeast', number: 5 }, 'Loavesperweek>=5', ['2']],
		['nothing', { field: '11|number', number: 0 }, 'Loavesperweek==0', ['3']],
		['an amount', { field: '12|number', operator: 'atMost', number: 99.5 }, 'Creditlimit<=99.5', ['1']],
		['one of several', { field: '13|several', option: 'Baking' }, 'Interests==Baking', ['1', '20']],
		['what several contain', { field: '13|several', severalOperator: 'contains', option: 'Baking' }, 'Interests==Baking', ['1', '20']],
	])('by %s', async (_what, entry, filter, ids) => {
		fill(
			{ 7: 'Countess', 8: 'Sourdough', 9: '2024-01-31', 10: 1, 11: 2, 12: 99.5, 13: ['Baking', 'Events'] },
			{ 7: 'Count', 8: 'Rye', 9: '2024-02-29', 10: 0, 11: 5, 12: 100, 13: ['Coffee'] },
			{ 11: 0 },
		);
		expect(await found(conditions({ ...stale, ...entry }))).toEqual(ids);
		expect(filterSent()).toBe(filter);
		expect(keap().newCalls()).toEqual([MODEL, LIST]);
	});

	it.each<[string, INodeParameters, string]>([
		['its label', { field: 'loaves PER week', operator: 'atLeast', value: '5' }, 'Loavesperweek>=5'],
		['its ID', { field: '11', operator: '<', value: 5 }, 'Loavesperweek<5'],
		["Keap's name", { field: 'loavesperweek', value: '5' }, 'Loavesperweek==5'],
		['a type that it has no more', { field: '11|text', text: 'x', value: '5' }, 'Loavesperweek==5'],
		['its label, yes', { field: 'Gluten free', value: 'true' }, 'Glutenfree==1'],
		['its label, one of several', { field: 'Interests', operator: 'contains', value: 'coffee' }, 'Interests==Coffee'],
		['its label, a moment', { field: 'Member since', operator: 'lessThan', value: '2024-01-31' }, 'Membersince<2024-01-31T00:00:00.000Z'],
		['its label, a beginning', { field: 'Nickname', operator: 'beginsWith', value: 'Cou' }, 'Nickname==Cou*'],
	])('finds the field by %s, as an expression or an agent gives it', async (_what, entry, filter) => {
		await found(conditions(entry));
		expect(filterSent()).toBe(filter);
	});

	it('joins conditions with each other and with the other filters, a range among them', async () => {
		fill({ 11: 2 }, { 11: 5 }, { 11: 9 });
		const range = [
			{ field: '11|number', operator: 'moreThan', number: 2 },
			{ field: '11|number', operator: 'lessThan', number: 9 },
		];
		expect(await found(conditions(...range), { filters: { idAtMost: 3 } })).toEqual(['2']);
		expect(filterSent()).toBe('contact_id<=3;Loavesperweek>2;Loavesperweek<9');
	});

	it('takes values by expression, each item its own, and reads the model once', async () => {
		fill({ 7: 'A' }, { 7: 'B' }, { 7: 'C' });
		const named = conditions({ field: '={{ "Nickname" }}', value: '={{ $json.name }}' });
		const parameters = { returnAll: true, output: 'raw', customFieldFilters: named };
		const output = await keap().output(
			on('contact')('getAll', parameters),
			['A', 'B', 'C'].map((name) => ({ name })),
		);
		expect(output.map(({ id }) => id)).toEqual(['1', '2', '3']);
		expect(keap().newCalls().sort()).toEqual([LIST, LIST, LIST, MODEL].sort());
	});

	it.each<[INodeParameters, RegExp]>([
		[
			{ field: '7|text', textOperator: 'moreThan', text: 'a' },
			/Custom Field Filters > Nickname can't be compared by "Is More Than".*Begins With/,
		],
		[{ field: '11|number', number: 'many' }, /Custom Field Filters > Loaves per week is not a number: "many"/],
		[{ field: '11', value: '2.5' }, /Loaves per week must be a whole number/],
		[{ field: '9|date', date: 'soon' }, /Member since is not a date: "soon"/],
		[{ field: '10', value: 'perhaps' }, /Gluten free must be true or false/],
		[{ field: '8|choice', option: 'Brioche' }, /Favourite bread has no option "Brioche".*Rye/],
		[{ field: '13|several', severalOperator: 'beginsWith', option: 'Baking' }, /Interests can't be compared by "Begins With".*Contains/],
		[{ field: '13', operator: 'beginsWith', value: 'Bak' }, /Interests can't be compared by "Begins With".*Contains/],
		[{ field: 'Shoe size', value: '42' }, /Custom Field Filters has no field "Shoe size" in this Keap account.*Nickname/],
		[{ field: '7', operator: 'like', value: 'a' }, /Custom Field Filters > Operator must be one of is, /],
		[{ field: '', value: '42' }, /Custom Field Filters has a condition without a field/],
		[{ field: 'Nickname', value: '={{ $json.missing }}' }, /Nickname has no value to be compared with.*every record would be found/],
		[{ field: '7|text', text: 'a;b' }, /Nickname must not be compared with a text that has a semicolon/],
		[{ field: '7|text', text: 'a*b' }, /Nickname takes a \* at the end of a text only/],
	])('refuses %j before the list is read', async (entry, message) => {
		const result = await keap().run(on('contact')('getAll', { returnAll: true, customFieldFilters: conditions(entry) }));
		expect(errorText(result)).toMatch(message);
		expect(
			keap()
				.newCalls()
				.filter((call) => call !== MODEL),
		).toEqual([]);
	});

	it('one item that is refused takes no other with it', async () => {
		fill({ 11: 2 });
		const result = await keap().run(
			on('contact')('getAll', {
				returnAll: true,
				output: 'raw',
				customFieldFilters: conditions({ field: '11', value: '={{ $json.loaves }}' }),
			}),
			itemsOf(2, (index) => ({ loaves: index === 0 ? 'many' : 2 })),
			{ onError: 'continueRegularOutput' },
		);
		expect(result.items('Keap').map(({ id, error }) => id ?? error)).toEqual([expect.stringMatching(/not a number: "many"/), '1']);
	});

	it("is refused where Keap would take the field's name for its own", async () => {
		const model = keap().sandbox.state.contactCustomFields;
		model.add({ label: 'Town', field_name: 'City', field_type: 'TEXT', options: [] });
		await expect(found(conditions({ field: 'Town', value: 'Lyon' }))).rejects.toThrow(
			/Town can't be filtered by: Keap has a field of its own/,
		);
	});

	it.each([
		['company', 'Ovens', 'companies', 'Ovens==2', {}],
		['opportunity', 'Budget', 'opportunities', 'Budget==2', {}],
		['task', 'Urgent', 'tasks', 'Urgent==1', {}],
		['note', 'Urgent', 'notes', 'Urgent==1', {}],
	])('of a %s', async (resource, field, folder, filter) => {
		await keap().output(on(resource)('getAll', { customFieldFilters: conditions({ field, value: filter.endsWith('2') ? '2' : 'yes' }) }));
		expect(keap().newCalls()).toEqual([`GET /crm/rest/v2/${folder}/model`, `GET /crm/rest/v2/${folder}`]);
		expect(filterSent()).toBe(filter);
	});

	it('of the notes of a contact', async () => {
		await keap().output(on('note')('getForContact', { contactId: byId(1), customFieldFilters: conditions({ field: 'Room', value: 'A' }) }));
		expect(filterSent()).toBe('Room==A');
	});
});

describe('the form of a filter by custom fields', () => {
	const keap = keapForEachTest();
	const load = async (parameters: INodeParameters, method: string) => await keap().engine.loadOptions({ parameters }, method);

	it("lists the fields of the chosen resource, with what the form's controls follow", async () => {
		const fields = await load({ resource: 'contact', operation: 'getAll' }, 'getCustomFieldsToFilterBy');
		expect(fields).toContainEqual({ name: 'Favourite bread', value: '8|choice' });
		expect(fields.map(({ value }) => String(value).split('|')[1])).toEqual(
			expect.arrayContaining(['text', 'choice', 'date', 'yesNo', 'number', 'several']),
		);
		expect((await load({ resource: 'company', operation: 'getAll' }, 'getCustomFieldsToFilterBy')).map(({ name }) => name)).toEqual([
			'Delivery day',
			'Ovens',
		]);
	});

	it('says of a field with several options that it contains one', () => {
		const [entries] = filtersByCustomFields.property.options as INodePropertyCollection[];
		const shown = entries!.values.filter(({ displayOptions }) => displayOptions?.show?.kind?.includes('several'));
		expect(shown.map(({ displayName, options, default: byDefault }) => [displayName, options, byDefault])).toEqual([
			['Operator', [{ name: 'Contains', value: 'contains' }], 'contains'],
			['Value Name or ID', undefined, ''],
		]);
	});

	it('lists the options of the field in the same condition', async () => {
		const parameters = {
			resource: 'contact',
			operation: 'getAll',
			customFieldFilters: conditions({ field: '7|text' }, { field: '8|choice' }),
		};
		const options = async (index: number) =>
			await keap().engine.loadOptions(
				{ parameters, path: `parameters.customFieldFilters.entries[${index}].option` },
				'getCustomFieldOptions',
			);
		expect((await options(1)).map(({ value }) => value)).toEqual(['Rye', 'Sourdough', 'Baguette', 'Ciabatta']);
		expect(await options(0)).toEqual([]);
	});
});
