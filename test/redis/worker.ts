/**
 * A process with calls to make, as an n8n worker has: started by `workers.ts`, which writes its commands to its input.
 * Its wall clock may be wrong on purpose.
 */
import { LoggerProxy } from 'n8n-workflow';
import { keapRequest } from '../../nodes/shared/transport';
import { executeContext } from '../support/context';
import { takeOrders } from './takeOrders';

const skew = Number(process.env.CLOCK_SKEW_MS ?? 0);
const now = Date.now.bind(Date);
Date.now = () => now() + skew;

// As n8n does it: executions go on for a while, then the process ends by itself.
const grace = process.env.GRACE_MS;
if (grace !== undefined) process.once('SIGTERM', () => setTimeout(() => process.exit(7), Number(grace)));

takeOrders(({ name, credentials }, { warnings }) => {
	const keep = (text: string) => void warnings.push(text);
	LoggerProxy.init({ error: keep, warn: keep, info: () => undefined, debug: () => undefined, verbose: () => undefined } as never);
	const context = executeContext({ credentials, executionId: name });
	return async (call) =>
		void (await keapRequest(context, { method: 'GET', path: '/crm/rest/v2/contacts', query: { filter: `given_name==${call}` } }));
});
