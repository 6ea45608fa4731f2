import type { INodeParameters } from 'n8n-workflow';

import { byId, errorsOf, keapForEachTest, on, onlyBody, times, writes } from './helpers';

const opportunity = on('opportunity');
const stage = on('opportunityStage');
const PATH = '/crm/rest/v2/opportunities';
const custom = (value: INodeParameters): INodeParameters => ({
	setCustomFields: true,
	customFields: { mappingMode: 'defineBelow', value },
});

describe('opportunity', () => {
	const keap = keapForEachTest();
	const store = () => keap().sandbox.state.collection(PATH);
	const add = (title: string, more = {}) =>
		store().add({ opportunity_title: title, contact_id: '1', stage_id: '91', user_id: '9001', ...more }).id;

	it('is created for a contact in a stage, and read flat', async () => {
		await keap().output(
			opportunity('create', {
				opportunityTitle: 'Wedding cake',
				contactId: byId(1),
				stageId: byId(91),
				...custom({ Budget: '900' }),
				additionalFields: { projectedRevenueLow: 500, projectedRevenueHigh: 900.5, userId: byId(9002), nextActionTime: '2026-03-01' },
			}),
		);
		expect(onlyBody(keap())).toEqual({
			opportunity_title: 'Wedding cake',
			contact_id: '1',
			stage_id: '91',
			user_id: '9002',
			projected_revenue_low: 500,
			projected_revenue_high: 900.5,
			next_action_time: '2026-03-01T05:00:00.000Z',
			custom_fields: [{ id: '51', content: 900 }],
		});
		const [flat] = await keap().output(opportunity('get', { opportunityId: byId(6001), output: 'simplified' }));
		expect(flat).toMatchObject({
			id: '6001',
			stage_id: '91',
			stage_name: 'New',
			contact_id: '1',
			contact_name: 'Ada Adams',
			contact_email: 'ada@adams.example',
			user_name: 'Marc Vidal',
			custom_fields: { Budget: 900 },
		});
		const [whole] = await keap().output(opportunity('get', { opportunityId: byId(6001), output: 'raw' }));
		expect(whole).toMatchObject({ contact: { id: '1' }, stage: { id: '91' }, created_by: '9001' });
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no stage', { stageId: byId('={{ $json.missing }}') }, /Stage is empty/],
		[
			'more at least than at most',
			{ stageId: byId(91), additionalFields: { projectedRevenueLow: 2, projectedRevenueHigh: 1 } },
			/Projected Revenue \(Low\) is more than/,
		],
		['a negative amount', { stageId: byId(91), additionalFields: { projectedRevenueLow: -1 } }, /must be 0 or more/],
	])('refuses %s before a call is spent', async (_what, parameters, message) => {
		await expect(keap().output(opportunity('create', { opportunityTitle: 'x', contactId: byId(1), ...parameters }))).rejects.toThrow(
			message,
		);
		expect(keap().newCalls()).toEqual([]);
	});

	it('moves to another stage with one call, and Keap remembers the move', async () => {
		const ids = [add('A'), add('B')];
		await keap().output(
			opportunity('moveStage', { opportunityId: byId('={{ $json.id }}'), stageId: byId(92) }),
			ids.map((id) => ({ id })),
		);
		expect(writes(keap()).map(({ body, query }) => [body, query.update_mask])).toEqual(
			times(2, '').map(() => [{ stage_id: '92' }, 'stage_id']),
		);
		expect(ids.map((id) => store().get(id)?.stage_id)).toEqual(['92', '92']);
		const moves = await keap().output(opportunity('getStageMoves', { returnAll: true, filters: { opportunityId: byId(ids[1] ?? '') } }));
		expect(moves).toEqual([expect.objectContaining({ opportunity_id: ids[1], move_from_stage_id: '91', move_to_stage_id: '92' })]);
		expect(await keap().output(opportunity('getStageMove', { stageMoveId: byId(String(moves[0]?.id)) }))).toEqual(moves);
		const { results } = await keap().engine.listSearch({ parameters: opportunity('getAll') }, 'searchStageMoves', ids[0]);
		expect(results.map(({ name }) => name)).toEqual([expect.stringContaining(`opportunity ${ids[0] ?? ''}`)]);
	});

	it('is read 100 in a call; an unknown one fails alone', async () => {
		const ids = Array.from({ length: 130 }, (_unused, index) => add(`O${index}`));
		const output = await keap().output(
			opportunity('get', { opportunityId: byId('={{ $json.id }}'), output: 'raw' }),
			[...ids, '77'].map((id) => ({ id })),
			{ onError: 'continueRegularOutput' },
		);
		expect(keap().newCalls()).toEqual([...times(2, `GET ${PATH}`), `GET ${PATH}/77`]);
		expect(output.slice(0, 130).map(({ id }) => id)).toEqual(ids);
		expect(errorsOf(output.slice(130))).toEqual(['Keap has no opportunity with the ID 77']);
	});

	it.each<[string, INodeParameters, string[]]>([
		['by stage', { stageId: byId(93) }, ['Small']],
		['by contact', { contactId: byId(2) }, ['Big']],
		['by title', { opportunityTitle: 'S*' }, ['Small']],
		['by revenue', { revenueHighAtLeast: 1_000 }, ['Big']],
		['by both bounds', { revenueHighAtLeast: 10, revenueLowAtMost: 100 }, ['Small']],
	])('is listed %s', async (_what, filters, titles) => {
		add('Small', { stage_id: '93', projected_revenue_low: 50, projected_revenue_high: 100 });
		add('Big', { contact_id: '2', projected_revenue_low: 5_000, projected_revenue_high: 9_000 });
		expect(
			(await keap().output(opportunity('getAll', { returnAll: true, output: 'simplified', filters }))).map(
				({ opportunity_title: title }) => title,
			),
		).toEqual(titles);
	});

	it('is updated in what is given only, and deleted', async () => {
		const id = add('Old', { opportunity_notes: 'x', custom_fields: [{ id: '52', content: 'Mill' }] });
		await keap().output(
			opportunity('update', {
				opportunityId: byId(id),
				...custom({ Budget: 1 }),
				updateFields: { opportunityTitle: 'New', fieldsToClear: ['user_id'] },
			}),
		);
		expect(writes(keap())[0]?.query.update_mask?.split(',').sort()).toEqual(['custom_fields', 'opportunity_title', 'user_id']);
		expect(store().get(id)).toMatchObject({
			opportunity_title: 'New',
			opportunity_notes: 'x',
			custom_fields: [
				{ id: '52', content: 'Mill' },
				{ id: '51', content: 1 },
			],
		});
		expect(await keap().output(opportunity('delete', { opportunityId: byId(id) }))).toEqual([{ deleted: true }]);
	});

	it('is found in the list by title, its stage by name', async () => {
		add('Wedding cake');
		expect((await keap().engine.listSearch({ parameters: opportunity('getAll') }, 'searchOpportunities', 'wed')).results).toEqual([
			{ name: 'Wedding cake', value: '6001' },
		]);
		expect((await keap().engine.listSearch({ parameters: opportunity('getAll') }, 'searchOpportunityStages', 'tas')).results).toEqual([
			{ name: 'Tasting', value: '92' },
		]);
	});
});

