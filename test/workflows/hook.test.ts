import type { INodeParameters } from 'n8n-workflow';
import { byId, errorText, keapForEachTest } from './helpers';

const HOOKS = '/crm/rest/v1/hooks';
const URL = 'https://receiver.invalid/keap';

describe('the Hook resource', () => {
	const keap = keapForEachTest();
	const output = async (operation: string, parameters: INodeParameters = {}) =>
		await keap().output({ resource: 'hook', operation, ...parameters }, [{}], { type: 'n8n-nodes-keap.keapAdmin' });
	const event = (value: string) => ({ ...byId(0), value });
	/** A hook of whose receiver nothing is heard. */
	const quiet = () => {
		keap().sandbox.state.hooks.handshakeOrder = 'never';
		return keap().sandbox.state.hooks.add('contact.add', URL);
	};

	it('creates and updates', async () => {
		keap().sandbox.state.hooks.handshakeOrder = 'never';
		const [created] = await output('create', { eventKey: event('contact.add'), hookUrl: URL });
		expect(created).toEqual({ key: expect.any(String), eventKey: 'contact.add', hookUrl: URL, status: 'Unverified' });
		const hookKey = byId(String(created?.key));
		expect(await output('update', { hookKey, eventKey: event('order.add'), hookUrl: `${URL}/2` })).toEqual([
			{ key: created?.key, eventKey: 'order.add', hookUrl: `${URL}/2`, status: 'Unverified' },
		]);
	});

	it('reads, verifies and deletes', async () => {
		const { key } = quiet();
		const hookKey = byId(key);
		expect(await output('get', { hookKey })).toEqual([expect.objectContaining({ key, status: 'Unverified' })]);
		await output('verify', { hookKey });
		expect(await output('delete', { hookKey })).toEqual([{ deleted: true }]);
		expect(keap().newCalls()).toEqual([`GET ${HOOKS}/${key}`, `POST ${HOOKS}/${key}/verify`, `DELETE ${HOOKS}/${key}`]);
	});

	it('verifies with a secret that Keap sent earlier', async () => {
		const hook = quiet();
		await keap().sandbox.state.hooks.handshake(hook);
		const secret = keap().sandbox.state.hooks.secrets.get(hook.key) ?? '';
		expect(await output('verifyLater', { hookKey: byId(hook.key), secret })).toEqual([{ key: hook.key, status: 'Verified' }]);
	});

	it('lists hooks, by status and address too', async () => {
		quiet();
		const other = keap().sandbox.state.hooks.add('order.add', 'https://other.invalid/');
		other.status = 'Inactive';
		expect(await output('getAll', { returnAll: true })).toHaveLength(2);
		expect(await output('getAll', { returnAll: false, limit: 1 })).toHaveLength(1);
		expect(await output('getAll', { returnAll: true, filters: { status: 'Inactive' } })).toEqual([{ ...other }]);
		expect(await output('getAll', { returnAll: true, filters: { urlPart: 'receiver' } })).toEqual([
			expect.objectContaining({ eventKey: 'contact.add' }),
		]);
	});

	it("lists the account's events in words", async () => {
		expect(await output('getEventTypes', { returnAll: true })).toContainEqual({
			eventKey: 'contactGroup.applied',
			name: 'Tag Applied to Contact',
		});
	});

	it.each([
		['an event that is none', 'create', { eventKey: event('={{ "contact" }}'), hookUrl: URL }, /key of an event/],
		['an address that is none', 'create', { eventKey: event('contact.add'), hookUrl: 'receiver' }, /Hook URL.*address/],
		['a key with a path in it', 'get', { hookKey: byId('={{ "../tags" }}') }, /key of a hook/],
	])('refuses %s before a call is spent', async (_what, operation, parameters, message) => {
		const result = await keap().run({ resource: 'hook', operation, ...parameters }, [{}], { type: 'n8n-nodes-keap.keapAdmin' });
		expect(errorText(result)).toMatch(message);
		expect(keap().newCalls()).toEqual([]);
	});

	it('is picked by event, and events in words', async () => {
		const { key } = quiet();
		const { engine } = keap();
		expect((await engine.listSearch({ type: 'n8n-nodes-keap.keapAdmin' }, 'searchHooks', 'created')).results).toEqual([
			{ name: 'Contact Created (receiver.invalid, Unverified)', value: key },
		]);
		expect((await engine.listSearch({ type: 'n8n-nodes-keap.keapAdmin' }, 'searchHookEvents', 'stage')).results).toEqual([
			expect.objectContaining({ name: 'Opportunity Moved to Another Stage', value: 'opportunity.stage_move' }),
		]);
	});
});
