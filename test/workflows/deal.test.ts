import { byId, errorsOf, itemsOf, keapForEachTest, on, onlyBody, times, writes } from './helpers';

const deal = on('deal');
const note = on('dealNote');
const pipeline = on('pipeline');
const stage = on('pipelineStage');
const V2 = '/crm/rest/v2';
const [SALES, NEW, OFFER, DONE, CAKE] = ['0a1b2c3d-sales', '0a1b2c3d-new', '0a1b2c3d-offer', '0a1b2c3d-done', '4e5f6a7b-deal'];
const cake = {
	name: 'Cake',
	contactIds: '2,1',
	pipelineStageId: byId(NEW),
	ownerIds: ['9001', '9002'],
	amount: 99.5,
	currency: 'eur',
	status: 'OPEN',
};

describe('deal', () => {
	const keap = keapForEachTest();

	it('creates one as Keap wants it', async () => {
		const [made] = await keap().output(
			deal('create', {
				...cake,
				additionalFields: { estimatedCloseTime: '2026-01-31T12:00:00Z', customFieldsJson: '{"8c9d0e1f-size": 40}' },
			}),
		);
		expect(onlyBody(keap())).toEqual({
			name: 'Cake',
			contacts: [
				{ id: '2', primary_contact: true },
				{ id: '1', primary_contact: false },
			],
			stage: { id: NEW },
			owners: [{ id: '9001' }, { id: '9002' }],
			value: { amount: 99.5, currency: 'EUR' },
			status: 'OPEN',
			task_ids: [],
			estimated_close_time: '2026-01-31T12:00:00.000Z',
			custom_fields: { '8c9d0e1f-size': 40 },
		});
		expect(await keap().output(deal('get', { dealId: String(made?.id) }))).toMatchObject([
			{ name: 'Cake', contact_ids: ['2', '1'], stage_id: NEW },
		]);
		expect(await keap().output(deal('delete', { dealId: String(made?.id) }))).toEqual([{ deleted: true }]);
		await expect(keap().output(deal('get', { dealId: String(made?.id) }))).rejects.toThrow(/no deal with the ID/);
	});

	it('lists those of a contact and of a stage, and moves them', async () => {
		await keap().output(deal('create', { ...cake, additionalFields: { taskIds: '7' } }));
		const names = async (operation: string, parameters: Parameters<typeof deal>[1]) =>
			(await keap().output(deal(operation, { returnAll: true, ...parameters }))).map(({ name }) => name);
		expect(await names('getForContact', { contactId: byId(1) })).toEqual(['Wedding cake', 'Cake']);
		expect(await names('getForContact', { contactId: byId(2) })).toEqual(['Cake']);
		expect(await keap().output(deal('move', { contactIds: '1', fromStageId: byId(NEW), toStageId: byId(OFFER) }))).toMatchObject([
			{ moved_deal_ids: [CAKE, expect.any(String)] },
		]);
		expect(await names('getForStage', { pipelineStageId: byId(OFFER) })).toEqual(['Wedding cake', 'Cake']);
		expect(await names('getForStage', { pipelineStageId: byId(NEW) })).toEqual([]);
	});

	it('is simplified: flat, with the names of its stage, owners and custom fields, in the same form everywhere', async () => {
		const [made] = await keap().output(
			deal('create', { ...cake, additionalFields: { customFieldsJson: '{"8c9d0e1f-size": 40, "gone": 1}' } }),
		);
		expect(made).toEqual({
			id: expect.any(String),
			name: 'Cake',
			status: 'OPEN',
			amount: 99.5,
			currency: 'EUR',
			stage_id: NEW,
			stage_name: 'Sales: New',
			contact_ids: ['2', '1'],
			owner_ids: ['9001', '9002'],
			owner_names: [expect.stringMatching(/\w \w/), expect.stringMatching(/\w \w/)],
			task_ids: [],
			order_id: null,
			estimated_close_time: null,
			closed_time: null,
			stage_assignment_time: expect.any(String),
			custom_fields: { Size: 40, gone: 1 },
		});
		const calls = keap().newCalls();
		expect(calls).toEqual(expect.arrayContaining([`GET ${V2}/users`, `GET ${V2}/pipelines`, `GET ${V2}/customFields`]));
		expect(calls).toHaveLength(4);
		const one = { dealId: String(made?.id) };
		expect(await keap().output(deal('get', one))).toEqual([made]);
		expect(await keap().output(deal('getForStage', { pipelineStageId: byId(NEW), returnAll: true }))).toContainEqual(made);
		expect(await keap().output(deal('getForContact', { contactId: byId(2), returnAll: true }))).toContainEqual(made);
		expect(await keap().output(deal('get', { ...one, output: 'raw' }))).toMatchObject([{ value: { amount: 99.5, currency: 'EUR' } }]);
		keap().newCalls();
		expect(await keap().output(deal('get', { ...one, output: 'selectedFields', outputFields: ['name', 'amount'] }))).toEqual([
			{ id: made?.id, name: 'Cake', amount: 99.5 },
		]);
		expect(keap().newCalls()).toEqual([`GET ${V2}/deals/${String(made?.id)}`]);
	});

	it('is there where its names cannot be read', async () => {
		for (const path of ['users', 'pipelines', 'customFields'])
			keap().sandbox.fault({ method: 'GET', path: `${V2}/${path}`, times: Infinity }, { kind: 'status', status: 403 });
		expect(await keap().output(deal('get', { dealId: CAKE }))).toMatchObject([{ id: CAKE, stage_name: null, owner_names: [null] }]);
	});

	it('lets Keap read a date in words', async () => {
		expect(await keap().output(deal('interpretDate', { text: 'call tomorrow', options: { timeZone: 'America/Phoenix' } }))).toMatchObject([
			{ query: 'tomorrow', parse_start: 5 },
		]);
		expect(keap().sandbox.calls[0]?.query).toEqual({ query: 'call tomorrow', time_zone: 'America/Phoenix' });
	});

	it.each([
		[{ currency: 'Euro' }, /Currency is not a currency code: "Euro"/],
		[{ amount: -1 }, /Amount must be 0 or more/],
		[{ ownerIds: '={{ "" }}' }, /Owner Names or IDs is empty/],
		[{ pipelineStageId: '={{ "undefined" }}' }, /Stage is not the ID of a deal, note, pipeline or stage: "undefined"/],
		[{ additionalFields: { customFieldsJson: '[1]' } }, /Custom Fields \(JSON\) must be a JSON object/],
	])('refuses %j before a call is spent', async (parameters, error) => {
		await expect(keap().output(deal('create', { ...cake, ...parameters }))).rejects.toThrow(error);
		expect(keap().newCalls()).toEqual([]);
	});
});

