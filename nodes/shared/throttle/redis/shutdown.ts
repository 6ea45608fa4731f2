import process from 'node:process';
import { processWide } from '../../runtime/processWide';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Calls the listener when the process is told to end. n8n lets its executions go on for its grace time then, and ends by itself;
 * how and when it does stays as it is.
 */
export function onShutdown(listener: () => void): void {
	processWide('shutdown', listen).add(listener);
}

function listen(): Set<() => void> {
	const listeners = new Set<() => void>();
	const ending = (signal: NodeJS.Signals) => {
		// n8n listens once as well: a second signal ends the process at once, and has to go on doing so.
		for (const each of SIGNALS) process.removeListener(each, ending);
		for (const listener of listeners) listener();
		// With nobody else to handle the signal, the process would have ended but for this listener.
		if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
	};
	for (const signal of SIGNALS) process.prependListener(signal, ending);
	return listeners;
}
