import { bench } from './support';

const keap = bench();

const KINDS = [
	['affiliates', 'REFERRAL_PARTNER'],
	['companies', 'COMPANY'],
	['contacts', 'CONTACT'],
	['notes', 'TASK_NOTE_APPOINTMENT'],
	['opportunities', 'OPPORTUNITY'],
	['orders', 'ORDER'],
	['subscriptions', 'SUBSCRIPTION'],
	['tasks', 'TASK_NOTE_APPOINTMENT'],
] as const;

type Field = { id: string; label: string; options: Array<{ id: string; label: string }> };
const field = async (
	kind: string,
	body: object = { label: 'Colour', field_type: 'DROPDOWN', options: [{ label: 'Red' }, { label: 'Blue' }] },
) => {
	const made = await keap.ok('POST', `/${kind}/model/customFields`, body);
	return (kind === 'tasks' ? made.custom_field : made) as Field;
};

describe.each(KINDS)('custom fields of %s', (kind, record) => {
	const path = `/${kind}/model/customFields`;
	const labels = async () => ((await keap.ok('GET', `/${kind}/model`)).custom_fields as Field[]).map(({ label }) => label);

	test('are made, changed where Keap can, and deleted', async () => {
		const made = await field(kind);
		expect(made).toMatchObject({
			label: 'Colour',
			record_type: record,
			group_id: '1',
			group_name: 'Custom Fields',
			options: [{ id: '1' }, { id: '2' }],
		});
		expect(await labels()).toContain('Colour');
		const change = { label: 'Paint', group_id: '1', options: [{ id: '2', label: 'Navy' }, { label: 'Green' }] };
		const reply = await keap.send('PATCH', `${path}/${made.id}`, change, { query: 'update_mask=label,options' });
		if (kind === 'contacts') expect(reply.status).toBe(405);
		else
			expect(reply.body).toMatchObject({
				label: 'Paint',
				options: [
					{ id: '2', label: 'Navy' },
					{ id: '3', label: 'Green' },
				],
			});
		if (kind !== 'contacts')
			expect(await keap.refusal('PATCH', `${path}/${made.id}`, { label: 'X' }, 'update_mask=label')).toContain('group_id is required');
		await keap.ok('DELETE', `${path}/${made.id}`);
		expect(await labels()).not.toContain('Colour');
		expect(await keap.refusal('DELETE', `${path}/${made.id}`)).toMatch(/^404/);
	});

	test('stand in groups, and these in tabs, which are not deleted while something is in them', async () => {
		const tab = await keap.ok('POST', `${path}/tabs`, { name: 'Baking' });
		const group = await keap.ok('POST', `${path}/groups`, { name: 'Ovens', tab_id: tab.id });
		expect(tab).toMatchObject({ name: 'Baking', record_type: record });
		expect(await keap.ok('POST', `${path}/groups`, { name: 'Elsewhere' })).toMatchObject({ tab_id: '1' });
		expect(await keap.ok('GET', `${path}/groups`, undefined, 200, `tab_id=${String(tab.id)}`)).toMatchObject({
			groups: [{ name: 'Ovens' }],
		});
		expect(await keap.ok('GET', `${path}/tabs`)).toMatchObject({ tabs: [{ name: 'Custom Fields' }, { name: 'Baking' }] });
		const made = await field(kind, { label: 'Heat', field_type: 'WHOLE_NUMBER', group_id: group.id });
		expect(await keap.refusal('DELETE', `${path}/groups/${String(group.id)}`)).toMatch(/^409/);
		expect(await keap.refusal('DELETE', `${path}/tabs/${String(tab.id)}`)).toMatch(/^409/);
		await keap.ok('DELETE', `${path}/${made.id}`);
		await keap.ok('DELETE', `${path}/groups/${String(group.id)}`);
		await keap.ok('DELETE', `${path}/tabs/${String(tab.id)}`);
		expect(await keap.refusal('GET', `${path}/tabs/${String(tab.id)}`)).toMatch(/^404/);
	});

	test('are changed by a mask, which has to be there', async () => {
		expect(await keap.refusal('PATCH', `${path}/tabs/1`, { name: 'X' })).toContain('update_mask is required');
		expect(await keap.ok('PATCH', `${path}/tabs/1`, { name: 'Mine' }, 200, 'update_mask=name')).toMatchObject({
			id: '1',
			name: 'Mine',
			order: 1,
		});
		expect(await keap.ok('PATCH', `${path}/groups/1`, { order: 3 }, 200, 'update_mask=order')).toMatchObject({ id: '1', order: 3 });
		expect(await keap.refusal('PATCH', `${path}/groups/1`, { tab_id: '99' }, 'update_mask=tab_id')).toContain('99 does not exist');
	});

	test.each([
		[{ label: ' ', field_type: 'TEXT' }, 'label'],
		[{ label: 'X' }, 'field_type is required'],
		[{ label: 'X', field_type: 'Text' }, 'field_type must be one of'],
		[{ label: 'X', field_type: 'RADIO' }, 'options are required'],
		[{ label: 'X', field_type: 'TEXT', group_id: '99' }, 'group_id: 99 does not exist'],
	])('are refused: %j', async (body, says) => expect(await keap.refusal('POST', path, body)).toContain(says));
});

