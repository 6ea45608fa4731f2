import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type KeapRecord, type Sandbox } from '../sandbox';
import type { RunResult, WorkflowJson } from '../support/engine';
import { NO_LIMITS, type Keap } from '../support/keap';
import { errorText, keapForEachTest, stored, times } from './helpers';

// Of n8n's Form Trigger, which draws its page with it; jest can't load this ES module. No page is drawn here.
jest.mock('sanitize-html', () => jest.fn());

const FOLDER = join(__dirname, '../../examples');
const V2 = '/crm/rest/v2';

const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowJson;
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

/** How an example is run, and what must be so afterwards. */
interface Case {
	/** What its trigger gives; nothing for triggers that give nothing. */
	readonly items?: IDataObject[];
	/** Records that it works on. */
	readonly prepare?: (keap: Keap) => void | Promise<void>;
	/** What a user picks first, as the note says: by node, the ID for each parameter that is a list. */
	readonly pick?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
	/** What a user changes besides. */
	readonly edit?: (example: WorkflowJson) => void;
	readonly check: (keap: Keap, result: RunResult) => void;
	/** What a second run sends, for an example that says it may be run again. */
	readonly again?: readonly string[];
}

const only = ({ sandbox }: Keap, path: string): KeapRecord => {
	const [record, ...more] = sandbox.state.collection(path).rows;
	if (record === undefined || more.length > 0)
		throw new Error(`One record was expected in ${path}, there are ${more.length + (record === undefined ? 0 : 1)}`);
	return record;
};

const tagged = ({ sandbox }: Keap, tag: string): string[] => [...sandbox.state.contactTags.recordsOf(tag).keys()];

const LEAD = {
	'First name': 'Ida',
	'Last name': 'Vogel',
	Email: 'ida@vogel.example',
	Phone: '+1 480 555 0177',
	Question: 'Do you bake for weddings?',
	submittedAt: '2026-01-05T10:00:00.000Z',
	formMode: 'production',
};

/** What a shop sends when an order is paid. */
const SHOP_ORDER = {
	body: {
		number: '1001',
		paid_at: '2026-01-05T10:00:00.000Z',
		customer: { email: 'ida@vogel.example', first_name: 'Ida', last_name: 'Vogel', phone: '+1 480 555 0177' },
		items: [
			{ sku: 'RYE-1', name: 'Rye bread', quantity: 2, price: 4.25 },
			{ sku: 'JAM-1', name: 'Jar of jam', quantity: 1, price: 10 },
		],
		shipping: { name: 'By post', price: 4.99, street: '1 Main Street', city: 'Mesa', postal_code: '85201', country: 'US' },
	},
};

/** Of the example that works with two accounts: the second one. */
let newAccount: Sandbox | undefined;
afterEach(async () => {
	await newAccount?.close();
	newAccount = undefined;
});

/** The rows of a sheet of an Excel file, read by the library with which n8n writes it. */
function rowsOfSheet(file: Buffer, sheet: string): unknown[] {
	const xlsx = createRequire(require.resolve('n8n-nodes-base/package.json'))('@e965/xlsx') as {
		read: (data: Buffer) => { Sheets: Record<string, unknown> };
		utils: { sheet_to_json: (sheet: unknown) => unknown[] };
	};
	return xlsx.utils.sheet_to_json(xlsx.read(file).Sheets[sheet]);
}

/** Contact 1 with some fields changed. */
function changeContact({ state }: Keap['sandbox'], fields: IDataObject): void {
	const contact = state.contacts.get('1');
	if (contact === undefined) throw new Error('The sandbox has no contact 1');
	state.contacts.set('1', { ...contact, ...fields } as KeapRecord);
}

/** Puts the chat that stands in for the user's into an example. */
function withChat(example: WorkflowJson): void {
	const settings = nodeOf(example, 'Settings');
	const parameters = JSON.stringify(settings.parameters).replace('https://chat.example.com', chat.url);
	settings.parameters = JSON.parse(parameters) as typeof settings.parameters;
}

