import type { INodeParameters } from 'n8n-workflow';

import { byId, errorsOf, itemsOf, keapForEachTest, on, times } from './helpers';

const NODE = { type: 'n8n-nodes-keap.keapMarketing' };
const automation = on('automation');
const campaign = on('campaign');
const V2 = '/crm/rest/v2';
const SEQUENCE = `${V2}/campaigns/41/sequences/71`;

describe('sequences', () => {
	const keap = keapForEachTest();
	const run = async (parameters: INodeParameters, items = [{}], onError = false) =>
		await keap().output(parameters, items, { ...NODE, ...(onError && { onError: 'continueRegularOutput' as const }) });
	const members = (path: string) => [...keap().sandbox.state.collection(`${path}/contacts`).keys()];

	it.each([
		['campaign', campaign('addContacts', { campaignId: byId(41), sequenceId: byId(71), contactIds: '={{ $json.id }}' }), SEQUENCE],
		[
			'automation',
			automation('addContacts', { automationId: byId(301), sequenceId: '61', contactIds: '={{ $json.id }}' }),
			`${V2}/automations/301/sequences/61`,
		],
	])('adds 1,001 contacts to one of a %s with 2 calls', async (_what, parameters, path) => {
		const ids = keap().sandbox.state.addContacts(1_001);
		const output = await run(
			parameters,
			ids.map((id) => ({ id })),
		);
		expect(keap().newCalls()).toEqual(times(2, `POST ${path}:addContacts`));
		expect(members(path)).toEqual(ids);
		expect(output[7]).toMatchObject({ contact_ids: [ids[7]], sequence_id: path.split('/').at(-1), success: true });
	});

	it('takes contacts out again, and fails an unknown one alone', async () => {
		await run(campaign('addContacts', { campaignId: byId(41), sequenceId: byId(71), contactIds: '1, 2, 3' }));
		const output = await run(
			campaign('removeContacts', { campaignId: byId(41), sequenceId: byId(71), contactIds: '={{ $json.id }}' }),
			[{ id: 1 }, { id: 987654 }, { id: 3 }],
			true,
		);
		expect(keap().newCalls()).toEqual([`POST ${SEQUENCE}:addContacts`, `POST ${SEQUENCE}:removeContacts`]);
		expect(errorsOf(output)).toEqual([undefined, expect.stringContaining('contact 987654: CONTACT_DOES_NOT_EXIST'), undefined]);
		expect(members(SEQUENCE)).toEqual(['2']);
	});

	it('does not take a contact that is in the sequence already for a failure', async () => {
		const add = campaign('addContacts', { campaignId: byId(41), sequenceId: byId(71), contactIds: '1' });
		await run(add);
		expect(await run(add)).toMatchObject([{ success: true }]);
	});

	it('looks a refused call up instead of trying each contact', async () => {
		const output = await run(
			campaign('addContacts', { campaignId: byId(41), sequenceId: byId(9), contactIds: '={{ $json.id }}' }),
			itemsOf(20, (index) => ({ id: index + 1 })),
			true,
		);
		expect(keap().newCalls()).toEqual([`POST ${V2}/campaigns/41/sequences/9:addContacts`, `GET ${V2}/campaigns/41`, `GET ${V2}/contacts`]);
		expect(errorsOf(output)).toEqual(times(20, 'Keap has no sequence with the ID 9'));
	});

	it('offers the sequences of the chosen campaign, and none before one is chosen', async () => {
		const search = async (parameters: INodeParameters, filter?: string) =>
			(await keap().engine.listSearch({ ...NODE, parameters }, 'searchSequences', filter)).results;
		expect(await search({ campaignId: byId(41) })).toEqual([
			{ name: 'Invitation', value: '71' },
			{ name: 'Thanks', value: '72' },
		]);
		expect(await search({ campaignId: byId(41) }, 'tha')).toEqual([{ name: 'Thanks', value: '72' }]);
		expect(await search({})).toEqual([]);
		expect(keap().newCalls()).toEqual([`GET ${V2}/campaigns/41/sequences`]);
	});
});

