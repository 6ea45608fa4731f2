import { catalogueNodes, rowsOf, type Row, variantLabel, withVariants } from '../catalogue/nodes';
import { allFields } from '../catalogue/contract/samples';
import { startAgent, type Agent, type Reply } from '../support/agent';
import { expectArrival } from './agent/arrived';
import { givenTo, type Given } from './agent/given';
import { furnish } from './agent/records';
import { OWN_PATH, REFUSED, UNSENT } from './agent/values';

const nodes = catalogueNodes.map(({ name }) => name);
type Line = [node: string, label: string, row: Row];
const lines = catalogueNodes.flatMap((node) => withVariants(rowsOf(node)).map((row): Line => [node.name, variantLabel(row), row]));
const without = (table: object): Line[] => lines.filter(([, label]) => !(label in table));
const of = (table: object): Line[] => lines.filter(([, label]) => label in table);
const clearing = lines.filter(([, , { operation }]) =>
	allFields(operation.fields).some(({ property }) => property.name === 'fieldsToClear'),
);

describe('an AI agent that gives every parameter by $fromAI', () => {
	let agent: Agent;
	/** What the agent read of each tool before it chose, by `Keap contact: create`. */
	const seen = new Map<string, Reply>();
	beforeAll(async () => {
		agent = await startAgent(nodes);
	});
	afterAll(async () => await agent.close());
	beforeEach(() => {
		agent.sandbox.reset();
		furnish(agent.sandbox.state);
	});

	async function ask(node: string, { parameters, answers }: Given): Promise<Reply> {
		const [reply] = await agent.ask(node, parameters, answers);
		if (reply === undefined) throw new Error('The agent got no reply');
		return reply;
	}

	/** The operation with the path that the agent gives, where it has none of its own. */
	const placed = ({ label, operation }: Row): Row['operation'] =>
		operation.path === '' ? { ...operation, path: OWN_PATH[label] ?? '' } : operation;

	it.each(without({ ...UNSENT, ...REFUSED }))('%s, %s: what it gives arrives where it belongs', async (node, _label, row) => {
		const given = givenTo(row, agent.sandbox.state);
		const reply = await ask(node, given);
		expectArrival(placed(row), given.fields, agent.sandbox.calls);
		expect(reply.answer).toEqual(expect.any(Array));
		// The variants of a row are one tool.
		seen.set(`${node} ${row.label}`, reply);
	});

	it.each(of(REFUSED))('%s, %s: gets the reason why Keap refused what arrived', async (node, label, row) => {
		const given = givenTo(row, agent.sandbox.state);
		await expect(ask(node, given)).rejects.toThrow(REFUSED[label]);
		expectArrival(row.operation, given.fields, agent.sandbox.calls);
	});

	it.each(of(UNSENT))('%s, %s: gets what to do instead, and no call is spent', async (node, label, row) => {
		await expect(ask(node, givenTo(row, agent.sandbox.state))).rejects.toThrow(UNSENT[label]);
		expect(agent.sandbox.calls).toEqual([]);
	});

	it.each(clearing)('%s, %s: clears the fields that it names', async (node, _label, row) => {
		const given = givenTo(row, agent.sandbox.state, ['fieldsToClear']);
		await ask(node, given);
		const names = given.fields.flatMap(({ field, raw }) => (field.property.name === 'fieldsToClear' ? (raw as string[]) : []));
		expect(names).not.toEqual([]);
		const call = agent.sandbox.calls.find(({ method }) => method === row.operation.method);
		// Where Keap takes a record only whole, what is not sent is cleared.
		if (row.operation.mask !== true) expect(Object.keys(call?.body as object)).not.toEqual(expect.arrayContaining(names));
		else expect(call?.query.update_mask?.split(',')).toEqual(expect.arrayContaining(names));
	});

	it('reads of each tool what it does, in words that fit no other tool of the node', () => {
		for (const node of nodes) {
			const texts = [...seen].filter(([label]) => label.startsWith(`${node} `)).map(([, { description }]) => description);
			expect(texts).not.toEqual([]);
			expect(texts.filter((text, index) => !/\w+ \w+/.test(text) || texts.indexOf(text) !== index)).toEqual([]);
		}
	});

	it('reads of each value what it is', () => {
		const bare = [...seen].flatMap(([label, { hints }]) =>
			Object.entries(hints)
				.filter(([, hint]) => hint.trim() === '')
				.map(([name]) => `${label}: ${name}`),
		);
		expect(bare).toEqual([]);
	});
});
