/** Calls a server that proves nothing, by every way that the key may take; prints for each whether the server was reached. */
import { once } from 'node:events';

import { Agent, createServer, get } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { authenticateKeapRequest } from '../../nodes/shared/credential/authenticate';
import { keapRequest } from '../../nodes/shared/transport';
import { closeConnections } from '../../nodes/shared/transport/http/dispatchers';
import { selfSigned } from '../support/certificate';
import { executeContext } from '../support/context';
import { startServer } from './server';

async function main(): Promise<void> {
	const calls: string[] = [];
	const stranger = createServer(selfSigned('localhost'), ({ url = '' }, response) => {
		calls.push(url);
		response.end('{}');
	}).listen(0, '127.0.0.1');
	await once(stranger, 'listening');
	const { port } = stranger.address() as AddressInfo;
	const origin = `https://localhost:${port}`;
	const proxy = await startServer();
	proxy.server.on('connect', (_request, socket) => {
		const onward = connect(port, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connected\r\n\r\n');
			onward.pipe(socket).pipe(onward);
		});
		for (const end of [onward, socket]) end.on('error', () => end.destroy());
	});

	const ours = async (apiKey: string): Promise<string> =>
		await keapRequest(executeContext({ credentials: { apiKey, baseUrl: origin } }), { method: 'GET', path: '/crm/rest/v2/contacts' }).then(
			() => 'answered',
			({ message }: Error) => message,
		);
	/** As n8n sends it: with an agent of the options that come from the credential. */
	const n8n = async (): Promise<string> => {
		const url = `${origin}/crm/rest/v2/contacts`;
		const { agentOptions, headers } = await authenticateKeapRequest({ apiKey: 'c'.repeat(24), baseUrl: origin }, { url });
		return await new Promise((resolve) => {
			get(url, { agent: new Agent(agentOptions), headers: headers as Record<string, string> }, () => resolve('answered')).on(
				'error',
				({ message }) => resolve(message),
			);
		});
	};
	const direct = await ours('a'.repeat(24));
	process.env.HTTPS_PROXY = proxy.origin;
	await closeConnections();
	const throughProxy = await ours('b'.repeat(24));
	delete process.env.HTTPS_PROXY;
	process.stdout.write(JSON.stringify({ direct, throughProxy, n8n: await n8n(), calls }));
	await closeConnections();
	stranger.closeAllConnections();
	stranger.close();
	await proxy.close();
}

void main();
