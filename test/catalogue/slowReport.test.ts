import type { KeapContext, KeapRequest } from '../../nodes/shared/transport';
import { runReport } from '../../nodes/KeapAdmin/resources/account/runReport';
import { executeContext } from '../support/context';

const asked: KeapRequest[] = [];

// What is looked at is how long the request may take, which no test can wait for.
jest.mock('../../nodes/shared/transport', () => ({
	...jest.requireActual<object>('../../nodes/shared/transport'),
	keapRequest: async (_context: KeapContext, request: KeapRequest) => {
		asked.push(request);
		return await Promise.resolve({ status: 200, headers: {}, body: { results: [], page_token: asked.length < 2 ? 'more' : '' } });
	},
}));

test('a report may take Keap minutes, on each of its pages', async () => {
	const operation = { method: 'POST', path: '/crm/rest/v2/reporting/reports/{report_id}:run', fields: [], reads: true };
	const call = { item: 0, pathParams: { report_id: '1' }, query: {}, body: {}, values: { returnAll: true }, operation };
	const work = { context: executeContext({}), signal: new AbortController().signal };
	await runReport(work as unknown as Parameters<typeof runReport>[0], call as unknown as Parameters<typeof runReport>[1]);
	expect(asked.map(({ timeoutMs }) => timeoutMs)).toEqual([600_000, 600_000]);
});
