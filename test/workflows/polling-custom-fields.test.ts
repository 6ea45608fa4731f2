import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { OWN_FILTERS } from '../../nodes/KeapPollingTrigger/ownFilters';
import { allOperations } from '../sandbox/contract/operations';
import { KEAP_CREDENTIAL, workflow } from '../support/engine';
import { keapForEachTest } from './helpers';

const V2 = '/crm/rest/v2';
const TYPE = 'n8n-nodes-keap.keapPollingTrigger';
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const rye = { customFieldFilters: { entries: [{ field: '8|choice', option: 'Rye' }] } };
const bread = (content: string) => [{ id: '8', content }];

describe('the polling trigger, filtered by custom fields', () => {
	const keap = keapForEachTest();
	const store = (kind: string) => keap().sandbox.state.collection(`${V2}/${kind}`);
	const add = (fields: IDataObject, time = ago(0)) => store('contacts').add({ create_time: time, update_time: time, ...fields }).id;
	const change = (kind: string, id: string, fields: IDataObject) => store(kind).set(id, { ...store(kind).get(id), id, ...fields });

	function activate(parameters: INodeParameters) {
		const json = workflow([{ name: 'Watch', type: TYPE, parameters, credentials: KEAP_CREDENTIAL }]);
		return async (mode?: 'manual'): Promise<string[]> => {
			const { items, staticData } = await keap().engine.poll(json, mode);
			json.staticData = staticData;
			return (items ?? []).map(({ id }) => String(id));
		};
	}

	it('created: what matches is told, what was there before is not when it comes to match, and what is new is told once it matches', async () => {
		const old = add({ given_name: 'Old' }, ago(600));
		const poll = activate({ event: 'contactCreated', ...rye });
		expect(await poll()).toEqual([]);
		const [match, other, none] = [
			add({ custom_fields: bread('Rye') }),
			add({ custom_fields: bread('Sourdough') }),
			add({ given_name: 'No bread' }),
		];
		keap().newCalls();
		expect(await poll()).toEqual([match]);
		// The account's fields are read once a minute.
		expect(keap().newCalls()).toEqual([`GET ${V2}/contacts`]);
		expect(keap().sandbox.calls.at(-1)?.query.filter).toMatch(/^Favouritebread==Rye;contact_id>-?\d+$/);
		change('contacts', old, { custom_fields: bread('Rye') });
		change('contacts', other, { custom_fields: bread('Rye') });
		expect(await poll()).toEqual([other]);
		expect(none).not.toBe('');
		expect(await poll()).toEqual([]);
	});

	it('updated: a record is told when it has the value at the time it is read', async () => {
		const known = add({ custom_fields: bread('Sourdough') }, ago(600));
		const poll = activate({ event: 'contactUpdated', ...rye });
		expect(await poll()).toEqual([]);
		change('contacts', known, { custom_fields: bread('Rye'), update_time: ago(-1) });
		expect(await poll()).toEqual([known]);
		change('contacts', known, { custom_fields: bread('Sourdough'), update_time: ago(-2) });
		expect(await poll()).toEqual([]);
		change('contacts', known, { custom_fields: bread('Rye'), update_time: ago(-3) });
		expect([await poll(), await poll()]).toEqual([[known], []]);
	});

	it('a test run shows records that match, and another condition begins anew', async () => {
		const known = add({ custom_fields: bread('Rye') }, ago(600));
		add({ custom_fields: bread('Sourdough') }, ago(600));
		expect(await activate({ event: 'contactCreated', ...rye })('manual')).toEqual([known]);
		const json = workflow([{ name: 'Watch', type: TYPE, parameters: { event: 'contactCreated' }, credentials: KEAP_CREDENTIAL }]);
		const { staticData } = await keap().engine.poll(json);
		add({ custom_fields: bread('Rye') });
		const filtered = workflow([
			{ name: 'Watch', type: TYPE, parameters: { event: 'contactCreated', ...rye }, credentials: KEAP_CREDENTIAL },
		]);
		expect((await keap().engine.poll({ ...filtered, staticData })).items).toBeNull();
	});

	it('orders that become paid, and subscriptions that change their status: those that match', async () => {
		const fields = ['orders', 'subscriptions'].map(
			(kind) => store(`${kind}/model/customFields`).add({ label: 'Channel', field_type: 'TEXT', field_name: 'Channel', options: [] }).id,
		);
		const web = (id = '') => ({ customFieldFilters: { entries: [{ field: `${id}|text`, text: 'Web' }] } });
		const channel = (id: string | undefined, content: string) => [{ id: String(id), content }];
		const [ofOrders, ofSubscriptions] = fields;
		const order = (content: string) => {
			const { id } = store('orders').add({
				contact_id: '1',
				create_time: ago(60),
				update_time: ago(60),
				custom_fields: channel(ofOrders, content),
			});
			store('orderItems').add({ order_id: id, quantity: 1, price_per_unit: 100 });
			return id;
		};
		const subscribe = (content: string) =>
			store('subscriptions').add({ contact_id: '1', active: true, custom_fields: channel(ofSubscriptions, content) }).id;
		const [here, there] = [order('Web'), order('Shop')];
		const [mine, other] = [subscribe('Web'), subscribe('Shop')];
		const paid = activate({ event: 'orderPaid', ...web(ofOrders) });
		const status = activate({ event: 'subscriptionChangedStatus', ...web(ofSubscriptions) });
		expect([await paid(), await status()]).toEqual([[], []]);
		for (const id of [here, there]) store('sales/payments').add({ amount: 100, order_id: id, contact_id: '1', payment_time: ago(0) });
		for (const id of [mine, other]) change('subscriptions', id, { active: false });
		expect([await paid(), await status()]).toEqual([[here], [mine]]);
		change('orders', there, { custom_fields: channel(ofOrders, 'Web') });
		change('subscriptions', other, { custom_fields: channel(ofSubscriptions, 'Web') });
		expect([await paid(), await status()]).toEqual([[there], []]);
		expect([await paid(), await status()]).toEqual([[], []]);
		expect([await paid('manual'), await status('manual')]).toEqual(
			[
				[there, here],
				[mine, other],
			].map((ids) => expect.arrayContaining(ids) as string[]),
		);
	});

	it.each<[what: string, entry: INodeParameters, error: RegExp]>([
		['no such field', { field: '4711', value: 'x' }, /Custom Field Filters.*4711/],
		['no value', { field: '7|text', text: '' }, /Custom Field Filters > Nickname has no value to be compared with/],
		['no field', { field: '', value: 'x' }, /Custom Field Filters has a condition without a field/],
		['a comparison that the type does not take', { field: '7', operator: 'moreThan', value: 'x' }, /Nickname can't be compared by/],
	])('%s is refused by name before the list is read', async (_what, entry, error) => {
		const poll = activate({ event: 'contactCreated', customFieldFilters: { entries: [entry] } });
		await expect(poll()).rejects.toThrow(error);
		expect(
			keap()
				.newCalls()
				.filter((call) => !call.endsWith('/model')),
		).toEqual([]);
	});

	it('is offered for the events whose list Keap filters so, with the fields of that kind of record', async () => {
		const { properties } = keap().engine.nodeDescription(TYPE);
		const shown = properties.find(({ name }) => name === 'customFieldFilters')?.displayOptions?.show?.event ?? [];
		const all = properties.find(({ name }) => name === 'event')?.options ?? [];
		const without = all.flatMap((option) => ('value' in option && !shown.includes(option.value) ? [option.value] : []));
		expect(without.sort()).toEqual(
			['appointmentCreated', 'contactTagged', 'opportunityStageMoved', 'paymentReceived', 'referralCreated', 'transaction'].sort(),
		);
	});

	it('knows the names that Keap takes for its own filters', () => {
		const facts = allOperations().filter(
			({ method, path, query }) => method === 'GET' && !path.includes('{') && query.some(({ customFields }) => customFields),
		);
		expect(Object.keys(OWN_FILTERS).sort()).toEqual(facts.map(({ path }) => path).sort());
		for (const { path, query } of facts) {
			const names = query.find(({ name }) => name === 'filter')?.fields ?? [];
			expect([...(OWN_FILTERS[path] ?? [])].sort()).toEqual(names.map((name) => name.toLowerCase()).sort());
		}
	});
});