describe('opportunity stage', () => {
	const keap = keapForEachTest();
	const item = (description: string, more = {}) => ({ description, order: 1, required: true, ...more });

	it('is created with its numbers and checklist', async () => {
		const [made] = await keap().output(
			stage('create', {
				name: 'Offer',
				order: 4,
				probability: 70,
				targetNumberDays: 5,
				additionalFields: { checklistItems: { entries: [item('Send offer')] } },
			}),
		);
		expect(onlyBody(keap())).toEqual({
			name: 'Offer',
			order: 4,
			probability: 70,
			target_number_days: 5,
			checklist_items: [{ description: 'Send offer', order: 1, required: true }],
		});
		expect(made).toMatchObject({ id: '94', name: 'Offer' });
	});

	it.each<[string, INodeParameters, RegExp]>([
		['a probability over 100', { name: 'x', probability: 101 }, /Probability \(%\) must be 100 or less/],
		['half a day', { name: 'x', targetNumberDays: 1.5 }, /Target Days must be a whole number/],
		[
			'an item without a text',
			{ name: 'x', additionalFields: { checklistItems: { entries: [item('')] } } },
			/Checklist Item 1 > Description is empty/,
		],
	])('refuses %s', async (_what, parameters, message) => {
		await expect(keap().output(stage('create', parameters))).rejects.toThrow(message);
		expect(keap().newCalls()).toEqual([]);
	});

	it('is read, listed, changed and deleted', async () => {
		expect(await keap().output(stage('get', { stageId: byId(92) }))).toEqual([
			expect.objectContaining({ name: 'Tasting', probability: 50 }),
		]);
		await keap().output(stage('update', { stageId: byId(92), updateFields: { probability: 60 } }));
		expect(writes(keap())[0]).toMatchObject({ body: { probability: 60 }, query: { update_mask: 'probability' } });
		expect(
			(await keap().output(stage('getAll', { returnAll: true, filters: { name: 'T*' } }))).map(({ probability }) => probability),
		).toEqual([60]);
		await keap().output(stage('delete', { stageId: byId(93) }));
		expect((await keap().output(stage('getAll', { returnAll: false, limit: 5 }))).map(({ id }) => id)).toEqual(['91', '92']);
	});

	it('shows the pipeline: every stage with its count, one item each', async () => {
		keap().sandbox.state.collection(PATH).add({ opportunity_title: 'x', contact_id: '1', stage_id: '92' });
		const pipeline = await keap().output(stage('getPipeline'));
		expect(pipeline.map(({ stage_name: name, stage_count: count }) => `${String(name)} ${String(count)}`)).toEqual([
			'New 0',
			'Tasting 1',
			'Won 0',
		]);
	});
});
