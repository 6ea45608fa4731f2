import { installN8n } from './install';
import { installNode } from './node';
import { print } from './processes';
import { DEFAULT_VERSION, n8nVersion, PREVIOUS_VERSION } from './versions';

const USAGE = `prepare.ts node   installs the Node that current n8n runs on and prints the path of its binary
prepare.ts n8n    installs every full n8n that the tests start`;

const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** For `.ci/run`: fetches ahead of time what tests would otherwise fetch when they need it. */
async function prepare(what: string | undefined): Promise<void> {
	if (what === 'node') print(await installNode(n8nVersion(DEFAULT_VERSION).nodePackage, complain));
	else if (what === 'n8n') for (const version of [DEFAULT_VERSION, PREVIOUS_VERSION]) await installN8n(version);
	else throw new Error(USAGE);
}

prepare(process.argv[2]).catch((error: unknown) => {
	complain(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
