import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, errorsOf, errorText, keapForEachTest, onlyBody, writes } from './helpers';

const V2 = '/crm/rest/v2';
const admin = { type: 'n8n-nodes-keap.keapAdmin' };

function fixture() {
	const keap = keapForEachTest();
	const on =
		(resource: string) =>
		async (operation: string, parameters: INodeParameters, items: IDataObject[] = [{}], extra: object = {}): Promise<IDataObject[]> =>
			await keap().output({ resource, operation, ...parameters }, items, { ...admin, ...extra });
	const refusal = async (parameters: INodeParameters): Promise<string> => errorText(await keap().run(parameters, [{}], admin));
	/** Keap's custom fields of a kind of record. */
	const model = (kind: string) => keap().sandbox.state.collection(`${V2}/${kind}/model/customFields`);
	return { keap, on, refusal, model, field: on('customField') };
}

describe('custom fields by record type', () => {
	const { keap, field, refusal, model } = fixture();
	const dropdown = { fieldType: 'DROPDOWN', fieldOptions: { entries: [{ label: 'Red' }, { label: 'Blue' }] } };

	it.each([
		['company', `${V2}/companies/model/customFields`],
		['task', `${V2}/tasks/model/customFields`],
		['subscription', `${V2}/subscriptions/model/customFields`],
	])('creates one of a %s, as one record', async (recordType, path) => {
		const [made] = await field('create', { recordType, label: 'Colour', ...dropdown, additionalFields: { groupId: byId(1) } });
		expect(made).toMatchObject({ id: expect.any(String) as string, label: 'Colour', options: [{ label: 'Red' }, { label: 'Blue' }] });
		expect(keap().newCalls()).toEqual([`POST ${path}`]);
		expect(onlyBody(keap())).toMatchObject({ field_type: 'DROPDOWN', group_id: '1' });
	});

	it.each([['Red, Blue'], ['={{ $json.colours }}'], ['Red\nBlue']])('creates one with the options in %j', async (optionLabels) => {
		const form = { recordType: 'company', label: 'Colour', fieldType: 'DROPDOWN', additionalFields: { optionLabels } };
		await field('create', form, [{ colours: ['Red', 'Blue'] }]);
		expect(onlyBody(keap()).options).toEqual([{ label: 'Red' }, { label: 'Blue' }]);
	});

	it('takes options in one form alone, and each once', async () => {
		const form = { resource: 'customField', operation: 'create', recordType: 'company', label: 'Colour' };
		expect(await refusal({ ...form, ...dropdown, additionalFields: { optionLabels: 'Red' } })).toMatch(
			/Options are given beside Option Labels/,
		);
		expect(await refusal({ ...form, fieldType: 'DROPDOWN', additionalFields: { optionLabels: 'Red,Red' } })).toMatch(
			/Options have "Red" twice/,
		);
		expect(await refusal({ ...form, fieldType: 'TEXT', additionalFields: { optionLabels: 'Red' } })).toMatch(
			/Options are given for a field type that has none/,
		);
		expect(keap().newCalls()).toEqual([]);
	});

	it('creates one of appointments in the words of v1', async () => {
		const [made] = await field('create', {
			recordType: 'appointment',
			label: 'Seen at',
			fieldType: 'DATE_TIME',
			additionalFields: { groupId: byId(1) },
		});
		expect(keap().newCalls()).toEqual(['POST /crm/rest/v1/appointments/model/customFields']);
		expect(onlyBody(keap())).toEqual({ label: 'Seen at', field_type: 'DateTime', group_id: 1 });
		expect(model('tasks').get(String(made?.id))).toMatchObject({ label: 'Seen at', field_type: 'DATE_TIME' });
	});

	it('lists those of the kind that each item names, in the order of the items', async () => {
		model('orders').add({ label: 'Gift', field_type: 'YES_NO', group_id: '1' });
		model('tasks').add({ label: 'Room', field_type: 'TEXT', group_id: '1' });
		const output = await field(
			'getAll',
			{ recordType: '={{ $json.type }}', returnAll: true },
			[{ type: 'appointment' }, { type: 'order' }, { type: 'customer' }, { type: 'task' }],
			{ onError: 'continueRegularOutput' },
		);
		const labels = output.map(({ label, error }) => label ?? error);
		const room = labels.indexOf('Room');
		const gift = labels.indexOf('Gift');
		expect(room).toBeLessThan(gift);
		expect(labels.lastIndexOf('Room')).toBeGreaterThan(gift);
		expect(errorsOf(output).filter(Boolean)).toEqual([expect.stringContaining('Record Type can\'t be "customer"')]);
	});

	it('updates with one read of the list for all items, keeps the options, and masks what is given', async () => {
		const colours = model('companies').add({
			label: 'Colour',
			field_type: 'DROPDOWN',
			group_id: '1',
			options: [
				{ id: '1', label: 'Red' },
				{ id: '2', label: 'Blue' },
			],
		});
		await field(
			'update',
			{
				recordType: 'company',
				fieldId: byId(colours.id),
				updateFields: { fieldOptions: { entries: [{ id: '={{ $json.id }}', label: '={{ $json.label }}' }] } },
			},
			[{ label: 'Green' }, { id: 1, label: 'Crimson' }, { label: 'blue' }],
		);
		expect(model('companies').get(colours.id)?.options).toEqual([
			{ id: '1', label: 'Crimson' },
			{ id: '2', label: 'blue' },
			{ id: '3', label: 'Green' },
		]);
		expect(writes(keap()).map(({ query }) => query.update_mask)).toEqual(['options', 'options', 'options']);
		expect(
			keap()
				.newCalls()
				.filter((call) => call === `GET ${V2}/companies/model`),
		).toHaveLength(1);
	});

	it('reads a field again after an update whose answer was lost', async () => {
		const options = [{ id: '1', label: 'Red' }];
		const { id } = model('companies').add({ label: 'Colour', field_type: 'RADIO', group_id: '1', options });
		keap().sandbox.fault({ method: 'PATCH' }, { kind: 'resetAfter' });
		const updateFields = { fieldOptions: { entries: [{ label: '={{ $json.label }}', id: '' }] } };
		const items = [{ label: 'Green' }, { label: 'Blue' }];
		const given = { recordType: 'company', fieldId: byId(id), updateFields };
		const output = await field('update', given, items, { onError: 'continueRegularOutput' });
		expect(errorsOf(output).map(Boolean)).toEqual([true, false]);
		expect((model('companies').get(id)?.options as IDataObject[]).map(({ label }) => label)).toEqual(['Red', 'Green', 'Blue']);
	});

	it('removes other options only where that is chosen', async () => {
		const options = [
			{ id: '1', label: 'Red' },
			{ id: '2', label: 'Blue' },
		];
		const { id } = model('orders').add({ label: 'Colour', field_type: 'RADIO', group_id: '1', options });
		const updateFields = { fieldOptions: { entries: [{ label: 'Blue', id: '' }] }, removeOtherOptions: true };
		await field('update', { recordType: 'order', fieldId: byId(id), updateFields });
		expect(model('orders').get(id)?.options).toEqual([{ id: '2', label: 'Blue' }]);
	});

	it('asks for the group where Keap has several and does not say which', async () => {
		const { id } = model('orders').add({ label: 'Gift', field_type: 'TEXT', group_id: '1' });
		keap().sandbox.state.collection(`${V2}/orders/model/customFields/groups`).add({ id: '1', name: 'One', tab_id: '1', order: 1 });
		keap().sandbox.state.collection(`${V2}/orders/model/customFields/groups`).add({ id: '2', name: 'Two', tab_id: '1', order: 2 });
		const update = { resource: 'customField', operation: 'update', recordType: 'order', fieldId: byId(id) };
		expect(await refusal({ ...update, updateFields: { label: 'Present' } })).toMatch(/^Group is needed/);
		expect(writes(keap())).toEqual([]);
		await field('update', { recordType: 'order', fieldId: byId(id), updateFields: { label: 'Present', groupId: byId(2) } });
		expect(model('orders').get(id)).toMatchObject({ label: 'Present', group_id: '2' });
	});

	it('deletes one, with its values', async () => {
		const { id } = model('companies').add({ label: 'Gone', field_type: 'TEXT', group_id: '1' });
		expect(await field('delete', { recordType: 'company', fieldId: byId(id) })).toEqual([{ deleted: true }]);
		expect(model('companies').has(id)).toBe(false);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['what Keap has no operation for', { operation: 'update', recordType: 'contact' }, /Record Type can't be "contact".*change it in Keap/],
		['appointments, where tasks are meant', { operation: 'delete', recordType: 'appointment' }, /can't be "appointment".*choose Task/],
		[
			'a type that no record has, with those that there are',
			{ operation: 'create', label: 'x', fieldType: '={{ "SIGNATURE" }}' },
			/^Field Type must be one of .*TEXT.*not "SIGNATURE"/,
		],
		['a choice without options', { operation: 'create', label: 'x', fieldType: 'RADIO' }, /^Options are needed/],
		[
			'an option twice',
			{ operation: 'create', label: 'x', fieldType: 'RADIO', fieldOptions: { entries: [{ label: 'a' }, { label: 'a' }] } },
			/^Options have "a" twice/,
		],
	])('refuses %s before a call', async (_what, parameters, message) => {
		const given = { resource: 'customField', recordType: 'contact', fieldId: byId(1), updateFields: { label: 'x' }, ...parameters };
		expect(await refusal(given)).toMatch(message);
		expect(keap().newCalls()).toEqual([]);
	});

	it('refuses options that the field does not have, and a field of another kind', async () => {
		const { id } = model('orders').add({ label: 'Gift', field_type: 'RADIO', group_id: '1', options: [{ id: '1', label: 'Red' }] });
		const update = { resource: 'customField', operation: 'update', recordType: 'order' };
		const unknown = { updateFields: { fieldOptions: { entries: [{ id: '77', label: 'Blue' }] } } };
		expect(await refusal({ ...update, ...unknown, fieldId: byId(id) })).toMatch(/^Options have no option with the ID 77/);
		expect(await refusal({ ...update, ...unknown, fieldId: byId(987) })).toMatch(/^Custom Field is not among those/);
		expect(writes(keap())).toEqual([]);
	});
});

describe('lists in the editor', () => {
	const { keap } = fixture();
	const names = async (method: string, parameters: INodeParameters, typed?: string) =>
		(await keap().engine.listSearch({ ...admin, parameters }, method, typed)).results.map(({ name }) => name);

	it.each([
		['searchCustomFields', 'company', ['Delivery day', 'Ovens']],
		['searchCustomFields', 'appointment', ['Room', 'Urgent']],
		['searchCustomFieldGroups', 'order', ['Custom Fields']],
		['searchCustomFieldTabs', 'affiliate', ['Custom Fields']],
		['searchCustomFieldTabs', '={{ $json.type }}', []],
	])('%s shows those of the record type %s', async (method, recordType, shown) => {
		expect(await names(method, { recordType })).toEqual(shown);
	});

	it('show countries, and the provinces of the one that is chosen', async () => {
		expect(await names('searchCountries', {}, 'united')).toEqual(['United States']);
		expect(await names('searchProvinces', { countryCode: byId('USA') })).toEqual(['Arizona', 'California', 'Texas']);
		expect(await names('searchProvinces', { countryCode: byId('') })).toEqual([]);
	});
});

describe('groups and tabs of custom fields', () => {
	const { keap, on } = fixture();
	const group = on('customFieldGroup');
	const tab = on('customFieldTab');
	const recordType = 'opportunity';

	it('are made, moved, found by their tab, and deleted', async () => {
		const [page] = await tab('create', { recordType, name: 'Sales' });
		const customFieldTabId = byId(String(page?.id));
		const [heading] = await group('create', { recordType, name: 'Forecast', additionalFields: { tabId: customFieldTabId } });
		const customFieldGroupId = byId(String(heading?.id));
		expect(await group('getAll', { recordType, filters: { tabId: customFieldTabId } })).toMatchObject([{ name: 'Forecast' }]);
		await group('update', { recordType, customFieldGroupId, updateFields: { name: 'Outlook', order: 3 } });
		expect(writes(keap()).at(-1)?.query.update_mask?.split(',').sort()).toEqual(['name', 'order']);
		expect(await group('get', { recordType, customFieldGroupId })).toMatchObject([{ name: 'Outlook', order: 3, tab_id: page?.id }]);
		await expect(tab('delete', { recordType, customFieldTabId })).rejects.toThrow(/has groups/);
		await group('delete', { recordType, customFieldGroupId });
		await tab('update', { recordType, customFieldTabId, updateFields: { name: 'Deals' } });
		expect(await tab('get', { recordType, customFieldTabId })).toMatchObject([{ name: 'Deals' }]);
		expect(await tab('delete', { recordType, customFieldTabId })).toEqual([{ deleted: true }]);
		expect((await tab('getAll', { recordType })).map(({ name }) => name)).toEqual(['Custom Fields']);
	});
});
