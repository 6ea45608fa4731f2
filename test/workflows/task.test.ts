import type { INodeParameters } from 'n8n-workflow';

import { byId, itemsOf, keapForEachTest, on, onlyBody, times, writes } from './helpers';

const task = on('task');
const PATH = '/crm/rest/v2/tasks';
const custom = (value: INodeParameters): INodeParameters => ({
	setCustomFields: true,
	customFields: { mappingMode: 'defineBelow', value },
});

describe('task', () => {
	const keap = keapForEachTest();
	const store = () => keap().sandbox.state.collection(PATH);
	const add = (title: string, more = {}) => store().add({ title, assigned_to_user_id: '9001', completed: false, ...more }).id;

	it("is created for a user, with everything in Keap's form", async () => {
		const [made] = await keap().output(
			task('create', {
				title: 'Call back',
				assignedToUserId: byId(9002),
				contactId: byId(1),
				...custom({ Urgent: true }),
				additionalFields: { dueTime: '2026-03-01T09:00:00+01:00', priority: 'CRITICAL', remindTimeMins: '1440', type: 'Call' },
			}),
		);
		expect(onlyBody(keap())).toEqual({
			title: 'Call back',
			assigned_to_user_id: '9002',
			contact_id: '1',
			due_time: '2026-03-01T08:00:00.000Z',
			priority: 'CRITICAL',
			remind_time_mins: 1440,
			type: 'Call',
			custom_fields: [{ id: '42', content: true }],
		});
		expect(made).toMatchObject({ id: '5001', completed: false, custom_fields: { Urgent: true } });
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no title', { title: '={{ $json.missing }}', assignedToUserId: byId(9001) }, /Title is empty/],
		['no user', { title: 'x', assignedToUserId: byId('={{ $json.missing }}') }, /Assigned To is empty/],
		[
			'a reminder that Keap does not know',
			{ title: 'x', assignedToUserId: byId(9001), additionalFields: { remindTimeMins: '7' } },
			/Reminder must be one of/,
		],
		[
			'a due time that is none',
			{ title: 'x', assignedToUserId: byId(9001), additionalFields: { dueTime: '2026-02-30' } },
			/Due Time is not a day of the calendar/,
		],
	])('refuses %s before a call is spent', async (_what, parameters, message) => {
		await expect(keap().output(task('create', parameters))).rejects.toThrow(message);
		expect(keap().newCalls()).toEqual([]);
	});

	it('is completed, now or at a given time, and nothing else of it changes', async () => {
		const id = add('Bake', { due_time: '2026-03-01T08:00:00.000Z' });
		const [done] = await keap().output(task('complete', { taskId: byId(id) }));
		expect(writes(keap())[0]).toMatchObject({ body: { completed: true }, query: { update_mask: 'completed' } });
		expect(done).toMatchObject({
			id,
			completed: true,
			title: 'Bake',
			due_time: '2026-03-01T08:00:00.000Z',
			completion_time: expect.any(String) as string,
		});
		await keap().output(task('complete', { taskId: byId(id), options: { completionTime: '2026-02-01T00:00:00Z' } }));
		expect(store().get(id)).toMatchObject({ completed: true, completion_time: '2026-02-01T00:00:00.000Z' });
	});

	it('is read 100 in a call, custom fields by label', async () => {
		const ids = itemsOf(150, (index) => ({ id: add(`T${index}`, { custom_fields: [{ id: '41', content: 'Hall' }] }) }));
		const output = await keap().output(task('get', { taskId: byId('={{ $json.id }}'), output: 'simplified' }), ids);
		expect(
			keap()
				.newCalls()
				.filter((call) => call === `GET ${PATH}`),
		).toEqual(times(2, `GET ${PATH}`));
		expect(output.map(({ id }) => id)).toEqual(ids.map(({ id }) => id));
		expect(output[0]).toMatchObject({ title: 'T0', custom_fields: { Room: 'Hall' } });
	});

	it.each<[string, INodeParameters, string[]]>([
		['by user', { assignedToUserId: byId(9002) }, ['Marc']],
		['of nobody', { unassigned: true }, ['Nobody']],
		['of anybody, when the switch is off', { unassigned: false }, ['Done', 'Due', 'Marc', 'Nobody']],
		['that are done', { completed: true }, ['Done']],
		['that are open', { completed: false }, ['Due', 'Marc', 'Nobody']],
		['with a due time', { hasDueDate: true }, ['Due']],
		['of a contact', { contactId: byId(3) }, ['Marc']],
		['by priority', { priority: 'ESSENTIAL' }, ['Due']],
		['by title', { title: 'D*' }, ['Done', 'Due']],
	])('is listed %s', async (_what, filters, titles) => {
		add('Done', { completed: true });
		add('Due', { due_time: '2026-03-01T08:00:00.000Z', priority: 'ESSENTIAL' });
		add('Marc', { assigned_to_user_id: '9002', contact_id: '3' });
		add('Nobody', { assigned_to_user_id: undefined });
		expect(
			(await keap().output(task('getAll', { returnAll: true, output: 'simplified', filters, options: { orderBy: 'id asc' } }))).map(
				({ title }) => title,
			),
		).toEqual(titles);
	});

	it('refuses a user together with nobody', async () => {
		await expect(keap().output(task('getAll', { filters: { unassigned: true, assignedToUserId: byId(9001) } }))).rejects.toThrow(
			/Unassigned Only is set together with Assigned To/,
		);
		expect(keap().newCalls()).toEqual([]);
	});

	it('is updated in what is given only, and deleted', async () => {
		const id = add('Old', { description: 'x', priority: 'CRITICAL', custom_fields: [{ id: '41', content: '1' }] });
		await keap().output(
			task('update', { taskId: byId(id), ...custom({ Urgent: false }), updateFields: { title: 'New', fieldsToClear: ['priority'] } }),
		);
		expect(writes(keap())[0]?.query.update_mask?.split(',').sort()).toEqual(['custom_fields', 'priority', 'title']);
		expect(store().get(id)).toMatchObject({
			title: 'New',
			description: 'x',
			custom_fields: [
				{ id: '41', content: '1' },
				{ id: '42', content: false },
			],
		});
		expect(store().get(id)).not.toHaveProperty('priority');
		expect(await keap().output(task('delete', { taskId: byId(id) }))).toEqual([{ deleted: true }]);
		expect(store().has(id)).toBe(false);
	});

	it('is found in the list by its title', async () => {
		add('Follow up', { due_time: '2026-03-01T08:00:00.000Z' });
		add('Bake');
		expect((await keap().engine.listSearch({}, 'searchTasks', 'fol')).results).toEqual([{ name: 'Follow up (2026-03-01)', value: '5001' }]);
	});
});
