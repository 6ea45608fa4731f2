import { startSandbox } from './';
import { HELP, readCliOptions } from './cliOptions';
import type { RecordedCall } from './types';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function readable(rawQuery: string): string {
	try {
		return decodeURIComponent(rawQuery);
	} catch {
		return rawQuery;
	}
}

function callLine({ method, path, rawQuery, status }: RecordedCall, minuteLeft: number): string {
	return `${status || '---'} ${method.padEnd(6)} ${path}${rawQuery && `?${readable(rawQuery)}`}  (minute left: ${minuteLeft})`;
}

/** Runs the sandbox until Ctrl+C, with one line for each call. */
async function main(): Promise<void> {
	const { help, quiet, key, sandbox: options } = readCliOptions(process.argv.slice(2));
	if (help) {
		say(HELP);
		return;
	}
	const sandbox = await startSandbox({ ...options, onCall: quiet ? undefined : (call, minuteLeft) => say(callLine(call, minuteLeft)) });
	say(`Keap sandbox: ${sandbox.url}\nAPI key:      ${key}\nCtrl+C ends it.\n`);
	const end = async () => {
		const { calls, refused, maxInFlight, connections } = sandbox.stats();
		say(`\n${calls} calls over ${connections} connections, at most ${maxInFlight} at once.`);
		say(
			`Refused: ${refused.second} by the second, ${refused.minute} by the minute, ${refused.day} by the day, ${refused.key} for their key.`,
		);
		await sandbox.close();
	};
	process.once('SIGINT', () => void end());
	process.once('SIGTERM', () => void end());
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nTry --help.\n`);
	process.exitCode = 1;
});
