import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { rowOf } from '../../nodes/KeapAdmin/resources/account/runReport';
import { byId, errorText, keapForEachTest, times } from './helpers';

const REPORTS = '/crm/rest/v2/reporting/reports';
const admin = { type: 'n8n-nodes-keap.keapAdmin' };

describe('reports', () => {
	const keap = keapForEachTest();
	const report = async (operation: string, parameters: INodeParameters = {}): Promise<IDataObject[]> =>
		await keap().output({ resource: 'report', operation, ...parameters }, [{}], admin);

	it('are listed, by name too, and read', async () => {
		expect((await report('getAll', { options: { orderBy: 'name desc' } })).map(({ name }) => name)).toEqual([
			'Orders of the week',
			'Newsletter readers',
		]);
		expect(await report('getAll', { filters: { name: 'Newsletter readers' } })).toMatchObject([{ id: '1' }]);
		expect(await report('get', { reportId: byId(2) })).toMatchObject([{ name: 'Orders of the week' }]);
		expect(await report('getColumns', { reportId: byId(1) })).toContainEqual({ name: 'first_name', label: 'First Name' });
	});

	it('run as one item for each row, two columns of one name both kept', async () => {
		expect(await report('run', { reportId: byId(2), returnAll: true, options: { orderByColumn: 'order_id DESC' } })).toEqual([
			{ order_id: 'Order Id 2.1', total: 'Total 2.2', 'total (2)': 'Total 2.3' },
			{ order_id: 'Order Id 1.1', total: 'Total 1.2', 'total (2)': 'Total 1.3' },
		]);
		const some = await report('run', { reportId: byId(1), limit: 1, options: { columns: 'email, id' } });
		expect(some).toEqual([{ id: 'Id 1.1', email: 'Email 1.3' }]);
		expect(keap().sandbox.calls.at(-1)?.query).toEqual({ fields: 'email,id', page_size: '1' });
	});

	it('are read to the end, page by page', async () => {
		const store = keap().sandbox.state.collection(REPORTS);
		const row = (index: number) => [{ field_name: 'id', value: String(index) }];
		const { id } = store.add({
			name: 'Long',
			columns: [{ name: 'id', label: 'Id' }],
			rows: Array.from({ length: 2500 }, (_, i) => row(i)),
		});
		const rows = await report('run', { reportId: byId(id), returnAll: true });
		expect(rows.map((one) => one.id)).toEqual(Array.from({ length: 2500 }, (_, index) => String(index)));
		expect(keap().newCalls()).toEqual(times(3, `POST ${REPORTS}/${id}:run`));
		expect(await report('run', { reportId: byId(id), limit: 1001 })).toHaveLength(1001);
		expect(keap().newCalls()).toHaveLength(2);
	});

	it('are asked for again after an error that passes, since running one changes nothing', async () => {
		keap().sandbox.fault({ method: 'POST' }, { kind: 'status', status: 503 });
		expect(await report('run', { reportId: byId(1) })).toHaveLength(3);
		expect(keap().newCalls()).toEqual(times(2, `POST ${REPORTS}/1:run`));
	});

	it('say of a run that failed for good nothing about what it may have changed', async () => {
		keap().sandbox.fault({ method: 'POST', times: Infinity }, { kind: 'status', status: 500 });
		const text = errorText(await keap().run({ resource: 'report', operation: 'run', reportId: byId(1) }, [{}], admin));
		expect(text).not.toMatch(/carried out/i);
		expect(keap().newCalls()).toEqual(times(2, `POST ${REPORTS}/1:run`));
	});

	it('go on where Keap names the next page as its other lists do', async () => {
		const page = (value: string, more: object) => JSON.stringify({ results: [{ columns: [{ field_name: 'id', value }] }], ...more });
		keap().sandbox.fault({}, { kind: 'status', status: 200, body: page('1', { next_page_token: 'a' }) });
		keap().sandbox.fault({}, { kind: 'status', status: 200, body: page('2', {}) });
		expect(await report('run', { reportId: byId(1), returnAll: true })).toEqual([{ id: '1' }, { id: '2' }]);
	});

	it('end where Keap sends the same page again', async () => {
		const body = JSON.stringify({ results: [{ columns: [{ field_name: 'id', value: '1' }] }], page_token: 'again' });
		keap().sandbox.fault({ method: 'POST', times: Infinity }, { kind: 'status', status: 200, body });
		await expect(report('run', { reportId: byId(1), returnAll: true })).rejects.toThrow(/the same page of the report again/);
		expect(keap().newCalls()).toHaveLength(2);
	});

	it('refuse an order that is none before a call', async () => {
		const given = { resource: 'report', operation: 'run', reportId: byId(1), options: { orderByColumn: 'id, name' } };
		expect(errorText(await keap().run(given, [{}], admin))).toMatch(/Order By is not a column/);
		expect(keap().newCalls()).toEqual([]);
	});
});

test('a column keeps the name that another one would be numbered with', () => {
	const column = (name: string, value: string) => ({ field_name: name, value });
	expect(rowOf([column('total', 'a'), column('total', 'b'), column('total (2)', 'c'), column('total', 'd')])).toEqual({
		total: 'a',
		'total (3)': 'b',
		'total (2)': 'c',
		'total (4)': 'd',
	});
});
