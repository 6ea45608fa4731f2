import { createInterface } from 'node:readline';
import type { Orders, Report } from './workers';

/** Makes one call, which has this name, and resolves once it was delivered. */
export type Make = (call: string) => Promise<void>;

/**
 * Makes this process one of those that `workers.ts` starts: orders come in as a line of JSON, the report goes out as one.
 *
 * @param begin called for each order; gives what makes its calls
 */
export function takeOrders(begin: (orders: Orders, report: Report) => Make | Promise<Make>): void {
	const lines = createInterface({ input: process.stdin });
	lines.on('line', (line) => void work(JSON.parse(line) as Orders, begin));
	// Whoever ordered it is gone.
	lines.on('close', () => process.exit(0));
	say({ ready: true });
}

async function work(orders: Orders, begin: Parameters<typeof takeOrders>[0]): Promise<void> {
	const report: Report = { delivered: 0, failures: [], warnings: [], longest: 0 };
	const make = await begin(orders, report);
	const { name, calls, spreadMs } = orders;
	await Promise.all(
		Array.from({ length: calls }, async (_, call) => {
			if (spreadMs) await new Promise((resolve) => setTimeout(resolve, call * spreadMs));
			const from = performance.now();
			await make(`${name}-${call}`).then(
				() => report.delivered++,
				(error: unknown) => report.failures.push(error instanceof Error ? error.message : String(error)),
			);
			report.longest = Math.max(report.longest, performance.now() - from);
		}),
	);
	say(report);
}

function say(what: object): void {
	process.stdout.write(`${JSON.stringify(what)}\n`);
}
