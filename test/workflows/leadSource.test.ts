import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, errorText, keapForEachTest, onlyBody, writes } from './helpers';

const marketing = { type: 'n8n-nodes-keap.keapMarketing' };
const SOURCES = '/crm/rest/v2/leadSources';

describe('lead sources', () => {
	const keap = keapForEachTest();
	const ask = async (resource: string, operation: string, parameters: INodeParameters = {}, items: IDataObject[] = [{}]) =>
		await keap().output({ resource, operation, ...parameters }, items, marketing);
	const refusal = async (resource: string, operation: string, parameters: INodeParameters): Promise<string> =>
		errorText(await keap().run({ resource, operation, ...parameters }, [{}], marketing));
	const expense = async (parameters: INodeParameters, of = 801) =>
		(await ask('leadSourceExpense', 'create', { leadSourceId: byId(of), ...parameters }))[0] as IDataObject;

	it('are made with a category, narrowed by range and beginning, and changed field by field', async () => {
		const [category] = await ask('leadSourceCategory', 'create', { name: 'Fairs' });
		const more = { leadSourceCategoryId: byId(String(category?.id)), startTime: '2026-01-01T00:00:00Z', vendor: 'Town' };
		const [made] = await ask('leadSource', 'create', { name: 'Spring Fair', additionalFields: more });
		const id = String(made?.id);
		expect(await ask('leadSource', 'getAll', { filters: { name: 'Spring*', idAtLeast: id, idAtMost: id } })).toEqual([
			expect.objectContaining({ id, name: 'Spring Fair', lead_source_category_id: category?.id, vendor: 'Town' }),
		]);
		await ask('leadSource', 'update', { leadSourceId: byId(id), updateFields: { medium: 'Fair', fieldsToClear: ['vendor'] } });
		expect(writes(keap()).at(-1)).toMatchObject({ query: { update_mask: 'medium,vendor' }, body: { medium: 'Fair' } });
		expect(keap().sandbox.state.leadSources.get(id)).toMatchObject({ name: 'Spring Fair', medium: 'Fair' });
		expect(keap().sandbox.state.leadSources.get(id)).not.toHaveProperty('vendor');
	});

	it('that would end before they start are refused before a call', async () => {
		const period = { startTime: '2026-02-01T00:00:00Z', endTime: '2026-01-01T00:00:00Z' };
		expect(await refusal('leadSource', 'create', { name: 'Fair', additionalFields: period })).toMatch(/^End Time is before Start Time/);
		expect(
			await refusal('leadSourceRecurringExpense', 'create', { leadSourceId: byId(801), amount: '5', additionalFields: period }),
		).toMatch(/^End Time is before Start Time/);
		expect(keap().newCalls()).toEqual([]);
	});

	it('that share the name of a category get the words of Keap', async () => {
		await ask('leadSourceCategory', 'create', { name: 'Fairs' });
		expect(await refusal('leadSourceCategory', 'create', { name: 'Fairs' })).toMatch(/there is a category Fairs already/);
	});

	it('have expenses in decimals, which Keap is sent in cents', async () => {
		expect(await expense({ amount: '225.50', title: 'Stand' })).toMatchObject({ lead_source_id: '801', title: 'Stand' });
		expect(onlyBody(keap())).toEqual({ amount: 22550, title: 'Stand' });
		const all = { returnAll: true, leadSourceOrAllId: byId(801) };
		expect(await ask('leadSourceExpense', 'getAll', { ...all, filters: { amount: '225.5' } })).toMatchObject([
			{ amount: 225.5, currency_code: 'USD' },
		]);
		expect(keap().sandbox.calls.at(-1)?.query.filter).toBe('amount==22550');
		expect(await refusal('leadSourceExpense', 'create', { leadSourceId: byId(801), amount: '225.505' })).toMatch(
			/Amount has more decimals/,
		);
	});

	it('list their expenses one by one or all together', async () => {
		await expense({ amount: '1' });
		await expense({ amount: '2' }, 802);
		const list = async (which: string) =>
			(await ask('leadSourceExpense', 'getAll', { leadSourceOrAllId: byId(which), options: { orderBy: 'amount asc' } })).map(
				({ amount }) => amount,
			);
		expect(await list('802')).toEqual([2]);
		expect(await list('-')).toEqual([1, 2]);
		expect(keap().newCalls().slice(-2)).toEqual([`GET ${SOURCES}/802/expenses`, `GET ${SOURCES}/-/expenses`]);
		// A single one needs its own lead source.
		expect(await refusal('leadSourceExpense', 'get', { leadSourceId: byId('={{ "-" }}'), expenseId: byId(1) })).toMatch(
			/Keap has no lead source with the name "-"/,
		);
	});

	it('have recurring expenses, and what came of them', async () => {
		const [monthly] = await ask('leadSourceRecurringExpense', 'create', { leadSourceId: byId(801), amount: '50', title: 'Posters' });
		const of = { leadSourceId: byId(801), recurringExpenseId: byId(String(monthly?.id)) };
		expect(await ask('leadSourceRecurringExpense', 'get', of)).toMatchObject([{ title: 'Posters', amount: 50, currency_code: 'USD' }]);
		keap().sandbox.state.collection('/crm/rest/v2/leadSourceExpenses').add({
			title: 'Posters in May',
			amount: 5000,
			lead_source_id: '801',
			lead_source_recurring_expense_id: monthly?.id,
		});
		expect(await ask('leadSourceRecurringExpense', 'getExpenses', of)).toMatchObject([{ title: 'Posters in May', amount: 50 }]);
	});
});