describe('deal note', () => {
	const keap = keapForEachTest();

	it('creates, reads, changes, lists and deletes', async () => {
		const [made] = await keap().output(note('create', { dealId: CAKE, body: 'Three tiers', createdBy: '9001' }));
		const dealNoteId = String(made?.id);
		expect(await keap().output(note('update', { dealNoteId, body: 'Four tiers' }))).toMatchObject([{ body: 'Four tiers', deal_id: CAKE }]);
		expect(await keap().output(note('get', { dealNoteId }))).toMatchObject([{ body: 'Four tiers', created_by: '9001' }]);
		expect(await keap().output(note('getAll', { dealId: CAKE }))).toHaveLength(1);
		expect(await keap().output(note('delete', { dealNoteId }))).toEqual([{ deleted: true }]);
		expect(await keap().output(note('getAll', { dealId: CAKE }))).toEqual([]);
	});

	it('creates 1,001 with 2 calls, in item order', async () => {
		const output = await keap().output(
			note('createMany', { dealId: CAKE, body: '={{ $json.text }}', createdBy: 'import' }),
			itemsOf(1_001, (index) => ({ text: `Note ${index % 3}` })),
		);
		expect(keap().newCalls()).toEqual(times(2, `POST ${V2}/deals/-/notes`));
		expect(output.map(({ body }) => body)).toEqual(itemsOf(1_001, (index) => ({ text: `Note ${index % 3}` })).map(({ text }) => text));
		expect(new Set(output.map(({ id }) => id)).size).toBe(1_001);
	});

	it('fails the note of an unknown deal alone', async () => {
		const output = await keap().output(
			note('createMany', { dealId: '={{ $json.deal }}', body: 'Hi', createdBy: 'me' }),
			[{ deal: CAKE }, { deal: '12345' }],
			{ onError: 'continueRegularOutput' },
		);
		expect(errorsOf(output)).toEqual([undefined, 'Keap did not create it: deal 12345 does not exist']);
	});

	it('refuses a text that is too long before a call is spent', async () => {
		await expect(keap().output(note('create', { dealId: CAKE, body: 'x'.repeat(5_001), createdBy: 'me' }))).rejects.toThrow(
			/Text is longer than the 5000 characters/,
		);
		expect(keap().newCalls()).toEqual([]);
	});
});

