import type { IDataObject } from 'n8n-workflow';

import type { Shaping, Simplifier } from '../../catalogue/operation/types';
import { picked } from '../../catalogue/simplify';
import { type CachedList } from '../../locators/cachedList';
import { nameLabel } from '../../locators/labels';
import { inner } from '../../runtime/isRecord';
import type { KeapContext } from '../../transport';
import { namesFrom, userName } from '../people/names';
import { dealCustomFields } from './dealCustomFields';
import { STAGES } from './pipelineStages';

const CUSTOM_FIELDS: CachedList = { path: dealCustomFields.path, records: dealCustomFields.records, label: nameLabel('label') };

/** An answer without a list does not say that there is none. */
const idsIn = (list: unknown): string[] | null => (Array.isArray(list) ? (list as unknown[]).map(String) : null);

/** The values by the label of the field; by its ID where Keap names it no longer, or two have the label. */
async function byLabel(context: KeapContext, values: unknown): Promise<IDataObject> {
	const given = Object.entries(inner(values));
	if (given.length === 0) return {};
	const labels = await namesFrom(context, CUSTOM_FIELDS);
	const all = given.map(([id]) => labels.get(id));
	return Object.fromEntries(
		given.map(([id, value], index) => {
			const label = all[index];
			return [label !== undefined && all.indexOf(label) === all.lastIndexOf(label) ? label : id, value];
		}),
	) as IDataObject;
}

/** Flat, with the names of the stage (behind that of its pipeline) and of the owners. */
async function shape(deal: IDataObject, context: KeapContext, { wants = () => true }: Shaping = {}): Promise<IDataObject> {
	const { amount, currency } = inner(deal.value);
	const owners = idsIn(deal.owner_ids);
	const stage = typeof deal.stage_id === 'string' && deal.stage_id !== '' ? deal.stage_id : null;
	return {
		...picked(deal, ['id', 'name', 'status']),
		amount: amount ?? null,
		currency: currency ?? null,
		stage_id: stage,
		stage_name: stage === null || !wants('stage_name') ? null : ((await namesFrom(context, STAGES)).get(stage) ?? null),
		contact_ids: idsIn(deal.contact_ids),
		owner_ids: owners,
		owner_names: owners === null || !wants('owner_names') ? null : await Promise.all(owners.map(async (id) => await userName(context, id))),
		task_ids: idsIn(deal.task_ids),
		...picked(deal, ['order_id', 'estimated_close_time', 'closed_time', 'stage_assignment_time']),
		custom_fields: wants('custom_fields') ? await byLabel(context, deal.custom_fields) : {},
	};
}

/** A deal as people think of it. Keap lists deals below a contact or a stage only, so they are no kind of record to choose from. */
export const simplifiedDeal: Simplifier = { shape };
