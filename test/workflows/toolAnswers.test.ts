import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startToolAgents, type ToolAgents } from '../support/toolAgents';
import { byId, on } from './helpers';

describe('what a tool answers', () => {
	let agents: ToolAgents;
	beforeAll(async () => {
		agents = await startToolAgents(['Keap', 'KeapAdmin']);
		agents.setCredential({ agentsMay: 'all' });
	});
	afterAll(async () => await agents.close());
	beforeEach(() => {
		agents.sandbox.reset();
		for (let index = 0; index < 150; index++) {
			const email = [{ email: `many${index}@agent.example`, field: 'EMAIL1' }];
			agents.sandbox.state.contacts.add({ given_name: 'Many', family_name: `Number ${index}`, email_addresses: email });
		}
	});

	const ask = async (parameters: INodeParameters, args: IDataObject = {}): Promise<IDataObject[]> =>
		(await agents.read('agentV3', 'Keap', parameters, args)).flatMap((text) => JSON.parse(text) as IDataObject[]);
	const pages = (): Array<string | undefined> =>
		agents.sandbox.calls.filter(({ path }) => path.endsWith('/contacts')).map(({ query }) => query.page_size);

	const everything = on('contact')('getAll', { returnAll: true });
	const asMany = on('contact')('getAll', { limit: "={{ $fromAI('limit', 'How many', 'number') }}" });

	it.each([
		['all', everything, {}],
		['a thousand that the agent asks for', asMany, { limit: 1_000 }],
	])('is at most a hundred records of %s, and that there are more', async (_what, parameters, args) => {
		const answer = await ask(parameters, args);
		expect(answer).toHaveLength(101);
		expect(answer[99]).toHaveProperty('id');
		expect(answer[100]).toEqual({
			more: true,
			message: expect.stringMatching(/^These are the first 100; there are more\..*narrow it, such as by /),
		});
		// One more than a hundred says that there are more, in the same call.
		expect(pages()).toEqual(['101']);
	});

	it('is as many as the user of the node has typed in', async () => {
		const answer = await ask(on('contact')('getAll', { limit: 120 }));
		expect(answer).toHaveLength(121);
		expect(answer[120]).toMatchObject({ more: true });
	});

	it('is as many as the credential says', async () => {
		agents.setCredential({ agentsMostInAnswer: 7 });
		expect(await ask(everything)).toHaveLength(8);
		// The Limit that n8n fills in is nobody's wish.
		expect(await ask(on('contact')('getAll'))).toHaveLength(8);
		expect(await ask(on('contact')('getAll', { limit: 50 }))).toHaveLength(8);
		agents.setCredential({ agentsMay: 'all' });
	});

	it('has no word of more where there are none', async () => {
		const answer = await ask(on('contact')('getAll', { returnAll: true, filters: { familyName: 'Number 7' } }));
		expect(answer.map(({ family_name: name }) => name)).toEqual(['Number 7']);
	});

	it('is a part of what a custom API call brings', async () => {
		const [answer = {}] = await ask(on('customApiCall')('call', { method: 'GET', path: '/crm/rest/v2/contacts?page_size=140' }));
		expect(answer.contacts).toHaveLength(100);
		expect(answer).toMatchObject({ more: true, message: expect.stringContaining('These are the first 100') });
	});

	it('is the ID, the name and what was changed where something was written', async () => {
		const [made] = await ask(on('contact')('create', { email: 'new@agent.example', givenName: 'New', familyName: 'One' }));
		expect(made).toEqual({
			id: expect.any(String),
			name: 'New One',
			changed: { given_name: 'New', family_name: 'One', email: 'new@agent.example' },
		});
		const [changed] = await ask(on('contact')('update', { contactId: byId('1'), updateFields: { jobTitle: 'Chair' } }));
		expect(changed).toEqual({ id: '1', name: 'Ada Adams', changed: { job_title: 'Chair' } });
	});

	it('has no token of a hook, by which events could be made up', async () => {
		const hookUrl = 'https://n8n.example/webhook/1/keap?token=secret-of-the-hook&event=contact.add';
		const hidden = 'https://n8n.example/webhook/1/keap?token=***&event=contact.add';
		agents.sandbox.state.hooks.handshakeOrder = 'never';
		const { key } = agents.sandbox.state.hooks.add('contact.add', hookUrl);
		const read = async (node: string, parameters: INodeParameters) => (await agents.read('agentV3', node, parameters, {})).join();
		const texts = [
			await read('KeapAdmin', on('hook')('getAll', {})),
			await read('KeapAdmin', on('hook')('get', { hookKey: byId(key) })),
			await read('Keap', on('customApiCall')('call', { method: 'GET', path: '/crm/rest/v1/hooks' })),
		];
		for (const text of texts) {
			expect(text).toContain(hidden);
			expect(text).not.toContain('secret-of-the-hook');
		}
	});

	it('counts the IDs that the agent has given', async () => {
		const ids = Array.from({ length: 20 }, (_, index) => agents.sandbox.state.contacts.rows.at(-1 - index)?.id).join(',');
		expect(await ask(on('tag')('apply', { tagIds: ['501'], contactIds: ids }))).toMatchObject([
			{ tag_id: '501', contact_ids: '20 in all', success: true },
		]);
		expect(await ask(on('tag')('apply', { tagIds: ['501'], contactIds: '1,2' }))).toMatchObject([
			{ tag_id: '501', contact_ids: ['1', '2'], success: true },
		]);
	});
});