describe('pipeline', () => {
	const keap = keapForEachTest();

	it('creates one with its stages, renames it and deletes it', async () => {
		const [made] = await keap().output(pipeline('create', { name: 'Catering', stages: 'Asked, Offered,\nBooked' }));
		const pipelineId = byId(String(made?.id));
		expect((await keap().output(pipeline('getStages', { pipelineId, returnAll: true }))).map(({ name }) => name)).toEqual([
			'Asked',
			'Offered',
			'Booked',
		]);
		await keap().output(pipeline('update', { pipelineId, name: 'Parties' }));
		expect(keap().sandbox.calls.at(-1)).toMatchObject({ body: { name: 'Parties' }, query: { update_mask: 'name' } });
		expect((await keap().output(pipeline('getAll', { returnAll: true }))).map(({ name }) => name)).toEqual(['Sales', 'Parties']);
		expect(await keap().output(pipeline('delete', { pipelineId }))).toEqual([{ deleted: true }]);
	});

	it('names where the deals of a deleted one go', async () => {
		const [made] = await keap().output(pipeline('create', { name: 'Other', stages: 'Start' }));
		const [{ id: start } = {}] = made?.stages as Array<{ id: string }>;
		await keap().output(pipeline('delete', { pipelineId: byId(SALES), options: { newStageId: byId(String(start)), allowCleanup: true } }));
		expect(keap().sandbox.calls.at(-1)?.query).toEqual({ new_stage_id: start, allow_cleanup: 'true' });
		expect(keap().sandbox.state.collection(`${V2}/deals`).get(CAKE)).toMatchObject({ stage_id: start });
	});

	it('counts and sums up', async () => {
		expect(await keap().output(pipeline('getDealCount', { pipelineId: byId(SALES) }))).toEqual([{ id: SALES, count: 1 }]);
		expect(await keap().output(stage('getDealCount', { pipelineStageId: byId(DONE) }))).toEqual([{ id: DONE, count: 0 }]);
		expect(await keap().output(pipeline('getSummaries', { returnAll: true }))).toMatchObject([
			{ pipeline_name: 'Sales', stat_total_deal_count: 1 },
		]);
		expect(await keap().output(pipeline('get', { pipelineId: byId(SALES) }))).toMatchObject([
			{ name: 'Sales', stages: [{ id: NEW }, {}, {}] },
		]);
	});

	it('sets outcome labels and the form', async () => {
		const pipelineId = byId(SALES);
		await keap().output(pipeline('updateOutcomes', { pipelineId, outcomeLabels: { entries: [{ value: 'WON', label: 'Signed' }] } }));
		expect(await keap().output(pipeline('getOutcomes', { pipelineId, returnAll: true }))).toEqual([{ value: 'WON', label: 'Signed' }]);
		await keap().output(pipeline('updateForm', { pipelineId, groups: '[{"title":"Party","properties":[]}]' }));
		expect(await keap().output(pipeline('getForm', { pipelineId }))).toEqual([{ groups: [{ id: '1', title: 'Party', properties: [] }] }]);
		await expect(keap().output(pipeline('updateForm', { pipelineId, groups: '{}' }))).rejects.toThrow(
			/Groups \(JSON\) must be a JSON list/,
		);
		await expect(keap().output(pipeline('updateForm', { pipelineId, groups: '[]' }))).rejects.toThrow(/Groups \(JSON\) is empty/);
	});

	it('changes one thing of a custom field and sends the rest as Keap has it', async () => {
		const [field] = await keap().output(pipeline('getCustomFields', { returnAll: true }));
		await keap().output(pipeline('updateCustomField', { customFieldId: byId('8c9d0e1f-size'), updateFields: { label: 'Guests' } }));
		expect(onlyBody(keap())).toEqual({
			label: 'Guests',
			description: 'How many guests',
			hint: '',
			helper_text: '',
			default_value: 10,
			validators: [],
			display_options: field?.display_options,
			options: field?.options,
			deleted: false,
		});
		await expect(
			keap().output(pipeline('updateCustomField', { customFieldId: byId('8c9d0e1f-none'), updateFields: { label: 'x' } })),
		).rejects.toThrow(/8c9d0e1f-none/);
		await expect(keap().output(pipeline('updateCustomField', { customFieldId: byId('8c9d0e1f-size') }))).rejects.toThrow(
			/No field to update is given/,
		);
	});

	it('offers pipelines and stages by name, with one call', async () => {
		const search = async (method: string, filter: string) =>
			(await keap().engine.listSearch({ parameters: pipeline('get') }, method, filter)).results;
		expect(await search('searchPipelines', 'sal')).toEqual([{ name: 'Sales', value: SALES }]);
		expect(await search('searchPipelineStages', 'offer')).toEqual([{ name: 'Sales: Offer sent', value: OFFER }]);
	});
});

