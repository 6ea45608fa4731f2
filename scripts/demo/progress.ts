import diagnostics from 'node:diagnostics_channel';

import { throttlesOfProcess } from '../../nodes/shared/throttle/registry';
import type { QuotaView } from '../../nodes/shared/transport';

/** What went over the wire to one host. */
export interface Traffic {
	calls: number;
	/** Answers 200 to 299 to `POST …/contacts`. */
	contacts: number;
	throttled: number;
	stop(): void;
}

interface Seen {
	request: { origin?: unknown; method: string; path: string };
	response: { statusCode: number };
}

/** Counts answers as undici reports them, so that the demo sees what was really sent, against the sandbox and against Keap alike. */
export function watchTraffic(origin: string): Traffic {
	const channel = 'undici:request:headers';
	const traffic: Traffic = { calls: 0, contacts: 0, throttled: 0, stop: () => diagnostics.unsubscribe(channel, seen) };
	function seen(message: unknown): void {
		const { request, response } = message as Seen;
		if (String(request.origin) !== origin) return;
		traffic.calls += 1;
		if (response.statusCode === 429) traffic.throttled += 1;
		else if (request.method === 'POST' && /\/contacts(\?|$)/.test(request.path) && response.statusCode < 300) traffic.contacts += 1;
	}
	diagnostics.subscribe(channel, seen);
	return traffic;
}

/** The quota as the package's throttle sees it, from the registry that all its copies in this process share. */
export function quotaSeen(): QuotaView | undefined {
	return throttlesOfProcess()[0]?.view();
}

/** One line that is written again and again on a terminal, and now and then elsewhere. */
export function showProgress(line: () => string): () => void {
	const { stdout } = process;
	const every = stdout.isTTY ? 250 : 10_000;
	const write = (): void => {
		stdout.write(stdout.isTTY ? `\r\u001b[2K${line()}` : `${line()}\n`);
	};
	const timer = setInterval(write, every);
	return () => {
		clearInterval(timer);
		write();
		if (stdout.isTTY) stdout.write('\n');
	};
}

/** The least time in seconds that n calls need at 5 a second and 120 a minute. */
export const leastSeconds = (calls: number): number => Math.floor((calls - 1) / 120) * 60 + ((calls - 1) % 120) * 0.2;
