import { execFile, type ChildProcess } from 'node:child_process';
import { dirname, delimiter } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface CommandOptions {
	cwd: string;
	/** Node binary that runs npm and what npm starts. */
	node?: string;
	env?: Record<string, string>;
}

/**
 * Runs npm with the user's own settings (registry, proxy, cache), but without those of the npm that started us:
 * its `ignore-scripts` and prefix belong to this project, and its `--silent` would take away what an error has to say.
 * @returns what npm printed
 * @throws Error with the end of npm's output
 */
export async function npm(args: string[], { cwd, node = process.execPath, env = {} }: CommandOptions): Promise<string> {
	const script = process.env.npm_execpath;
	const [command, ...first] = script?.endsWith('.js') ? [node, script] : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
	const environment = { ...outsideOfNpm(), PATH: pathWith(node), ...env };
	const { stdout } = await execute(command!, [...first, '--loglevel=error', ...args], { cwd, env: environment, maxBuffer: Infinity }).catch(
		({ stderr = '', message }: Error & { stderr?: string }) => {
			const end = (stderr || message).trim().split('\n').slice(-25).join('\n');
			throw new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${end}`);
		},
	);
	return stdout;
}

/** Starts a program that goes on running; its output is the child's `stdout` and `stderr`. */
export function start(command: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): ChildProcess {
	const running = execute(command, args, { ...options, maxBuffer: Infinity });
	// How it ends is seen in the child's events.
	running.catch(() => undefined);
	return running.child;
}

/** PATH on which `node` is the given binary. */
export const pathWith = (node: string) => [dirname(node), process.env.PATH].join(delimiter);

/** One line for the person at the terminal. */
export const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** True when the script runs to its end in the given Node. */
export async function succeeds(node: string, script: string, cwd: string): Promise<boolean> {
	return await execute(node, ['-e', script], { cwd }).then(
		() => true,
		() => false,
	);
}

function outsideOfNpm(): NodeJS.ProcessEnv {
	const own = /^npm_(package_|lifecycle_|command$|config_(ignore_scripts|local_prefix|prefix|global_prefix|noproxy$|node_gyp))/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}