describe('campaign', () => {
	const keap = keapForEachTest();
	const run = async (operation: string, parameters: INodeParameters = {}) =>
		await keap().output(campaign(operation, parameters), [{}], NODE);

	it('lists, and reads one with its goals and sequences', async () => {
		expect((await run('getAll', { returnAll: true, options: { orderBy: 'name desc' } })).map(({ name }) => name)).toEqual([
			'Newsletter',
			'Bread course',
		]);
		expect((await run('getAll', { filters: { name: 'Newsletter' } })).map(({ id }) => id)).toEqual(['42']);
		expect(await run('get', { campaignId: byId(41) })).toMatchObject([{ id: '41', name: 'Bread course' }]);
		expect(await run('getGoals', { campaignId: byId(41) })).toMatchObject([{ id: '81', name: 'Signed up' }]);
		expect(await run('getSequences', { campaignId: byId(41) })).toEqual(
			[71, 72].map((id) => ({
				id: String(id),
				name: expect.any(String) as string,
				active_contact_count: 0,
				active_contact_count_completed: 0,
				historical_contact_count: null,
			})),
		);
		expect(await run('getSequences', { campaignId: byId(41), output: 'raw' })).toMatchObject([{ paths: [{ id: '1' }] }, {}]);
	});
});

describe('automation', () => {
	const keap = keapForEachTest();
	const run = async (operation: string, parameters: INodeParameters = {}) =>
		await keap().output(automation(operation, parameters), [{}], NODE);
	const ACHIEVE = `POST ${V2}/automations/goals/achieve`;

	it('is simplified, with the same keys in a list and alone; raw as Keap gives it', async () => {
		const [got] = await run('get', { automationId: byId(301) });
		expect(Object.keys(got ?? {})).toEqual([
			...['id', 'title', 'status', 'active_contacts', 'categories', 'published_date', 'published_by', 'published_timezone'],
			...['error_message', 'locked', 'locked_by_user_id', 'locked_by_user_name'],
		]);
		expect(got).toMatchObject({ id: '301', title: expect.any(String), locked_by_user_id: null });
		expect(await run('getAll', { returnAll: true })).toContainEqual(got);
		keap()
			.sandbox.state.collection(`${V2}/automations`)
			.add({ id: '399', title: 'Locked', current_edit_lock_status: { locked: true, user_id: '9001', user_name: 'maria' } });
		expect(await run('get', { automationId: byId(399) })).toMatchObject([
			{ locked_by_user_id: '9001', locked_by_user_name: 'maria', status: null },
		]);
		expect(await run('get', { automationId: byId(399), output: 'raw' })).toMatchObject([{ current_edit_lock_status: { user_id: '9001' } }]);
		expect(await run('get', { automationId: byId(301), output: 'selectedFields', outputFields: ['title'] })).toEqual([
			{ id: '301', title: got?.title },
		]);
	});

	it('lists all in pages of 25, as Keap gives them', async () => {
		expect(await run('getAll', { returnAll: true })).toHaveLength(29);
		expect(keap().sandbox.calls.map(({ query }) => query.page_size)).toEqual(['25', '25']);
		expect(await run('getIds', { returnAll: false, limit: 2 })).toEqual([{ value: '301' }, { value: '302' }]);
	});

	it.each([
		[{ categoryIds: '5,6' }, 'categories==5,6', ['301']],
		[{ name: 'Spring*' }, 'name==Spring*', ['302']],
		[{ status: 'draft' }, 'status==draft', ['302']],
	])('filters by %j', async (filters, filter, ids) => {
		expect((await run('getAll', { filters, options: { orderBy: 'name asc' } })).map(({ id }) => id)).toEqual(ids);
		expect(keap().sandbox.calls.at(-1)?.query).toMatchObject({ filter, order_by: 'name asc' });
	});

	it('achieves a goal by its names or its ID, with numbers where Keap wants them', async () => {
		expect(await run('achieveGoalByName', { integration: 'bakeryShop', callName: 'bought', contactId: byId(1) })).toMatchObject([
			{ results: [{ success: true, goal_id: 11 }] },
		]);
		expect(await run('achieveGoalById', { automationId: byId(301), goalId: '11', contactId: byId(2) })).toMatchObject([
			{ results: [{ success: true }] },
		]);
		expect(keap().newCalls()).toEqual([ACHIEVE, ACHIEVE]);
		expect(keap().sandbox.calls.map(({ body }) => body)).toEqual([
			{ integration: 'bakeryShop', call_name: 'bought', contact_id: 1 },
			{ automation_id: 301, goal_id: 11, contact_id: 2 },
		]);
	});

	it('does not take a goal that was not achieved for success', async () => {
		await expect(run('achieveGoalByName', { integration: 'bakeryShop', callName: 'asked', contactId: byId(1) })).rejects.toThrow(
			/Keap did not achieve the goal: The automation is not published.*Check that the automation is published/,
		);
	});

	it.each([
		['achieveGoalByName', { integration: '={{ "" }}', callName: 'x', contactId: byId(1) }, /Integration Name is empty/],
		['achieveGoalById', { automationId: byId(301), goalId: 'first', contactId: byId(1) }, /Goal ID is not a Keap ID: "first"/],
		['addContacts', { automationId: byId(301), sequenceId: '={{ "" }}', contactIds: '1' }, /Sequence ID is empty/],
		['delete', { automationIds: '={{ "" }}' }, /Automation IDs is empty/],
		['delete', { automationIds: '={{ [301, 0] }}' }, /Automation IDs must not contain 0/],
		['unpublishMany', { automationIds: '00' }, /Automation IDs must not contain 0/],
	])('refuses %s with %j before a call is spent', async (operation, parameters, error) => {
		await expect(run(operation, parameters)).rejects.toThrow(error);
		expect(keap().newCalls()).toEqual([]);
	});

	it('renames, unpublishes, puts into categories and deletes', async () => {
		const { state } = keap().sandbox;
		const stored = (id: string) => state.collection(`${V2}/automations`).get(id);
		await run('rename', { automationId: byId(302), name: 'Summer offer' });
		await run('unpublish', { automationId: byId(301), additionalFields: { unpublishedFormMessage: 'Closed' } });
		expect(keap().sandbox.calls.at(-1)).toMatchObject({ method: 'PUT', body: { unpublished_form_message: 'Closed' } });
		await run('assignCategories', { automationIds: '302', categoryIds: '5,6', applyCategory: true });
		expect(stored('302')).toMatchObject({ title: 'Summer offer', categories: ['5', '6'] });
		expect(stored('301')).toMatchObject({ status: 'DRAFT' });
		await run('unpublishMany', { automationIds: '303, 304' });
		expect(onlyStatuses([stored('303'), stored('304')])).toEqual(['DRAFT', 'DRAFT']);
		expect(await run('delete', { automationIds: '303,304' })).toEqual([{ deleted: true }]);
		expect(stored('303')).toBeUndefined();
	});

	it('offers automations by name', async () => {
		const { results } = await keap().engine.listSearch(NODE, 'searchAutomations', 'Follow up');
		expect(results).toEqual([{ name: 'Follow up', value: '301' }]);
	});
});

