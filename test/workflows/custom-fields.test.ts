import type { INodeParameters } from 'n8n-workflow';

import { byId, keapForEachTest, on } from './helpers';

/** Each kind of record with custom fields: its mapper, what the account's model has, and a record to read them of. */
const KINDS = [
	{
		resource: 'company',
		mapper: 'mapCompanyCustomFields',
		labels: ['Delivery day', 'Ovens'],
		path: 'companies',
		record: { company_name: 'x' },
		values: [{ id: '32', content: 4 }],
		shown: { Ovens: 4 },
		both: [
			{ id: '31', content: 'Monday' },
			{ id: '32', content: 4 },
		],
	},
	{
		resource: 'note',
		mapper: 'mapNoteCustomFields',
		labels: ['Room', 'Urgent'],
		path: 'notes',
		record: { contact_id: '1', title: 'x' },
		values: [{ id: '41', content: 'Hall' }],
		shown: { Room: 'Hall' },
		both: [
			{ id: '41', content: 'Hall' },
			{ id: '42', content: true },
		],
	},
	{
		resource: 'opportunity',
		mapper: 'mapOpportunityCustomFields',
		labels: ['Budget', 'Competitor'],
		path: 'opportunities',
		record: { opportunity_title: 'x', contact_id: '1', stage_id: '91' },
		values: [{ id: '52', content: 'Mill' }],
		shown: { Competitor: 'Mill' },
		both: [
			{ id: '51', content: 12.5 },
			{ id: '52', content: 'Mill' },
		],
	},
	{
		resource: 'task',
		mapper: 'mapTaskCustomFields',
		labels: ['Room', 'Urgent'],
		path: 'tasks',
		record: { title: 'x', assigned_to_user_id: '9001' },
		values: [{ id: '42', content: false }],
		shown: { Urgent: false },
		both: [
			{ id: '41', content: 'Hall' },
			{ id: '42', content: true },
		],
	},
];

describe.each(KINDS)('custom fields of $resource', ({ resource, mapper, labels, path, record, values, shown, both }) => {
	const keap = keapForEachTest();
	const add = (custom: unknown) =>
		keap()
			.sandbox.state.collection(`/crm/rest/v2/${path}`)
			.add({ ...record, custom_fields: custom }).id;

	it('are offered by label', async () => {
		const { fields } = await keap().engine.resourceMapperFields({ parameters: { resource } }, mapper);
		expect(fields.map(({ displayName }) => displayName)).toEqual(labels);
	});

	it('are read by label in lists, and raw where that is chosen', async () => {
		const id = add(values);
		const find = async (simplified: boolean) =>
			(await keap().output(on(resource)('getAll', { returnAll: true, output: simplified ? 'simplified' : 'raw' }))).find(
				(one) => one.id === id,
			)?.custom_fields;
		expect(await find(true)).toEqual(shown);
		expect(await find(false)).toEqual(values);
	});

	it('can be emptied one by one, by label or ID, and leaves the others alone', async () => {
		const about = resource === 'note' ? { contactId: byId(1), userId: byId(9001) } : {};
		const [first, second] = both;
		const clear = async (customFieldsToClear: string, more: INodeParameters = {}) => {
			const id = add(both);
			await keap().output(
				on(resource)('update', { ...about, [`${resource}Id`]: byId(id), updateFields: { customFieldsToClear }, ...more }),
			);
			return keap().sandbox.state.collection(`/crm/rest/v2/${path}`).get(id)?.custom_fields;
		};
		expect(await clear(String(labels[0]).toUpperCase())).toEqual([second]);
		expect(await clear(String(second?.id))).toEqual([first]);
		expect(await clear(labels.join(', '))).toEqual([]);
		const setToo = {
			setCustomFields: true,
			customFields: { mappingMode: 'defineBelow', value: { [String(first?.id)]: first?.content ?? '' } },
		};
		expect(await clear(labels.join(', '), setToo)).toEqual([first]);
		await expect(clear('Nothing like it')).rejects.toThrow(/Custom Fields has no field "Nothing like it"/);
	});

	it('can be emptied as a whole', async () => {
		const id = add(values);
		const about = resource === 'note' ? { contactId: byId(1), userId: byId(9001) } : {};
		await keap().output(
			on(resource)('update', { ...about, [`${resource}Id`]: byId(id), updateFields: { fieldsToClear: ['custom_fields'] } }),
		);
		expect(keap().sandbox.state.collection(`/crm/rest/v2/${path}`).get(id)).not.toHaveProperty('custom_fields');
	});
});
