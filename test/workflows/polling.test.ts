import type { IDataObject, INodeParameters, IWorkflowSettings } from 'n8n-workflow';

import type { WorkflowJson } from '../support/engine';
import { KEAP_CREDENTIAL, workflow } from '../support/engine';
import { byId, itemsOf, keapForEachTest } from './helpers';

const V2 = '/crm/rest/v2';
const MINUTE = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();

const trigger = (parameters: INodeParameters, settings?: IWorkflowSettings): WorkflowJson => ({
	...workflow([{ name: 'Watch', type: 'n8n-nodes-keap.keapPollingTrigger', parameters, credentials: KEAP_CREDENTIAL }]),
	...(settings && { settings }),
});

describe('Keap Polling Trigger', () => {
	const keap = keapForEachTest();
	const store = (kind: string) => keap().sandbox.state.collection(kind.startsWith('/') ? kind : `${V2}/${kind}`);

	/** An active workflow: each poll finds what the one before has left, as JSON. */
	function activate(parameters: INodeParameters) {
		const json = trigger(parameters);
		return async (mode?: 'manual') => {
			const polled = keap().engine.poll(json, mode);
			const keep = ({ staticData }: { staticData: IDataObject }) => {
				json.staticData = staticData;
			};
			// n8n's memory keeps what a failed poll has noted, too.
			await polled.then(keep, keep);
			return (await polled).items;
		};
	}
	const idsOf = (items: IDataObject[] | null) => items?.map(({ id }) => String(id)) ?? null;
	const add = (kind: string, fields: IDataObject, time = ago(0)) => store(kind).add({ create_time: time, update_time: time, ...fields }).id;
	const change = (kind: string, id: string, fields: IDataObject) => {
		const before = store(kind).get(id);
		if (!before) throw new Error(`No ${kind} ${id}`);
		store(kind).set(id, { ...before, ...fields });
	};
	const [old, now] = [ago(60), () => ago(0)];
	const person = { contact_id: '1' };
	const opportunity = { ...person, stage_id: '91', opportunity_title: 'Cake', created_time: old, last_updated_time: old };

	it.each<[event: string, kind: string, fields: IDataObject]>([
		['appointmentCreated', '/crm/rest/v1/appointments', { title: 'Tasting', start_date: old, end_date: old }],
		['companyCreated', 'companies', { company_name: 'New' }],
		['contactCreated', 'contacts', { given_name: 'New' }],
		['noteCreated', 'notes', { ...person, title: 'New' }],
		['orderCreated', 'orders', { title: 'New' }],
		['subscriptionCreated', 'subscriptions', person],
		['taskCreated', 'tasks', { title: 'New' }],
		['affiliateCreated', 'affiliates', { name: 'New', code: 'new', status: 'ACTIVE' }],
		['paymentReceived', 'sales/payments', { amount: 2_550, order_id: '1', contact_id: '1', payment_time: old }],
		['referralCreated', 'referrals', { contact_id: '1', referral_partner_id: '1' }],
		['transaction', 'sales/transactions', { amount: 2_550, order_id: '1', contact_id: '1', transaction_time: now() }],
	])('%s: what is there already is not new, what comes is delivered once', async (event, kind, fields) => {
		add(kind, fields, old);
		const poll = activate({ event });
		expect(await poll()).toBeNull();
		const first = add(kind, fields);
		const second = add(kind, fields);
		expect(idsOf(await poll())).toEqual([first, second]);
		expect(await poll()).toBeNull();
		change(kind, first, { update_time: now() });
		expect(await poll()).toBeNull();
	});

	it.each<[what: string, kind: string, fields: IDataObject, times: readonly string[]]>([
		['company', 'companies', { company_name: 'Bakery' }, ['update_time']],
		['contact', 'contacts', { given_name: 'Ada' }, ['update_time']],
		['note', 'notes', { ...person, title: 'Note' }, ['update_time']],
		['opportunity', 'opportunities', opportunity, ['update_time', 'last_updated_time']],
		['order', 'orders', { title: 'Order' }, ['update_time']],
		['task', 'tasks', { title: 'Task', modification_time: old }, ['update_time', 'modification_time']],
	])('%s: updated alone, or created or updated', async (what, kind, fields, times) => {
		const updates = activate({ event: `${what}Updated` });
		const both = activate({ event: `${what}CreatedOrUpdated` });
		const known = add(kind, fields, old);
		expect([await updates(), await both()]).toEqual([null, null]);
		const time = now();
		const fresh = add(
			kind,
			{ ...fields, ...Object.fromEntries(times.map((name) => [name, time])), ...(what === 'opportunity' && { created_time: time }) },
			time,
		);
		expect(await updates()).toBeNull();
		expect(idsOf(await both())).toEqual([fresh]);
		const later = new Date(Date.parse(time) + 2_000).toISOString();
		change(kind, known, Object.fromEntries(times.map((name) => [name, later])));
		expect(idsOf(await updates())).toEqual([known]);
		expect(idsOf(await both())).toEqual([known]);
		expect([await updates(), await both()]).toEqual([null, null]);
	});

	it('payments: refunds are none, and a payment that is written down late is not lost', async () => {
		const poll = activate({ event: 'paymentReceived' });
		const payment = { amount: 2_550, order_id: '1', contact_id: '1' };
		const known = add('sales/payments', { ...payment, payment_time: now() });
		expect(await poll()).toBeNull();
		add('sales/payments', { ...payment, amount: -2_550, payment_time: now() });
		add('sales/payments', { ...payment, refund_payment_id: known, payment_time: now() });
		// A zero names no payment, whether it is a text or a number.
		const late = add('sales/payments', { ...payment, refund_payment_id: 0, payment_time: '2020-01-01T00:00:00.000Z', status: 'PENDING' });
		const items = await poll();
		expect(items?.map(({ id, status, amount }) => [id, status, amount])).toEqual([[late, 'PENDING', 25.5]]);
		expect(await poll()).toBeNull();
	});

	it('transactions: from a date, then what comes, failed ones too', async () => {
		const transaction = { amount: 2_550, order_id: '1', contact_id: '1' };
		const at = (minutes: number, status = 'APPROVED') =>
			add('sales/transactions', { ...transaction, status, transaction_time: ago(minutes) });
		at(120);
		const first = at(30);
		const poll = activate({ event: 'transaction', startFrom: 'date', startDate: ago(60) });
		expect(idsOf(await poll())).toEqual([first]);
		keap().newCalls();
		const failed = at(0, 'FAILED');
		expect((await poll())?.map(({ id, status }) => [String(id), status])).toEqual([[failed, 'FAILED']]);
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v1/transactions']);
		expect(await poll()).toBeNull();
	});

	it('opportunities: created, and moved to a stage, through Keap', async () => {
		const created = activate({ event: 'opportunityCreated' });
		const moved = activate({ event: 'opportunityStageMoved' });
		const won = activate({ event: 'opportunityStageMoved', stageId: byId(93) });
		expect([await created(), await moved(), await won()]).toEqual([null, null, null]);
		const [made] = await keap().output({
			resource: 'opportunity',
			operation: 'create',
			opportunityTitle: 'Cake',
			contactId: byId(1),
			stageId: byId(91),
		});
		const id = String(made?.id);
		expect(idsOf(await created())).toEqual([id]);
		for (const stage of [92, 93])
			await keap().output({ resource: 'opportunity', operation: 'moveStage', opportunityId: byId(id), stageId: byId(stage) });
		expect((await moved())?.map(({ opportunity_id: of, move_to_stage_id: to }) => [of, to])).toEqual([
			[id, '92'],
			[id, '93'],
		]);
		expect((await won())?.map(({ move_to_stage_id: to }) => to)).toEqual(['93']);
		expect([await created(), await moved(), await won()]).toEqual([null, null, null]);
	});

	it('subscriptions: created or updated', async () => {
		const poll = activate({ event: 'subscriptionCreatedOrUpdated' });
		const id = add('subscriptions', person, old);
		expect(await poll()).toBeNull();
		change('subscriptions', id, { update_time: now() });
		expect(idsOf(await poll())).toEqual([id]);
	});

	it('contacts that get a tag are not taken for gone where Keap did not keep to the filter', async () => {
		const whole = activate({ event: 'contactTagged', tagId: byId(501), options: { fullContact: true } });
		expect(await whole()).toBeNull();
		await keap().output({ resource: 'tag', operation: 'apply', tagIds: ['501'], contactIds: '20' });
		const body = JSON.stringify({ contacts: [{ id: '1' }], next_page_token: 'more' });
		keap().sandbox.fault({ path: `${V2}/contacts` }, { kind: 'status', status: 200, body });
		await expect(whole()).rejects.toThrow(/did not keep to the filter/);
		// The place has not moved.
		expect(idsOf(await whole())).toEqual(['20']);
	});

	it('a contact that gets a tag and is gone before it is read comes out as the list has it, with the reason', async () => {
		const whole = activate({ event: 'contactTagged', tagId: byId(501), options: { fullContact: true } });
		expect(await whole()).toBeNull();
		await keap().output({ resource: 'tag', operation: 'apply', tagIds: ['501'], contactIds: '19, 20' });
		keap().sandbox.fault({ path: `${V2}/contacts` }, { kind: 'status', status: 200, body: JSON.stringify({ contacts: [] }) });
		keap().sandbox.fault({ path: /contacts\/(19|20)$/, times: 2 }, { kind: 'status', status: 404 });
		const found = await whole();
		expect(found?.map(({ id, applied_time: time, record_error: reason }) => [id, typeof time, reason])).toEqual([
			['19', 'string', 'Keap has no contact with the ID 19'],
			['20', 'string', 'Keap has no contact with the ID 20'],
		]);
		// Nothing of it says that they have no tags or no company.
		expect(found?.flatMap((contact) => Object.keys(contact)).filter((name) => /^(tag|company)_/.test(name))).toEqual([]);
		expect(await whole()).toBeNull();
	});

	it('contacts that get a tag, short or whole', async () => {
		const short = activate({ event: 'contactTagged', tagId: byId(501) });
		const whole = activate({ event: 'contactTagged', tagId: byId(501), output: 'raw', options: { fullContact: true } });
		expect([await short(), await whole()]).toEqual([null, null]);
		await keap().output({ resource: 'tag', operation: 'apply', tagIds: ['501'], contactIds: '20' });
		expect(await short()).toEqual([expect.objectContaining({ id: '20', applied_time: expect.any(String) as string })]);
		keap().newCalls();
		expect(await whole()).toEqual([expect.objectContaining({ id: '20', applied_time: expect.any(String) as string, tag_ids: ['501'] })]);
		expect(keap().newCalls()).toEqual([`GET ${V2}/tags/501/contacts`, `GET ${V2}/contacts`]);
		expect(await short()).toBeNull();
		// Taken off and applied again, it is applied anew.
		keap().sandbox.state.contactTags.remove('501', '20');
		keap().sandbox.state.contactTags.apply('501', '20', new Date(Date.now() + 1_000).toISOString());
		expect(idsOf(await short())).toEqual(['20']);
	});

	it('goes on with the rest when there is more than one poll may take', async () => {
		const poll = activate({ event: 'contactCreated', options: { maxRecords: 1000 } });
		await poll();
		const ids = keap().sandbox.state.addContacts(2_500);
		const got = [await poll(), await poll(), await poll()];
		expect(got.map((items) => items?.length)).toEqual([1000, 1000, 500]);
		expect(got.flatMap((items) => idsOf(items))).toEqual(ids);
		expect(await poll()).toBeNull();
	});

	it('moves nothing for an answer that says that it is not the whole', async () => {
		const poll = activate({ event: 'contactCreatedOrUpdated' });
		await poll();
		const ids = keap().sandbox.state.addContacts(5);
		for (const body of [{ contacts: [] }, { contacts: [{ id: ids[4], update_time: new Date().toISOString() }], next_page_token: '' }]) {
			keap().sandbox.fault({ path: `${V2}/contacts`, times: 2 }, { kind: 'status', status: 206, body: JSON.stringify(body) });
			await expect(poll()).rejects.toMatchObject({ httpCode: '206' });
		}
		expect(idsOf(await poll())).toEqual(ids);
	});

	it('moves nothing when a poll fails half-way', async () => {
		const poll = activate({ event: 'contactCreatedOrUpdated', options: { maxRecords: 2000 } });
		await poll();
		const time = Date.now();
		keap().sandbox.state.addContacts(1_500, (index) => ({ update_time: new Date(time + index).toISOString() }));
		keap().sandbox.fault({ path: `${V2}/contacts`, after: 1 }, { kind: 'status', status: 404 });
		await expect(poll()).rejects.toMatchObject({ httpCode: '404' });
		expect(await poll()).toHaveLength(1_500);
		expect(await poll()).toBeNull();
	});

	it('begins at a date, and anew when the date, the event or the tag is another', async () => {
		const contacts = keap().sandbox.state.addContacts(3, (index) => ({
			create_time: ago(30 - 10 * index),
			update_time: ago(30 - 10 * index),
		}));
		const from = (minutes: number, event = 'contactCreatedOrUpdated') => trigger({ event, startFrom: 'date', startDate: ago(minutes) });
		const first = await keap().engine.poll(from(25));
		expect(idsOf(first.items)).toEqual(contacts.slice(1));
		expect(idsOf((await keap().engine.poll({ ...from(35), staticData: first.staticData })).items)).toEqual(contacts);
		expect(idsOf((await keap().engine.poll(from(15, 'contactCreated'))).items)).toEqual(contacts.slice(2));
	});

	it("takes a date as the workflow's time zone means it", async () => {
		const hours = (zone: string) =>
			trigger({ event: 'contactCreatedOrUpdated', startFrom: 'date', startDate: '2026-01-05T12:00:00' }, { timezone: zone });
		// Noon in New York is five hours after noon in Greenwich.
		const [before, after] = [16, 18].map((hour) => add('contacts', { given_name: 'Ada' }, `2026-01-05T${hour}:00:00.000Z`));
		const known = (items: IDataObject[] | null) => idsOf(items)?.filter((id) => id === before || id === after);
		expect(known((await keap().engine.poll(hours('America/New_York'))).items)).toEqual([after]);
		expect(known((await keap().engine.poll(hours('Europe/London'))).items)).toEqual([before, after]);
	});

	it('waits for a date that is still to come', async () => {
		for (const event of ['contactCreated', 'contactCreatedOrUpdated', 'opportunityCreated', 'opportunityStageMoved']) {
			const poll = activate({ event, startFrom: 'date', startDate: ago(-60) });
			await poll();
			add('contacts', { given_name: 'Ada' });
			add('opportunities', { ...opportunity, created_time: now(), last_updated_time: now() });
			add('opportunities/stageMoves', { create_time: now(), move_to_stage_id: '92' });
			expect([event, await poll()]).toEqual([event, null]);
		}
	});

	it.each<[event: string, kind: string, fields: IDataObject, fresh: number, calls: number, says: RegExp]>([
		['contactCreated', 'contacts', { given_name: 'New' }, 1_050, 2, /^A poll costs 1 call, and 1 more for every further 1,000/],
		[
			'contactUpdated',
			'contacts',
			{ given_name: 'New', create_time: old },
			1_050,
			2,
			/^A poll costs 1 call, and 1 more for every further 1,000/,
		],
		['contactCreatedOrUpdated', 'contacts', { given_name: 'New' }, 1_050, 4, /^A poll costs 2 calls.* 1 more for every further 1,000/],
		['companyCreatedOrUpdated', 'companies', { company_name: 'New' }, 1_050, 4, /^A poll costs 2 calls.* 1 more for every further 1,000/],
		['orderCreated', 'orders', { title: 'New' }, 1_050, 2, /^A poll costs 1 call, and 1 more for every further 1,000/],
		['taskCreatedOrUpdated', 'tasks', { title: 'New' }, 150, 3, /^A poll costs 2 calls.* a third one when more than about 50/],
		[
			'opportunityCreated',
			'opportunities',
			{ contact_id: '1', stage_id: '91', opportunity_title: 'Cake' },
			150,
			2,
			/^A poll costs 1 call, a second one when/,
		],
		[
			'appointmentCreated',
			'/crm/rest/v1/appointments',
			{ title: 'Tasting', start_date: old, end_date: old },
			1_050,
			2,
			/a poll costs 1 call for every 1,000/,
		],
	])('%s costs what the form says', async (event, kind, fields, fresh, calls, says) => {
		const poll = activate({ event, options: { maxRecords: 10_000 } });
		await poll();
		expect(keap().newCalls().length).toBeLessThanOrEqual(4);
		const from = Date.now();
		for (let index = 0; index < fresh; index++) {
			const time = new Date(from + index * 10).toISOString();
			add(kind, { created_time: time, last_updated_time: time, modification_time: time, ...fields }, time);
		}
		expect(await poll()).toHaveLength(fresh);
		expect(keap().newCalls()).toHaveLength(calls);
		const notices = keap()
			.engine.nodeDescription('n8n-nodes-keap.keapPollingTrigger')
			.properties.filter(({ type, displayOptions }) => type === 'notice' && displayOptions?.show?.event?.includes(event));
		expect(notices.map(({ displayName }) => displayName)).toEqual([expect.stringMatching(says)]);
	});

	it('says of every event what a poll costs, once', () => {
		const { properties } = keap().engine.nodeDescription('n8n-nodes-keap.keapPollingTrigger');
		const told = properties.filter(({ type }) => type === 'notice').flatMap(({ displayOptions }) => displayOptions?.show?.event ?? []);
		const events = properties
			.find(({ name }) => name === 'event')
			?.options?.map((option) => ('value' in option ? option.value : undefined));
		expect([...told].sort()).toEqual([...(events ?? [])].sort());
	});

	it('costs one call when nothing is new', async () => {
		for (const event of [
			'contactCreated',
			'contactUpdated',
			'companyUpdated',
			'opportunityUpdated',
			'opportunityStageMoved',
			'appointmentCreated',
		]) {
			const poll = activate({ event });
			await poll();
			keap().newCalls();
			await poll();
			expect([event, keap().newCalls().length]).toEqual([event, 1]);
		}
	});

	it('waits for its turn: a poll that starts while another is under way takes nothing', async () => {
		const json = trigger({ event: 'contactCreated' });
		const { staticData } = await keap().engine.poll(json);
		keap().sandbox.state.addContacts(2);
		const held = keap().sandbox.hold({ path: `${V2}/contacts` });
		const first = keap().engine.poll({ ...json, staticData });
		await held.reached(1);
		expect((await keap().engine.poll({ ...json, staticData })).items).toBeNull();
		held.release();
		expect((await first).items).toHaveLength(2);
	});

	it('a test run in the editor shows the newest records, and moves nothing', async () => {
		const poll = activate({ event: 'contactCreated' });
		expect(idsOf(await poll('manual'))).toEqual(['25', '24', '23', '22', '21']);
		expect(await poll()).toBeNull();
		const ids = keap().sandbox.state.addContacts(1);
		expect(await poll('manual')).toHaveLength(5);
		expect(idsOf(await poll())).toEqual(ids);
		expect(await activate({ event: 'orderCreated' })('manual')).toBeNull();
		store('/crm/rest/v1/appointments').add({ title: 'Tasting', start_date: old, end_date: old });
		expect(await activate({ event: 'appointmentCreated' })('manual')).toHaveLength(1);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no tag', { event: 'contactTagged' }, /Tag is empty/],
		['a date that is none', { event: 'contactCreated', startFrom: 'date', startDate: 'soon' }, /Date is not a date: "soon"/],
		['no date', { event: 'contactCreated', startFrom: 'date', startDate: '' }, /^Date is empty/],
		['a day that there is not', { event: 'contactCreated', startFrom: 'date', startDate: '2026-02-31T00:00:00' }, /^Date is not a d/],
		[
			'a tag that is none',
			{ event: 'contactTagged', tagId: { __rl: true, mode: 'id', value: 'Customer' } },
			/^Tag is not a Keap ID: "Customer"/,
		],
		[
			'a stage that is none',
			{ event: 'opportunityStageMoved', stageId: { __rl: true, mode: 'id', value: 'Won' } },
			/^To Stage is not a Keap ID: "Won"/,
		],
		['half a record', { event: 'contactCreated', options: { maxRecords: 1.5 } }, /^Max Records per Poll must be a whole number/],
		['a limit of nothing', { event: 'contactCreated', options: { maxRecords: 0 } }, /Max Records per Poll must be 1 or more/],
		['an event that is none', { event: 'moonRise' }, /Event/],
	])('refuses %s before a call is spent', async (_what, parameters, message) => {
		await expect(keap().engine.poll(trigger(parameters))).rejects.toThrow(message);
		expect(keap().newCalls()).toEqual([]);
	});

	it.each<[string, string, RegExp]>([
		['no list', '{"contacts":5}', /not a list/],
		['nothing', '', /without a body/],
		['records without the time of their change', '{"contacts":[{"id":"1"}],"next_page_token":""}', /without update_time or create_time/],
	])('says so when Keap answers with %s', async (_what, body, message) => {
		const poll = activate({ event: 'contactUpdated' });
		await poll();
		keap().sandbox.fault(
			{ path: `${V2}/contacts`, times: Infinity },
			{ kind: 'status', status: 200, body, contentType: 'application/json' },
		);
		await expect(poll()).rejects.toThrow(message);
	});

	it('gives up on pages that come again for ever', async () => {
		const poll = activate({ event: 'taskCreated' });
		await poll();
		for (const title of itemsOf(3, (index) => ({ title: `T${index}` }))) add('tasks', title);
		keap().sandbox.fault({ path: `${V2}/tasks`, times: Infinity }, { kind: 'repeatPageToken' });
		await expect(poll()).rejects.toThrow(/same page position again/);
	});
});