describe('stage', () => {
	const keap = keapForEachTest();

	it('is created, listed, read, moved and deleted', async () => {
		const [made] = await keap().output(stage('create', { name: 'Paid', pipelineId: byId(SALES) }));
		const pipelineStageId = byId(String(made?.id));
		expect((await keap().output(stage('getAll', { returnAll: true }))).map(({ name }) => name)).toEqual([
			'New',
			'Offer sent',
			'Done',
			'Paid',
		]);
		expect(await keap().output(stage('get', { pipelineStageId }))).toMatchObject([{ name: 'Paid', pipeline_id: SALES }]);
		expect(await keap().output(stage('delete', { pipelineStageId }))).toEqual([{ deleted: true }]);
		await keap().output(stage('delete', { pipelineStageId: byId(NEW), options: { newStageId: byId(OFFER) } }));
		expect(keap().sandbox.state.collection(`${V2}/deals`).get(CAKE)).toMatchObject({ stage_id: OFFER });
	});

	it('is updated whole, with a mask of what was given', async () => {
		await keap().output(stage('update', { pipelineStageId: byId(NEW), updateFields: { name: 'Fresh' } }));
		expect(keap().newCalls()).toEqual([`GET ${V2}/stages/${NEW}`, `PATCH ${V2}/stages/${NEW}`]);
		expect(writes(keap())[0]).toMatchObject({
			body: { name: 'Fresh', pipeline_id: SALES, previous_stage_id: '', next_stage_id: '' },
			query: { update_mask: 'name' },
		});
		await keap().output(
			stage('update', {
				pipelineStageId: byId(NEW),
				updateFields: { name: 'F', pipelineId: byId(SALES), previousStageId: byId(OFFER), nextStageId: byId(DONE) },
			}),
		);
		expect(keap().newCalls()).toEqual([`PATCH ${V2}/stages/${NEW}`]);
	});
});
