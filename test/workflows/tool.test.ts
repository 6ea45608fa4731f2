import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startAgent, type Agent } from '../support/agent';
import { KEAP_NODE } from '../support/engine';
import { byId, keapForEachTest, on } from './helpers';

describe('the node as a tool of an AI agent', () => {
	let agent: Agent;
	beforeAll(async () => {
		agent = await startAgent(['Keap']);
	});
	afterAll(async () => await agent.close());
	afterEach(() => agent.sandbox.reset());

	const ask = async (parameters: INodeParameters, ...items: IDataObject[]): Promise<unknown[]> =>
		(await agent.ask('Keap', parameters, ...items)).map(({ answer }) => answer);

	it('may be used as one', () => {
		expect(agent.engine.nodeDescription(KEAP_NODE).usableAsTool).toBe(true);
	});

	it('takes from the agent what $fromAI asks for', async () => {
		const parameters = on('contact')('create', {
			email: "={{ $fromAI('email', 'Email address of the contact', 'string') }}",
			givenName: "={{ $fromAI('first_name', 'First name', 'string') }}",
			additionalFields: { jobTitle: 'Met by an agent' },
		});
		const [answer] = await ask(parameters, { email: 'ada@agent.example', first_name: 'Ada' });
		expect(answer).toEqual([
			{
				id: expect.any(String),
				name: 'Ada',
				changed: { given_name: 'Ada', job_title: 'Met by an agent', email: 'ada@agent.example' },
			},
		]);
		expect(agent.sandbox.state.contacts.rows.at(-1)).toMatchObject({ job_title: 'Met by an agent' });
	});

	it('finds a record by an ID that the agent gives as number or text', async () => {
		const parameters = on('contact')('get', {
			contactId: byId("={{ $fromAI('contact_id', 'ID of the contact', 'number') }}"),
			output: 'simplified',
		});
		const answers = await ask(parameters, { contact_id: 1 }, { contact_id: 2 });
		expect(answers).toMatchObject([[{ id: '1', email: 'ada@adams.example' }], [{ id: '2' }]]);
	});

	it('gives the agent an error that it can act on', async () => {
		const parameters = on('contact')('get', {
			contactId: byId("={{ $fromAI('contact_id', 'ID of the contact', 'string') }}"),
			output: 'simplified',
		});
		await expect(ask(parameters, { contact_id: 'Ada' })).rejects.toThrow(/Contact is not a Keap ID: "Ada"/);
		expect(agent.sandbox.calls).toEqual([]);
	});
});

describe("the node with a tool's plain expressions", () => {
	const keap = keapForEachTest();

	it('understands bare IDs and comma-separated lists where the editor would keep a locator or a list', async () => {
		expect(
			await keap().output(on('contact')('get', { contactId: '={{ $json.id }}', output: 'simplified' }), [{ id: 2 }, { id: '1' }]),
		).toMatchObject([{ id: '2' }, { id: '1' }]);
		await keap().output(on('tag')('apply', { tagIds: '={{ $json.tag }}', contactIds: '={{ $json.contacts }}' }), [
			{ tag: 505, contacts: '3, 4' },
		]);
		expect([...keap().sandbox.state.contactTags.recordsOf('505').keys()]).toEqual(['3', '4']);
	});
});
