import type { INodeParameters } from 'n8n-workflow';

import { READERS, startToolAgents, type Reader, type ToolAgents } from '../support/toolAgents';
import { byId, on } from './helpers';

const asked = (name: string, type = 'string'): string => `={{ $fromAI('${name}', 'From the agent', '${type}') }}`;

const getById: INodeParameters = on('contact')('get', { contactId: byId(asked('contact_id')), output: 'simplified' });
const byFirstName: INodeParameters = on('contact')('getAll', { filters: { givenName: asked('first_name') } });

describe.each(READERS)('what an AI agent reads of a tool (%s)', (reader: Reader) => {
	let agents: ToolAgents;
	beforeAll(async () => {
		agents = await startToolAgents(['Keap', 'KeapAdmin']);
	});
	afterAll(async () => await agents.close());
	beforeEach(() => agents.sandbox.reset());
	const read = async (...given: Parameters<ToolAgents['read']> extends [Reader, ...infer Rest] ? Rest : never): Promise<string> =>
		(await agents.read(reader, ...given)).join('\n');

	it('is the record', async () => {
		expect(await read('Keap', getById, { contact_id: '1' })).toContain('ada@adams.example');
	});

	it('is what is wrong with a value and what to do next, in what an agent can do', async () => {
		const text = await read('Keap', getById, { contact_id: 'Ada' });
		expect(text).toContain('Contact is not a Keap ID: ');
		expect(text).toMatch(/Ada.*A Keap ID is a whole number, such as 1234\. Look it up with /);
		expect(text).not.toMatch(/address of the record|\[item|item 0|run the node/);
		expect(agents.sandbox.calls).toEqual([]);
	});

	it('is what Keap said and what to do next where Keap refuses', async () => {
		const text = await read('Keap', getById, { contact_id: '999999' });
		expect(text).toMatch(/999999/);
		expect(text).toMatch(/may have been deleted or merged/);
		expect(text).not.toMatch(/\[item/);
	});

	it('is that only the owner of the workflow can help where that is so', async () => {
		agents.setCredential({ apiKey: 'unknown-key' });
		const text = await read('Keap', getById, { contact_id: '1' });
		agents.setCredential({});
		expect(text).toMatch(/did not accept the API key.*report this to the person who runs the workflow/);
	});

	it('is the choices that there are', async () => {
		const text = await read('KeapAdmin', on('customField')('create', { recordType: asked('kind'), label: 'x', fieldType: 'TEXT' }), {
			kind: 'zebras',
		});
		expect(text).toMatch(/zebras.*: contact, affiliate, company/);
		expect(text).not.toContain('Choose from the list');
	});

	it('is that nothing was found, and by what', async () => {
		expect(JSON.parse(await read('Keap', byFirstName, { first_name: 'Zzz' }))).toEqual(
			// One item: LangChain's agents and MCP clients get the same list as the engine's.
			[{ found: 0, message: 'No contact matches First Name = Zzz' }],
		);
	});
});

describe('an agent of version 2 whose tool is tried again on failure', () => {
	it('reads the failure of the last try', async () => {
		const agents = await startToolAgents(['Keap'], { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 });
		const [text] = await agents.read('agentV2', 'Keap', getById, { contact_id: '999999' });
		expect(text).toContain('999999');
		expect(agents.sandbox.calls).toHaveLength(2);
		await agents.close();
	});
});

describe('a tool whose On Error is Stop Workflow', () => {
	let agents: ToolAgents;
	beforeAll(async () => {
		agents = await startToolAgents(['Keap'], { onError: 'stopWorkflow' });
	});
	afterAll(async () => await agents.close());

	it('stops an agent of version 3', async () => {
		await expect(agents.read('agentV3', 'Keap', getById, { contact_id: 'Ada' })).rejects.toThrow('not a Keap ID');
	});

	it('answers an agent of version 2, which nothing would stop: it would go on with an empty text', async () => {
		const [text] = await agents.read('agentV2', 'Keap', getById, { contact_id: 'Ada' });
		expect(text).toContain('not a Keap ID');
	});
});