describe('automation category', () => {
	const keap = keapForEachTest();
	const category = on('automationCategory');
	const run = async (operation: string, parameters: INodeParameters = {}) =>
		await keap().output(category(operation, parameters), [{}], NODE);
	const PATH = `${V2}/automationCategory`;

	it('lists, creates, renames and deletes; the automations stay', async () => {
		expect(await run('getAll')).toEqual([
			{ id: '5', name: 'Sales', automation_count: 1 },
			{ id: '6', name: 'Events', automation_count: 0 },
		]);
		const [created] = await run('create', { name: 'Fairs' });
		expect(created).toMatchObject({ name: 'Fairs', automation_count: 0 });
		expect(await run('rename', { categoryId: byId(5), name: 'Shop' })).toEqual([{ id: '5', name: 'Shop', automation_count: 1 }]);
		expect(await run('delete', { categoryIds: ['5', String(created?.id)] })).toEqual([{ deleted: true }]);
		expect(await run('getAll')).toEqual([{ id: '6', name: 'Events', automation_count: 0 }]);
		expect(keap().sandbox.state.collection(`${V2}/automations`).get('301')).toMatchObject({ categories: [] });
		expect(keap().newCalls()).toEqual([`GET ${PATH}`, `POST ${PATH}`, `PATCH ${PATH}/5`, `DELETE ${PATH}`, `GET ${PATH}`]);
	});

	it.each([
		['create', { name: '={{ "" }}' }, /Name is empty/],
		['rename', { categoryId: byId(5), name: 'x'.repeat(101) }, /Name is longer than the 100 characters/],
		['delete', { categoryIds: '={{ [] }}' }, /Category Names or IDs is empty/],
		['delete', { categoryIds: '={{ "5,null" }}' }, /Category Names or IDs is not a Keap ID: "null"/],
	])('refuses %s with %j before a call is spent', async (operation, parameters, error) => {
		await expect(run(operation, parameters)).rejects.toThrow(error);
		expect(keap().newCalls()).toEqual([]);
	});

	it('is picked from lists that cost one call', async () => {
		const { results } = await keap().engine.listSearch(NODE, 'searchAutomationCategories', 'sal');
		expect(results).toEqual([{ name: 'Sales', value: '5' }]);
		expect(await keap().engine.loadOptions(NODE, 'getAutomationCategories')).toEqual([
			{ name: 'Events', value: '6' },
			{ name: 'Sales', value: '5' },
		]);
		expect(keap().newCalls()).toEqual([`GET ${PATH}`]);
	});
});

const onlyStatuses = (records: ReadonlyArray<Record<string, unknown> | undefined>): unknown[] => records.map((record) => record?.status);