test('tasks, notes and appointments have one set', async () => {
	const made = await keap.ok('POST', '/crm/rest/v1/appointments/model/customFields', {
		label: 'Seat',
		field_type: 'ListBox',
		options: [{ label: 'Window' }],
	});
	expect(made).toMatchObject({ id: expect.any(Number) as number, label: 'Seat' });
	for (const path of ['/tasks/model', '/notes/model'])
		expect((await keap.ok('GET', path)).custom_fields).toContainEqual(expect.objectContaining({ label: 'Seat', field_type: 'LIST_BOX' }));
	await keap.ok('DELETE', `/tasks/model/customFields/${String(made.id)}`);
	const { custom_fields: left } = await keap.ok('GET', '/crm/rest/v1/appointments/model');
	expect((left as Field[]).map(({ label }) => label)).not.toContain('Seat');
});

test('the values of a field go with it', async () => {
	const { id } = await field('contacts', { label: 'Shoe size', field_type: 'WHOLE_NUMBER' });
	await keap.ok('PATCH', '/contacts/2', { custom_fields: [{ id, content: 42 }] }, 200, 'update_mask=custom_fields');
	await keap.ok('DELETE', `/contacts/model/customFields/${id}`);
	expect(await keap.ok('GET', '/contacts/2', undefined, 200, 'fields=custom_fields')).toMatchObject({ custom_fields: [] });
});

describe('a report', () => {
	type Page = { results: Array<{ columns: Array<{ field_name: string; value: string }> }>; page_token?: string };
	const run = async (id: string, query = '') =>
		(await keap.ok('POST', `/reporting/reports/${id}:run`, undefined, 200, query)) as unknown as Page;
	const ids = ({ results }: Page) => results.map(({ columns }) => columns[0]?.value);

	test('has columns, and says who sees it', async () => {
		expect(await keap.ok('GET', '/reporting/reports')).toMatchObject({ reports: [{ id: '1', name: 'Newsletter readers' }, { id: '2' }] });
		expect(await keap.ok('GET', '/reporting/reports/1')).toMatchObject({ id: '1', user_ids: ['ALL_USERS'] });
		expect(await keap.ok('GET', '/reporting/reports/1/model')).toEqual({
			fields: [
				{ name: 'id', label: 'Id' },
				{ name: 'first_name', label: 'First Name' },
				{ name: 'email', label: 'Email' },
			],
		});
	});

	test('is run page by page, with a token of one name both ways', async () => {
		const first = await run('1', 'page_size=2');
		expect(ids(first)).toEqual(['Id 1.1', 'Id 2.1']);
		const second = await run('1', `page_size=2&page_token=${String(first.page_token)}`);
		expect(ids(second)).toEqual(['Id 3.1']);
		expect(second).not.toHaveProperty('page_token');
	});

	test('gives the columns that are asked for, in the order that is asked for', async () => {
		expect((await run('1', 'fields=email,id&page_size=1')).results[0]?.columns.map(({ field_name: name }) => name)).toEqual([
			'id',
			'email',
		]);
		expect(ids(await run('1', 'order_by=id%20desc'))).toEqual(['Id 3.1', 'Id 2.1', 'Id 1.1']);
		expect(await keap.refusal('POST', '/reporting/reports/1:run', undefined, 'fields=phone')).toContain('no column phone');
		expect(await keap.refusal('POST', '/reporting/reports/1:run', undefined, 'order_by=id')).toContain('asc or desc');
	});

	test('may have two columns of one name', async () => {
		expect((await run('2')).results[0]?.columns.map(({ field_name: name }) => name)).toEqual(['order_id', 'total', 'total']);
	});
});