/** A new example needs a line here. */
const CASES: Readonly<Record<string, Case>> = {
	'attach-invoice.json': {
		check: (keap, result) => {
			expect(result.items('Attach to Contact')).toMatchObject([{ file_name: 'invoice-1001.pdf' }]);
			expect(only(keap, `${V2}/files`)).toMatchObject({
				file_name: 'invoice-1001.pdf',
				contact_id: '1',
				data: expect.stringMatching(/^%PDF-1\.4\n[^]*%%EOF\n$/) as unknown,
			});
			expect(keap.newCalls()).toEqual([`GET ${V2}/contacts`, `POST ${V2}/files`]);
		},
	},
	'csv-to-companies.json': {
		check: (keap, result) => {
			const names = result.items('Create Companies').map(({ company_name: name }) => name);
			expect(names).toEqual(['Brot & Butter GmbH', 'Le Pain du Coin', 'Leeds Mill Ltd', 'Desert Rose Catering']);
			const mill = keap.sandbox.state.companies.rows.find(({ company_name: name }) => name === 'Leeds Mill Ltd');
			expect(mill).toMatchObject({
				email_address: { email: 'hello@leedsmill.example' },
				phone_number: { number: '+44 113 555 0103' },
				address: { line1: '22 Canal Road', locality: 'Leeds', postal_code: 'LS1 4AP', country_code: 'GBR' },
				custom_fields: [{ content: 'Thursday' }, { content: 6 }],
			});
			expect(keap.newCalls()).toEqual([`GET ${V2}/companies`, `GET ${V2}/companies/model`, ...times(4, `POST ${V2}/companies`)]);
		},
		again: [`GET ${V2}/companies`],
	},
	'email-template-to-tag.json': {
		pick: { 'Contacts With the Tag': { tagId: '501' }, 'Send the Template': { templateId: '121', userId: '9001' } },
		check: (keap, result) => {
			const people = tagged(keap, '501');
			expect(people).toHaveLength(6);
			expect(result.items('Send the Template')).toHaveLength(6);
			expect(keap.newCalls()).toEqual([`GET ${V2}/tags/501/contacts`, `POST ${V2}/emails/templates:send`]);
			expect(keap.sandbox.calls.at(-1)?.body).toEqual({ contact_ids: people, template_id: '121', user_id: '9001' });
		},
	},
	'import-contacts.json': {
		pick: { 'Tag Them': { tagIds: ['501'] } },
		check: (keap, result) => {
			expect(result.items('Tag Them')).toHaveLength(150);
			expect(tagged(keap, '501')).toEqual(expect.arrayContaining(result.items('Create or Update Contacts').map(({ id }) => id)));
			const calls = keap.newCalls();
			expect(calls.filter((call) => call === `POST ${V2}/contacts`)).toHaveLength(150);
			// The custom fields, the addresses that the account has, and what came since, once for 100 rows.
			expect(calls.filter((call) => call.startsWith('GET'))).toHaveLength(7);
			expect(calls.at(-1)).toBe(`POST ${V2}/tags/501/contacts:applyTags`);
		},
	},
	'lead-form-to-contact.json': {
		pick: { 'Create or Update Contact': { tagIds: ['503'] }, 'Task for Tomorrow': { assignedToUserId: '9001' } },
		items: [LEAD],
		check: (keap, result) => {
			const [contact] = result.items('Create or Update Contact');
			const id = String(contact?.id);
			expect(stored(keap, id)).toMatchObject({
				given_name: 'Ida',
				family_name: 'Vogel',
				email_addresses: [{ email: LEAD.Email }],
				phone_numbers: [{ number: LEAD.Phone }],
				source_type: 'WEBFORM',
			});
			expect(tagged(keap, '503')).toEqual([id]);
			const task = only(keap, `${V2}/tasks`);
			expect(task).toMatchObject({ title: 'Call Ida Vogel', contact_id: id, assigned_to_user_id: '9001', description: LEAD.Question });
			const hours = (Date.parse(String(task.due_time)) - Date.now()) / 3_600_000;
			expect(hours).toBeGreaterThan(22);
			expect(hours).toBeLessThan(26);
			expect(keap.newCalls()).toEqual([
				`GET ${V2}/contacts`,
				`POST ${V2}/contacts`,
				`POST ${V2}/tags/503/contacts:applyTags`,
				// The name of the tag, for the contact as it comes out of the node.
				`GET ${V2}/tags`,
				`POST ${V2}/tasks`,
				// The same for the user of the task.
				`GET ${V2}/users`,
			]);
		},
	},
	'new-contact-to-webhook.json': {
		items: [
			{
				event_key: 'contact.add',
				id: 1,
				record: { given_name: 'Ada', family_name: 'Adams', email: 'ada@adams.example' },
			},
		],
		edit: withChat,
		check: () => expect(chat.messages.splice(0)).toEqual(['{"text":"New contact in Keap: Ada Adams ada@adams.example"}']),
	},
	'opportunities-to-rows.json': {
		prepare: ({ sandbox }) => {
			const [stage] = sandbox.state.collection(`${V2}/opportunities/stages`).keys();
			for (let number = 1; number <= 30; number++) {
				sandbox.state.collection(`${V2}/opportunities`).add({
					opportunity_title: `Cake ${number}`,
					contact_id: '1',
					stage_id: stage,
					user_id: '9001',
					projected_revenue_low: number,
					projected_revenue_high: 2 * number,
					estimated_close_time: '2026-03-01T12:00:00.000Z',
					create_time: '2026-01-01T00:00:00.000Z',
					update_time: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString(),
				});
			}
		},
		check: (keap, result) => {
			const rows = result.items('Rows');
			expect(rows).toHaveLength(30);
			expect(rows[0]).toEqual({
				ID: expect.stringMatching(/^\d+$/),
				Title: 'Cake 30',
				Stage: 'New',
				Contact: 'Ada Adams',
				Email: 'ada@adams.example',
				User: 'Olivia Baker',
				'Revenue Low': 30,
				'Revenue High': 60,
				'Close Date': '2026-03-01',
			});
			const file = result.itemsWithPairing('JSON File')[0]?.binary?.data;
			expect(file).toMatchObject({ fileName: 'opportunities.json', mimeType: 'application/json' });
			expect(JSON.parse(Buffer.from(file?.data ?? '', 'base64').toString())).toEqual(rows);
			expect(keap.newCalls()).toEqual([`GET ${V2}/opportunities`]);
		},
	},
	'report-to-spreadsheet.json': {
		check: (keap, result) => {
			const rows = result.items('Rows');
			expect(rows).toEqual(
				[1, 2].map((row) => ({ order_id: `Order Id ${row}.1`, total: `Total ${row}.2`, 'total (2)': `Total ${row}.3` })),
			);
			const file = result.itemsWithPairing('Spreadsheet')[0]?.binary?.data;
			expect(file?.fileName).toBe('Orders of the week.xlsx');
			expect(rowsOfSheet(Buffer.from(file?.data ?? '', 'base64'), 'Report')).toEqual(rows);
			expect(keap.newCalls()).toEqual([`GET ${V2}/reporting/reports`, `POST ${V2}/reporting/reports/2:run`]);
		},
	},
	'copy-custom-fields.json': {
		prepare: async ({ engine }) => {
			newAccount = await startSandbox({ keys: { 'key-of-the-new-account': 'full' } });
			const models = newAccount.state.collection(`${V2}/contacts/model/customFields`);
			for (const id of [...models.keys()].slice(2)) models.delete(id);
			engine.setCredential('cred2', 'keapApi', { ...NO_LIMITS, apiKey: 'key-of-the-new-account', baseUrl: newAccount.url });
		},
		edit: ({ nodes }) => {
			for (const node of nodes)
				if (/New Account$/.test(node.name) && node.credentials) node.credentials = { keapApi: { id: 'cred2', name: 'New account' } };
		},
		check: (keap) => {
			const models = ({ state }: Sandbox) =>
				state.collection(`${V2}/contacts/model/customFields`).rows.map(({ label, field_type, options }) => ({
					label,
					field_type,
					options: ((options ?? []) as IDataObject[]).map((option) => option.label),
				}));
			const wanted = models(keap.sandbox);
			expect(wanted.length).toBeGreaterThan(3);
			expect(newAccount === undefined ? [] : models(newAccount)).toEqual(wanted);
			expect(keap.newCalls()).toEqual([`GET ${V2}/contacts/model`]);
		},
		again: [`GET ${V2}/contacts/model`],
	},
	'failed-payments-to-tasks.json': {
		prepare: ({ sandbox }) => {
			const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
			const failed = { contact_id: '1', order_id: '7', amount: 1_399, status: 'FAILED', is_successful: false, error_details: 'DECLINED' };
			for (const more of [
				{ transaction_time: hoursAgo(5) },
				{ transaction_time: hoursAgo(3) },
				{ transaction_time: hoursAgo(30), contact_id: '3' },
				{ transaction_time: hoursAgo(2), contact_id: '4', status: 'PENDING' },
				{ transaction_time: hoursAgo(2), contact_id: '5', status: 'APPROVED', is_successful: true },
			])
				sandbox.state.collection(`${V2}/sales/transactions`).add({ transaction_method: 'CAPTURE', ...failed, ...more });
		},
		check: (keap) => {
			expect(only(keap, `${V2}/tasks`)).toMatchObject({
				title: 'Payment failed: Ada Adams, 13.99',
				contact_id: '1',
				assigned_to_user_id: '9001',
				description: 'The payment was not charged: DECLINED. Order 7.',
			});
			expect(keap.newCalls()).toEqual([`GET ${V2}/users`, `GET ${V2}/sales/transactions`, `POST ${V2}/tasks`, `GET ${V2}/users`]);
		},
	},
	'shop-order-to-keap.json': {
		items: [SHOP_ORDER],
		check: (keap, result) => {
			const [contact] = result.items('Create or Update Contact');
			const order = only(keap, `${V2}/orders`);
			expect(order).toMatchObject({ contact_id: contact?.id, order_title: 'Shop order 1001', order_type: 'ONLINE' });
			expect(result.items('Create Order')).toMatchObject([
				{
					total: 23.49,
					order_items: [
						{ product_sku: 'RYE-1', quantity: 2, price_per_unit: 4.25 },
						{ item_type: 'OTHER', name: 'Jar of jam', price_per_unit: 10 },
						{ item_type: 'SHIPPING', name: 'By post', price_per_unit: 4.99 },
					],
				},
			]);
			expect(only(keap, `${V2}/sales/payments`)).toMatchObject({ order_id: order.id, amount: 2_349, type: 'Credit Card (Manual)' });
			expect(tagged(keap, '504')).toEqual([contact?.id]);
			expect(keap.newCalls().filter((call) => call.startsWith('POST'))).toEqual([
				`POST ${V2}/contacts`,
				`POST ${V2}/orders`,
				`POST ${V2}/orders/${order.id}/payments`,
				`POST ${V2}/tags/504/contacts:applyTags`,
			]);
		},
		again: [`GET ${V2}/contacts`, `PATCH ${V2}/contacts/26`, `GET ${V2}/tags`, `GET ${V2}/orders`],
	},
	'paid-order-to-packing.json': {
		pick: { 'Tag the Buyer': { tagIds: ['504'] } },
		items: [
			{
				...{ id: '7', title: 'Bread', contact_id: '1', contact_name: 'Ada Adams' },
				order_items: [
					{ item_type: 'PRODUCT', name: 'Rye bread', quantity: 2 },
					{ item_type: 'OTHER', name: 'Jar of jam', quantity: 1 },
					{ item_type: 'SHIPPING', name: 'By post', quantity: 1 },
				],
				shipping_address: { line1: '1 Main Street', line2: null, locality: 'Mesa', region: 'AZ', zip_code: '85201', country_code: 'USA' },
			},
			{ id: '8', title: 'Cake', contact_id: '2', contact_name: null, order_items: [], shipping_address: null },
		],
		edit: withChat,
		check: (keap) => {
			expect(chat.messages.splice(0)).toEqual([
				'{"text":"Order 7 of Ada Adams is paid: 2 x Rye bread, 1 x Jar of jam to 1 Main Street, Mesa, AZ, 85201, USA"}',
				'{"text":"Order 8 of a contact is paid: Cake"}',
			]);
			expect(tagged(keap, '504')).toEqual(expect.arrayContaining(['1', '2']));
			expect(keap.newCalls()).toEqual([`POST ${V2}/tags/504/contacts:applyTags`]);
		},
	},
	'subscription-ended-removes-tags.json': {
		items: [
			{ id: '1', contact_id: '1', old_status: 'active', new_status: 'inactive' },
			{ id: '2', contact_id: '2', old_status: 'active', new_status: 'inactive' },
			{ id: '4', contact_id: '3', old_status: 'inactive', new_status: 'active' },
		],
		prepare: ({ sandbox }) => {
			// Whoever has another one that goes on stays a subscriber.
			sandbox.state.collection(`${V2}/subscriptions`).add({ contact_id: '2', active: true });
			for (const [id, name] of [
				['901', 'Subscriber'],
				['902', 'Subscriber: bread club'],
			] as const) {
				sandbox.state.tags.set(id, { id, name });
				for (const contact of ['1', '2', '3']) sandbox.state.contactTags.apply(id, contact, new Date().toISOString());
			}
		},
		check: (keap) => {
			expect([tagged(keap, '901'), tagged(keap, '902')]).toEqual([
				['2', '3'],
				['2', '3'],
			]);
			expect(keap.newCalls()).toEqual([`GET ${V2}/subscriptions`, `GET ${V2}/tags`, 'DELETE /crm/rest/v1/contacts/1/tags']);
		},
	},
	'keap-post-to-goal.json': {
		items: [{ body: { contactId: '1' } }],
		prepare: ({ sandbox }) => {
			changeContact(sandbox, { phone_numbers: [{ number: '00 1 (480) 555-0100', field: 'PHONE1' }] });
		},
		check: (keap, result) => {
			expect(stored(keap, '1')).toMatchObject({ phone_numbers: [{ number: '+14805550100' }] });
			expect(result.items('Achieve the Goal')).toHaveLength(1);
			expect(keap.newCalls().filter((call) => !call.startsWith('GET'))).toEqual([
				`PATCH ${V2}/contacts/1`,
				`POST ${V2}/automations/goals/achieve`,
			]);
		},
	},
	'round-robin-owners.json': {
		items: ['1', '2', '3'].map((id) => ({ id, owner_id: id === '2' ? '9003' : null })),
		check: (keap, result) => {
			const written = result.items('Give the Owner').map(({ id, owner_id: owner }) => [id, owner]);
			expect(written.map(([id]) => id)).toEqual(['1', '3']);
			expect(new Set(written.map(([, owner]) => owner))).toEqual(new Set(['9002']));
			expect(keap.newCalls().filter((call) => call.startsWith('P'))).toEqual([`PATCH ${V2}/contacts/1`, `PATCH ${V2}/contacts/3`]);
		},
	},
	'tidy-contacts.json': {
		prepare: ({ sandbox }) => {
			const now = new Date().toISOString();
			const add = (given: string, family: string, number: string): void =>
				void sandbox.state.contacts.add({
					given_name: given,
					family_name: family,
					phone_numbers: [{ number, field: 'PHONE1' }],
					email_addresses: [{ email: `${family}@x.example`, field: 'EMAIL1' }],
					create_time: now,
					update_time: now,
				});
			add(' ada ', "O'BRIEN-LEE", '(480) 555-0100');
			add('Grace', 'de Hopper', '+14805550101');
		},
		check: (keap, result) => {
			expect(result.items('Write')).toMatchObject([{ given_name: 'Ada', family_name: "O'Brien-Lee", phone: '4805550100' }]);
			expect(keap.newCalls().filter((call) => call.startsWith('PATCH'))).toHaveLength(1);
		},
	},
	'find-doubles.json': {
		prepare: addDouble,
		check: (keap, result) => {
			expect(result.items('Pairs')).toMatchObject([
				{ keep_id: '1', double_id: expect.any(String) as unknown, same: 'email ada@adams.example' },
			]);
			expect(keap.newCalls().every((call) => call.startsWith('GET'))).toBe(true);
		},
	},
	'birthday-list.json': {
		prepare: ({ sandbox }) => {
			const today = new Date().toLocaleDateString('en-CA', { timeZone: 'America/New_York' });
			changeContact(sandbox, { birth_date: `1980${today.slice(4)}` });
		},
		edit: withChat,
		check: () => expect(chat.messages.splice(0)).toEqual(['{"text":"Birthdays today: Ada Adams"}']),
	},
	'weekly-numbers.json': {
		prepare: ({ sandbox }) => {
			const at = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
			for (const days of [1, 3, 30])
				sandbox.state.collection(`${V2}/sales/payments`).add({ contact_id: '1', order_id: '7', amount: 1_050, payment_time: at(days) });
		},
		edit: withChat,
		check: () => expect(chat.messages.splice(0)).toEqual(['{"text":"Last week: 0 orders, 21.00 paid in 2 payments by 1 customers"}']),
	},
	'two-accounts-in-step.json': {
		items: [
			{ id: '90', given_name: 'Ada', family_name: 'Adams', email: 'ada@adams.example', phone: '+1 999' },
			{ id: '91', given_name: 'New', family_name: 'Person', email: 'new@person.example', phone: null },
			{ id: '92', given_name: 'No', family_name: 'Address', email: null, phone: '5' },
		],
		check: (keap, result) => {
			expect(result.items('Create or Update There')).toMatchObject([{ id: '1', phone: '+1 999' }, { email: 'new@person.example' }]);
			expect(keap.newCalls().filter((call) => call.startsWith('P'))).toEqual([`PATCH ${V2}/contacts/1`, `POST ${V2}/contacts`]);
		},
	},
	'quota-warning.json': {
		edit: (example) => {
			withChat(example);
			// The sandbox of these tests has calls in plenty: here a day counts as used up with more than all of them.
			const filter = nodeOf(example, 'Nearly Used Up');
			filter.parameters = JSON.parse(JSON.stringify(filter.parameters).replace('0.2 * ', '2 * ')) as typeof filter.parameters;
		},
		check: () => expect(chat.messages.splice(0)).toEqual([expect.stringMatching(/^\{"text":"Keap: \d+ of \d+ calls are left today"\}$/)]),
	},
	'tag-applied-creates-task.json': {
		pick: { 'Create Task': { assignedToUserId: '9001' } },
		items: [{ event_key: 'contactGroup.applied', tag_id: '501', contact_id: '1', record: { given_name: 'Ada', family_name: 'Adams' } }],
		check: (keap) => {
			const task = only(keap, `${V2}/tasks`);
			expect(task).toMatchObject({ title: 'Call Ada Adams', contact_id: '1', assigned_to_user_id: '9001' });
			expect(Date.parse(String(task.due_time))).toBeGreaterThan(Date.now());
			expect(keap.newCalls()).toEqual([`POST ${V2}/tasks`, `GET ${V2}/users`]);
		},
	},
};

