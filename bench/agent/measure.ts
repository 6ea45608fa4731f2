import { getEncoding } from 'js-tiktoken';

import { JOBS, type Job, type Verdict, type Way } from './jobs';
import { AgentStage, type Read } from './stage';

/** What a job has cost one way. */
export interface Cost {
	readonly verdict: Verdict;
	/** Calls to the service. */
	readonly calls: number;
	/** Tokens of the tools, each time that the model is asked. */
	readonly schema: number;
	/** Tokens of all answers of the tools together. */
	readonly answers: number;
	/** What the tools answered, for whoever looks for the reason. */
	readonly read: readonly string[];
}

/** Earlier versions of n8n's AI Agent that workflows still have, one of each kind. */
export const EARLIER = [2.2, 1.7] as const;

/** A job, as each of the three did it. */
export interface Outcome {
	readonly job: Job;
	readonly agent: Cost;
	readonly mcp: Cost;
	/** By the earlier versions of the AI Agent, where the job is given to them: in the order of `EARLIER`. */
	readonly earlier?: readonly Cost[];
	/** What n8n's Pipedrive node did; or why it can't. */
	readonly pipedrive: Cost | string;
}

/** As OpenAI's models of 2024 and later count; other models differ by a few in a hundred. */
const encoding = getEncoding('o200k_base');
const tokens = (text: string): number => encoding.encode(text).length;

/** A service that a job is done in. */
interface Service {
	reset(): void;
	readonly calls: readonly unknown[];
}

/** Does a job in a service that is emptied before, and reckons what it has cost. */
export async function costOf<S extends Service>(way: Way<S>, service: S, doIt: (way: Way<never>) => Promise<Read>): Promise<Cost> {
	service.reset();
	way.before?.(service);
	const read = await doIt(way as Way<never>);
	return {
		verdict: way.verdict(read, service),
		calls: service.calls.length,
		schema: tokens(read.tools),
		answers: read.answers.reduce((sum, answer) => sum + tokens(answer), 0),
		read: read.answers,
	};
}

/** Lets the agent, an MCP client and an agent with n8n's Pipedrive node do every job, one after the other. */
export async function measureJobs(say: (line: string) => void): Promise<Outcome[]> {
	const stage = await AgentStage.open();
	try {
		const outcomes: Outcome[] = [];
		for (const job of JOBS) {
			const { keap, pipedrive } = job;
			const agent = await costOf(keap, stage.sandbox, async (way) => await stage.byAgent(job, way));
			const mcp = await costOf(keap, stage.sandbox, async (way) => await stage.byMcp(job, way));
			const other =
				typeof pipedrive === 'string'
					? pipedrive
					: await costOf(pipedrive, stage.pipedrive, async (way) => await stage.byAgent({ ...job, ask: `${job.ask} (Pipedrive)` }, way));
			const earlier: Cost[] = [];
			for (const version of job.byEarlier === true ? EARLIER : [])
				earlier.push(await costOf(keap, stage.sandbox, async (way) => await stage.byAgent(job, way, version)));
			outcomes.push({ job, agent, mcp, pipedrive: other, ...(earlier.length > 0 && { earlier }) });
			say(`${job.name}: ${agent.verdict}, by MCP ${mcp.verdict}, by Pipedrive ${typeof other === 'string' ? other : other.verdict}`);
		}
		return outcomes;
	} finally {
		await stage.close();
	}
}
