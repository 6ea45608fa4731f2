/**
 * A process with calls to make, as an n8n worker has: started by `workers.ts`, which writes its commands to its input.
 * Its wall clock may be wrong on purpose.
 */
import { createInterface } from 'node:readline';
import { LoggerProxy } from 'n8n-workflow';
import { keapRequest } from '../../nodes/shared/transport';
import { executeContext } from '../support/context';
import type { Orders, Report } from './workers';

const skew = Number(process.env.CLOCK_SKEW_MS ?? 0);
const now = Date.now.bind(Date);
Date.now = () => now() + skew;

// As n8n does it: executions go on for a while, then the process ends by itself.
const grace = process.env.GRACE_MS;
if (grace !== undefined) process.once('SIGTERM', () => setTimeout(() => process.exit(7), Number(grace)));

const orders = createInterface({ input: process.stdin });
orders.on('line', (line) => void work(JSON.parse(line) as Orders));
// Whoever ordered it is gone.
orders.on('close', () => process.exit(0));
say({ ready: true });

function say(what: object): void {
	process.stdout.write(`${JSON.stringify(what)}\n`);
}

async function work({ calls, name, credentials, spreadMs }: Orders): Promise<void> {
	const report: Report = { delivered: 0, failures: [], warnings: [], longest: 0 };
	const keep = (text: string) => void report.warnings.push(text);
	LoggerProxy.init({ error: keep, warn: keep, info: () => undefined, debug: () => undefined, verbose: () => undefined } as never);
	const context = executeContext({ credentials, executionId: name });
	await Promise.all(
		Array.from({ length: calls }, async (_, call) => {
			if (spreadMs) await new Promise((resolve) => setTimeout(resolve, call * spreadMs));
			const from = performance.now();
			const query = { filter: `given_name==${name}-${call}` };
			await keapRequest(context, { method: 'GET', path: '/crm/rest/v2/contacts', query }).then(
				() => report.delivered++,
				(error: unknown) => report.failures.push(error instanceof Error ? error.message : String(error)),
			);
			report.longest = Math.max(report.longest, performance.now() - from);
		}),
	);
	say(report);
}