const nodeOf = ({ nodes }: WorkflowJson, name: string) => {
	const found = nodes.find((node) => node.name === name);
	if (found === undefined) throw new Error(`The example has no node ${name}`);
	return found;
};

/** Fills in what the example leaves to be picked. @throws Error for a parameter that the example has filled in already */
function pickIn(example: WorkflowJson, pick: NonNullable<Case['pick']>): void {
	for (const [name, ids] of Object.entries(pick)) {
		const { parameters } = nodeOf(example, name);
		for (const [parameter, id] of Object.entries(ids)) {
			expect(parameters[parameter]).toEqual(Array.isArray(id) ? [] : { __rl: true, mode: 'list', value: '' });
			parameters[parameter] = Array.isArray(id) ? id : { __rl: true, mode: 'list', value: id };
		}
	}
}

/** Values in the parameters of a node that can only be IDs of one account. */
function idsIn(value: unknown, name = ''): string[] {
	if (Array.isArray(value)) return value.flatMap((one) => idsIn(one, name));
	if (typeof value === 'object' && value !== null) {
		const locator = '__rl' in value && 'value' in value;
		return locator ? idsIn(value.value, `${name}Id`) : Object.entries(value).flatMap(([key, one]) => idsIn(one, key));
	}
	return /Ids?$|^tags$/.test(name) && /^\d+$/.test(String(value)) ? [`${name}: ${String(value)}`] : [];
}

