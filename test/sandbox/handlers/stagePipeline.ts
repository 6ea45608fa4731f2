import type { Handler, KeapRecord } from '../types';

/** All stages in their order, with how many opportunities are in each. */
const pipeline: Handler = ({ state }) => {
	const opportunities = state.collection('/crm/rest/v2/opportunities').rows;
	const stages = [...state.collection('/crm/rest/v2/opportunities/stages').rows].sort((a, b) => Number(a.order) - Number(b.order));
	const view = ({ id, name, order }: KeapRecord, index: number) => ({
		stage_id: Number(id),
		stage_name: name,
		stage_order: order,
		stage_count: opportunities.filter((one) => one.stage_id === id).length,
		is_default: index === 0,
		end_stage: index === stages.length - 1,
	});
	return { status: 200, body: stages.map(view) };
};

export const STAGE_PIPELINE_HANDLERS: Readonly<Record<string, Handler>> = { 'v1/getOpportunityStage_pipeline': pipeline };
