import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startToolAgents, type ToolAgents } from '../support/toolAgents';
import { byId, on } from './helpers';

const getById: INodeParameters = on('contact')('get', { contactId: byId("={{ $fromAI('contact_id', 'ID', 'string') }}"), output: 'raw' });
const create: INodeParameters = on('contact')('create', {
	email: "={{ $fromAI('email', 'Email', 'string') }}",
	tagIds: ['501'],
});

describe('a tool whose quota is used up', () => {
	let agents: ToolAgents;
	/** A key of its own for each test: what was spent with one is not missing in another. */
	let keys = 0;
	beforeAll(async () => {
		const all = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`tool-key-${index}`, 'full' as const]));
		agents = await startToolAgents(['Keap'], {}, { keys: all });
	});
	afterAll(async () => await agents.close());
	beforeEach(() => agents.sandbox.reset());

	const limited = (fields: IDataObject): void => agents.setCredential({ apiKey: `tool-key-${keys++}`, limits: 'fixed', ...fields });
	const ask = async (parameters: INodeParameters, args: IDataObject): Promise<string> =>
		(await agents.read('agentV3', 'Keap', parameters, args)).join();

	it('leaves the queue unsent, and says when to try again', async () => {
		limited({ requestsPerMinute: 1, agentsLongestWait: 0.2 });
		expect(await ask(getById, { contact_id: '1' })).toContain('ada@adams.example');
		const [{ error = '' } = {}] = JSON.parse(await ask(getById, { contact_id: '2' })) as Array<{ error?: string }>;
		expect(error).toMatch(/^Not sent\. Keap's minute is used up; try again in \d+ s\.$/);
		const seconds = Number(/(\d+) s/.exec(error)?.[1]);
		expect(seconds).toBeGreaterThan(30);
		expect(seconds).toBeLessThanOrEqual(90);
		expect(agents.sandbox.calls).toHaveLength(1);
	});

	it('says what it had begun of a call of several parts', async () => {
		limited({ requestsPerMinute: 1, agentsLongestWait: 0.2 });
		const text = await ask(create, { email: 'new@agent.example' });
		const id = agents.sandbox.state.contacts.rows.at(-1)?.id;
		expect(text).toMatch(/Not sent\. Keap's minute is used up/);
		expect(text).toContain(`Already carried out for this call, and not to be repeated: POST /crm/rest/v2/contacts (ID ${String(id)})`);
	});

	it('does not wait for midnight, whatever the credential says to workflows', async () => {
		limited({ requestsPerDay: 1, requestsPerMinute: 100_000, dailyQuotaAction: 'wait', agentsLongestWait: 3_600 });
		await ask(getById, { contact_id: '1' });
		expect(await ask(getById, { contact_id: '2' })).toMatch(/daily quota of the Keap key is used up/);
		expect(agents.sandbox.calls).toHaveLength(1);
	});

	it('makes no more calls in one execution than the credential allows to agents', async () => {
		limited({ requestsPerMinute: 100_000, agentsMostCalls: 2 });
		const answers = await agents.read('agentV2', 'Keap', getById, { contact_id: '1' }, { contact_id: '2' }, { contact_id: '3' });
		expect(answers.filter((text) => text.includes('Not sent. The tools of this execution have made the 2 calls'))).toHaveLength(1);
		expect(agents.sandbox.calls).toHaveLength(2);
		// Another execution begins anew.
		expect(await ask(getById, { contact_id: '1' })).toContain('ada@adams.example');
	});
});
