import { JOBS } from '../../bench/agent/jobs';
import { costOf, EARLIER } from '../../bench/agent/measure';
import { AgentStage, NEWEST } from '../../bench/agent/stage';
import type { Stage } from './stage';

/** What must hold of AI Agents in every n8n that we support, in each kind of version that this n8n has. */
export function describeAgentChecks(stage: () => Stage): void {
	describe('AI Agents', () => {
		let agents: AgentStage;
		beforeAll(async () => {
			agents = await AgentStage.in(stage().n8n.url, stage().client);
		});
		afterAll(async () => await agents?.close());

		const jobs = JOBS.filter(({ byEarlier }) => byEarlier === true);
		it.each([NEWEST, ...EARLIER].flatMap((version) => jobs.map((job) => [version, job.name, job.meant, job] as const)))(
			'version %s, %s: it is %s, and the model reads why',
			async (version, _name, meant, job) => {
				const { verdict, read } = await costOf(job.keap, agents.sandbox, async (way) => await agents.byAgent(job, way, version));
				expect({ verdict, read }).toEqual({ verdict: meant, read });
			},
		);
	});
}