function addDouble({ sandbox }: Keap): void {
	sandbox.state.contacts.add({
		given_name: 'Ada',
		family_name: 'Adams',
		email_addresses: [{ email: 'ADA@adams.example', field: 'EMAIL1' }],
	});
}

/** Examples whose trigger needs more than a start, and the test beside this one that runs each. */
const ELSEWHERE: Readonly<Record<string, string>> = {
	'nightly-order-report.json': 'polling-example.test.ts',
};

/** Stands in for the chat that an example writes to. */
const chat = { url: '', messages: [] as string[] };
const chatServer = createServer((request, response) => {
	void text(request).then((message) => {
		chat.messages.push(message);
		response.end('ok');
	});
});
beforeAll(async () => {
	chatServer.listen(0, '127.0.0.1');
	await once(chatServer, 'listening');
	chat.url = `http://127.0.0.1:${(chatServer.address() as AddressInfo).port}`;
});
afterAll(() => {
	chatServer.close();
	chatServer.closeAllConnections();
});

describe('the examples', () => {
	it('are all run, here or in the test that is named for them', () => {
		expect([...Object.keys(CASES), ...Object.keys(ELSEWHERE)].sort()).toEqual([...files].sort());
		const unnamed = Object.entries(ELSEWHERE).filter(
			([file, test]) => !readFileSync(join(__dirname, test), 'utf8').includes(`examples/${file}`),
		);
		expect(unnamed).toEqual([]);
	});

	it.each(files)('%s can be imported as it is', (file) => {
		const { name, nodes, connections, ...rest } = read(file);
		expect(name).toMatch(/Keap/);
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes).not.toEqual([]);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		expect(new Set(nodes.map(({ position }) => position.join())).size).toBe(nodes.length);
		const names = nodes.map(({ name: node }) => node);
		expect(names).toEqual(expect.arrayContaining(Object.keys(connections)));
		const ours = nodes.filter(({ type }) => type.startsWith('n8n-nodes-keap.'));
		expect(ours.map(({ credentials }) => credentials)).toEqual(ours.map(() => ({ keapApi: { id: 'cred1', name: 'Keap account' } })));
		expect({ pinData: {}, ...rest }).toEqual({ settings: expect.objectContaining({ executionOrder: 'v1' }) as unknown, pinData: {} });
	});

	it.each(files)('%s carries no ID of an account', (file) => {
		const { nodes } = read(file);
		const ours = nodes.filter(({ type }) => type.startsWith('n8n-nodes-keap.'));
		expect(ours.flatMap(({ name, parameters }) => idsIn(parameters).map((id) => `${name}: ${id}`))).toEqual([]);
		const settings = nodes.filter(({ name }) => name === 'Settings').map(({ parameters }) => JSON.stringify(parameters));
		expect(settings.filter((assignments) => /"name":"\w*Id"/.test(assignments))).toEqual([]);
	});

	it.each(files)('%s: no note covers a node', (file) => {
		const { nodes } = read(file);
		const isNote = ({ type }: { type: string }) => type === 'n8n-nodes-base.stickyNote';
		const NODE = 96;
		const covered = nodes
			.filter(isNote)
			.flatMap(({ position: [left, top], parameters }) =>
				nodes.filter(
					(node) =>
						!isNote(node) &&
						node.position[0] + NODE > left &&
						node.position[0] < left + Number(parameters.width) &&
						node.position[1] + NODE > top &&
						node.position[1] < top + Number(parameters.height),
				),
			);
		expect(covered.map(({ name }) => name)).toEqual([]);
	});
});

describe('an example in the engine', () => {
	const keap = keapForEachTest({ withBaseNodes: true });

	const REQUIRED = Object.entries(CASES).filter(([, { pick = {} }]) =>
		Object.values(pick).some((ids) => Object.values(ids).some((id) => typeof id === 'string')),
	);
	it.each(REQUIRED)('%s does not run before what it leaves open is picked', async (file, { items }) => {
		const run = async () => await keap().engine.run(read(file), items === undefined ? {} : { items });
		await expect(run()).rejects.toThrow(/is required/);
		expect(keap().newCalls()).toEqual([]);
	});

	it.each(Object.entries(CASES))('%s does what its note says', async (file, { items, prepare, pick = {}, edit, check, again }) => {
		const example = read(file);
		pickIn(example, pick);
		edit?.(example);
		await prepare?.(keap());
		const run = async (): Promise<RunResult> => {
			const result = await keap().engine.run(example, items === undefined ? {} : { items });
			expect(errorText(result)).toBe('');
			expect(result.status).toBe('success');
			return result;
		};
		check(keap(), await run());
		if (again === undefined) return;
		await run();
		expect(keap().newCalls()).toEqual(again);
	});
});
