import { JOBS } from '../../bench/agent/jobs';
import { EARLIER, measureJobs, type Outcome } from '../../bench/agent/measure';

jest.setTimeout(600_000);

describe('the jobs of an agent, in a full n8n', () => {
	let outcomes: Outcome[];
	beforeAll(async () => {
		outcomes = await measureJobs(() => undefined);
	});

	const of = (name: string): Outcome => {
		const found = outcomes.find(({ job }) => job.name === name);
		if (found === undefined) throw new Error(`${name} was not measured`);
		return found;
	};

	it.each(JOBS.map(({ name, meant }) => [name, meant] as const))('%s: the AI Agent has it %s', (name, meant) => {
		const { agent } = of(name);
		expect({ verdict: agent.verdict, read: agent.read }).toEqual({ verdict: meant, read: agent.read });
	});

	it.each(JOBS.map(({ name, meant, meantByMcp = meant }) => [name, meantByMcp] as const))('%s: an MCP client has it %s', (name, meant) => {
		const { mcp } = of(name);
		expect({ verdict: mcp.verdict, read: mcp.read }).toEqual({ verdict: meant, read: mcp.read });
	});

	const byEarlier = JOBS.filter((job) => job.byEarlier === true);
	it.each(EARLIER.flatMap((version, index) => byEarlier.map(({ name, meant }) => [version, name, meant, index] as const)))(
		'by AI Agent %s, %s: it is %s, and the model reads what the newest one reads',
		(_version, name, meant, index) => {
			const { agent, earlier = [] } = of(name);
			expect(earlier[index]?.verdict).toBe(meant);
			// IDs and moments differ from run to run.
			const alike = (read: readonly string[] = []) => read.map((text) => text.replace(/\d+/g, '0'));
			expect(alike(earlier[index]?.read)).toEqual(alike(agent.read));
		},
	);

	it('cost few calls, and few tokens', () => {
		expect(outcomes.filter(({ agent }) => agent.calls > 9).map(({ job }) => job.name)).toEqual([]);
		expect(outcomes.filter(({ agent }) => agent.schema > 200 || agent.answers > 500).map(({ job }) => job.name)).toEqual([]);
	});
});