describe('the account', () => {
	test('shows the settings that are asked for', async () => {
		const path = '/settings/applications:getConfiguration';
		expect(Object.keys(await keap.ok('GET', path))).toEqual(['application']);
		const asked = await keap.ok('GET', path, undefined, 200, 'fields=ECOMMERCE,CONTACT');
		expect(asked).toMatchObject({ ecommerce: { currency: 'USD' }, contact: { title_types: expect.any(String) as string } });
		expect(await keap.refusal('GET', path, undefined, 'fields=ecommerce')).toMatch(/^400/);
		expect(await keap.ok('GET', '/settings/contactOptionTypes')).toHaveProperty('option_types');
		expect(await keap.ok('GET', '/crm/rest/v1/locales/defaultOptions')).toHaveProperty('phone_types');
	});

	test('has an address that is written whole', async () => {
		const address = {
			line1: '1 Main Street',
			line2: '',
			locality: 'Phoenix',
			region: 'Arizona',
			country_code: 'USA',
			postal_code: '85001',
		};
		expect(await keap.ok('PATCH', '/businessProfile', { address }, 200, 'update_mask=address')).toMatchObject({
			address,
			currency_code: 'USD',
		});
		expect(await keap.refusal('PATCH', '/businessProfile', { address: { line1: 'x' } }, 'update_mask=address')).toContain('is required');
	});

	test.each(['US', 'usa', 'United States'])('knows the country %s', async (code) => {
		const path = `/locales/countries/${encodeURIComponent(code)}`;
		expect(await keap.ok('GET', path)).toEqual({ codes: { alpha2: 'US', alpha3: 'USA' }, name: 'United States' });
		expect((await keap.ok('GET', `${path}/provinces`)).provinces).toContainEqual({ code: 'US-AZ', name: 'Arizona', country: 'USA' });
		expect(await keap.ok('GET', `${path}/provinces/US-TX`)).toMatchObject({ name: 'Texas' });
		expect(await keap.refusal('GET', `${path}/provinces/US-XX`)).toMatch(/^404/);
	});
});

test('an opt-in option of WordPress is reached, or not, with the same status', async () => {
	const path = '/integrations/wordpress/options';
	expect(await keap.ok('GET', path)).toMatchObject({ wordpress_opt_in_options: [{ key: 'newsletter', name: 'Newsletter' }] });
	await keap.ok('POST', path, { key: 'course7', name: 'Course' });
	expect(await keap.refusal('POST', path, { key: 'course7', name: 'Course' })).toMatch(/^409/);
	expect(await keap.refusal('POST', path, { key: 'a-b', name: 'Course' })).toMatch(/^400/);
	expect(await keap.ok('POST', `${path}/course7:achieve`, { contact_id: '1' }, 202)).toEqual({ successful: true });
	keap.sandbox.state.commerce.goalsAchieved = false;
	expect(await keap.ok('POST', `${path}/course7:achieve`, { contact_id: '1' }, 202)).toEqual({ successful: false });
	expect(await keap.refusal('POST', `${path}/course7:achieve`, { contact_id: '999' })).toContain('999 does not exist');
	await keap.ok('DELETE', `${path}/course7`);
	expect(await keap.refusal('DELETE', `${path}/course7`)).toMatch(/^404/);
});
