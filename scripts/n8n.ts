import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from '../test/sandbox';
import { N8nClient } from './n8n/client';
import { installN8n, type Installation } from './n8n/install';
import { linkPackage } from './n8n/links';
import { print } from './n8n/processes';
import { startN8n, type N8nServer } from './n8n/server';
import { importWorkflows, OWNER, putCredential, signIn } from './n8n/setup';
import { DEFAULT_VERSION } from './n8n/versions';

const PROJECT = resolve(__dirname, '..');
const HOME = join(PROJECT, '.n8n-home');
const SANDBOX_KEY = 'sandbox-key';

const HELP = `npm run n8n [-- options]

Starts a full n8n on this machine with the nodes of this package, a sandbox that stands in for Keap,
a credential for it and the workflows of examples/. The first start installs n8n into your cache folder.

  --port <number>      n8n's port (default 5678)
  --version <version>  the n8n to start (default ${DEFAULT_VERSION})
  --fresh              forget what earlier starts stored in .n8n-home/
  --help               this text

Ctrl+C stops n8n and the sandbox. After a change of the nodes: stop, and run it again.`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '5678' },
			version: { type: 'string', default: DEFAULT_VERSION },
			fresh: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return print(HELP);
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 1 || port > 65_535)
		throw new Error(`--port ${values.port} is not a port: give a number from 1 to 65535.`);

	let running: { n8n: N8nServer; sandbox: Sandbox } | undefined = undefined;
	let stopping: Promise<unknown> | undefined;
	const stop = () => {
		// Half a start ends with this process, which takes n8n along.
		if (!running) process.exit(130);
		const { n8n, sandbox } = running;
		return (stopping ??= Promise.all([n8n.stop(), sandbox.close(), print('\nStopping …')]));
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());

	const installation = await installN8n(values.version, print);
	if (values.fresh) await rm(HOME, { recursive: true, force: true });
	const sandbox = await startSandbox({
		onCall: ({ method, path, status }, minuteLeft) => print(`${method.padEnd(6)} ${path}  ${status}  (${minuteLeft} left in this minute)`),
	});
	const n8n = await startWithNodes(installation, port, sandbox);
	running = { n8n, sandbox };
	await n8n.ended;
	if (!stopping) print(`n8n has ended by itself; its log is ${n8n.logFile}`);
	await stop();
}

async function startWithNodes(installation: Installation, port: number, sandbox: Sandbox): Promise<N8nServer> {
	await linkPackage(HOME);
	print(`Starting n8n ${installation.version.version} …`);
	const n8n = await startN8n({ installation, home: HOME, port });
	const client = new N8nClient(n8n.url);
	await signIn(client);
	const credential = await putCredential(client, 'Keap sandbox', 'keapApi', {
		apiKey: SANDBOX_KEY,
		advancedSettings: true,
		baseUrl: sandbox.url,
	});
	const workflows = await importWorkflows(client, join(PROJECT, 'examples'), credential);
	print(`
n8n       ${n8n.url}   (ready in ${(n8n.readyMs / 1000).toFixed(1)} s)
sign in   ${OWNER.email}   ${OWNER.password}
sandbox   ${sandbox.url}   key ${SANDBOX_KEY}   (credential "${credential.name}")
examples  ${workflows.map(({ id, name }) => `${name}: ${n8n.url}/workflow/${id}`).join('\n          ') || 'none yet'}

Calls to the sandbox appear below. Ctrl+C stops both.
`);
	return n8n;
}

main().catch((error: unknown) => {
	process.exitCode = 1;
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	// The sandbox, or half an n8n, may still be open.
	process.exit();
});
