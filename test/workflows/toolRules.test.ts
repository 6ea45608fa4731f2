import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startToolAgents, type ToolAgents } from '../support/toolAgents';
import { byId, keapForEachTest, on } from './helpers';

const ids = (count: number): string => Array.from({ length: count }, (_, index) => index + 1).join(',');

/** One call for each thing that an owner may not want an agent to do, with what it is called. */
const CALLS: Readonly<Record<string, readonly [node: string, parameters: INodeParameters, says: RegExp]>> = {
	reads: ['Keap', on('contact')('get', { contactId: byId('1') }), /ada@adams\.example/],
	writes: ['Keap', on('contact')('create', { email: 'new@agent.example' }), /"id":"\d+"/],
	tags: ['Keap', on('tag')('apply', { tagIds: ['501'], contactIds: '1,2' }), /"success":true/],
	deletes: ['Keap', on('contact')('delete', { contactId: byId('3') }), /"deleted":true/],
	merges: ['Keap', on('contact')('merge', { contactId: byId('1'), duplicateContactId: byId('3') }), /"id":"1"/],
	sends: ['Keap', on('email')('sendTemplate', { templateId: byId('9001'), userId: byId('1'), contactIds: '1' }), /.*/],
	'has Keap call an address': [
		'KeapAdmin',
		on('hook')('create', { eventKey: { __rl: true, mode: 'id', value: 'contact.add' }, hookUrl: 'https://elsewhere.example/in' }),
		/contact\.add/,
	],
	'makes a link lead elsewhere': [
		'KeapMarketing',
		on('affiliateRedirect')('create', { name: 'Spring', code: 'spring', websiteAddress: 'https://elsewhere.example' }),
		/"id"/,
	],
	'opts an address in': [
		'Keap',
		on('contact')('create', { email: 'new@agent.example', additionalFields: { optInReason: 'Said so' } }),
		/"id"/,
	],
	'opts another address in': [
		'Keap',
		on('contact')('create', {
			email: 'new@agent.example',
			additionalFields: { email2: { entries: { email: 'other@agent.example', optInReason: 'Said so' } } },
		}),
		/"id"/,
	],
	'writes a second address': [
		'Keap',
		on('contact')('create', { email: 'new@agent.example', additionalFields: { email2: { entries: { email: 'other@agent.example' } } } }),
		/"id"/,
	],
	'credits an affiliate': [
		'KeapMarketing',
		on('referral')('create', { contactId: byId('1'), affiliateId: byId('1'), referralType: 'MANUAL' }),
		/.*/,
	],
	'changes the account': ['KeapAdmin', on('businessProfile')('update', { updateFields: { name: 'Other' } }), /Other/],
	'changes the shop': ['KeapProducts', on('product')('create', { name: 'Rye', shortDescription: 'Rye', price: '4.50' }), /"id"/],
	charges: ['KeapCommerce', on('subscription')('invoice', { subscriptionId: byId('1') }), /.*/],
	'reads by a custom call': ['Keap', on('customApiCall')('call', { method: 'GET', path: '/crm/rest/v2/tags/501' }), /501/],
	'writes by a custom call': [
		'Keap',
		on('customApiCall')('call', { method: 'POST', path: '/crm/rest/v2/tags', body: '{"name":"By agent"}' }),
		/By agent/,
	],
};

const GRAVER = [
	'deletes',
	'merges',
	'sends',
	'has Keap call an address',
	'makes a link lead elsewhere',
	'opts an address in',
	'opts another address in',
	'credits an affiliate',
	'changes the account',
	'changes the shop',
	'charges',
	'writes by a custom call',
];

const REFUSED_TO: Readonly<Record<string, readonly string[]>> = {
	read: ['writes', 'tags', 'writes a second address', ...GRAVER],
	write: GRAVER,
	all: [],
};

describe('what the owner of a credential lets AI agents do', () => {
	let agents: ToolAgents;
	beforeAll(async () => {
		agents = await startToolAgents(['Keap', 'KeapAdmin', 'KeapCommerce', 'KeapMarketing', 'KeapProducts']);
	});
	afterAll(async () => await agents.close());
	beforeEach(() => agents.sandbox.reset());

	const ask = async (node: string, parameters: INodeParameters, rules: IDataObject): Promise<string> => {
		agents.setCredential(rules);
		return (await agents.read('agentV3', node, parameters, {})).join();
	};

	const cases = Object.entries(REFUSED_TO).flatMap(([may, refused]) =>
		Object.keys(CALLS).map((what) => ({ may, what, isRefused: refused.includes(what) })),
	);
	it.each(cases)('$may: an agent that $what', async ({ may, what, isRefused }) => {
		const [node, parameters, says] = CALLS[what] ?? ['', {}, /never/];
		const text = await ask(node, parameters, { agentsMay: may });
		if (!isRefused) {
			expect(text).not.toContain('the owner of this tool');
			expect(text).toMatch(says);
			expect(agents.sandbox.calls).not.toEqual([]);
			return;
		}
		expect(text).toMatch(/Not done, and nothing was sent: .* > .* the owner of this tool lets AI agents read.* only/);
		expect(text).toMatch(/a person has to do it/);
		expect(agents.sandbox.calls).toEqual([]);
	});

	it('is reading and writing unless the credential says something else', async () => {
		expect(await ask('Keap', on('contact')('delete', { contactId: byId('3') }), {})).toContain('lets AI agents read and write only');
	});

	it('is at most so many records in one call that mails, tags or deletes', async () => {
		const apply = on('tag')('apply', { tagIds: ['501'], contactIds: ids(26) });
		expect(await ask('Keap', apply, {})).toMatch(/would change 26 records, and the owner of this tool allows 25 in one call/);
		expect(agents.sandbox.calls).toEqual([]);
		expect(await ask('Keap', on('tag')('apply', { tagIds: ['501'], contactIds: ids(3) }), { agentsMostRecords: 2 })).toMatch(
			/would change 3 records/,
		);
		expect(await ask('Keap', on('email')('deleteMany', { emailIds: ids(26) }), { agentsMay: 'all' })).toMatch(/would change 26 records/);
		expect(await ask('Keap', on('tag')('apply', { tagIds: ['501'], contactIds: '1,2,3' }), { agentsMostRecords: 3 })).toContain('success');
	});

	it.each<[string, INodeParameters, string]>([
		['in an object', { body: '{"contact_ids":["1","2","3"]}' }, 'POST'],
		['as an expression', { body: '={{ { contact_ids: [1, 2, 3] } }}' }, 'POST'],
		['deep in it', { body: '{"a":{"b":[{"contacts":[1,2,3]}]}}' }, 'POST'],
		['as the whole body', { body: '[{"id":"1"},{"id":"2"},{"id":"3"}]' }, 'POST'],
		['beside a number of many digits', { body: '{"x":12345678901234567890,"contact_ids":[1,2,3]}' }, 'POST'],
		['by email addresses', { body: '{"to":["a@x.example","b@x.example","c@x.example"]}' }, 'POST'],
		['in the query', { query: '{"ids":["1","2","3"]}' }, 'DELETE'],
		['as a text in the query', { query: '{"ids":"1, 2, 3"}' }, 'DELETE'],
		['in a filter', { query: '{"filter":"ids==1,2,3"}' }, 'DELETE'],
		['in the query of the path', { path: '/crm/rest/v2/emails?ids=1,2,3' }, 'DELETE'],
		['in the path', { path: '/crm/rest/v2/emails/1,2,3' }, 'DELETE'],
		['one by one', { path: '/crm/rest/v2/emails?ids=1&ids=2&ids=3' }, 'DELETE'],
	])('counts what a custom API call names %s', async (_where, parameters, method) => {
		const call = on('customApiCall')('call', { method, path: '/crm/rest/v2/emails:batchRemove', ...parameters });
		expect(await ask('Keap', call, { agentsMay: 'all', agentsMostRecords: 2 })).toMatch(/would change 3 records.*allows 2/);
		expect(agents.sandbox.calls).toEqual([]);
		await ask('Keap', call, { agentsMay: 'all', agentsMostRecords: 3 });
		expect(agents.sandbox.calls).toHaveLength(1);
	});

	it('does not take the fields of one record for records', async () => {
		const body = JSON.stringify({ given_name: 'A, B, C', custom_fields: ['7', '8', '9'].map((id) => ({ id, content: 'x' })) });
		const query = '{"update_mask":"given_name,family_name,custom_fields"}';
		await ask('Keap', on('customApiCall')('call', { method: 'PATCH', path: '/crm/rest/v2/contacts/1', query, body }), {
			agentsMay: 'all',
			agentsMostRecords: 1,
		});
		expect(agents.sandbox.calls).toHaveLength(1);
	});

	it('is held with "continue on fail" as well', async () => {
		const other = await startToolAgents(['Keap'], { onError: 'continueRegularOutput' });
		expect(await other.read('agentV3', 'Keap', on('contact')('delete', { contactId: byId('3') }), {})).toEqual([
			expect.stringContaining('lets AI agents read and write only'),
		]);
		expect(other.sandbox.calls).toEqual([]);
		await other.close();
	});
});

describe('a node of a workflow', () => {
	const keap = keapForEachTest();

	it('does what it is there for, whatever agents may do', async () => {
		keap().setCredential({ agentsMay: 'read', agentsMostRecords: 1 });
		expect(await keap().output(on('contact')('delete', { contactId: byId('3') }))).toEqual([{ deleted: true }]);
		expect(await keap().output(on('tag')('apply', { tagIds: ['501'], contactIds: '1,2' }))).toHaveLength(1);
	});
});
