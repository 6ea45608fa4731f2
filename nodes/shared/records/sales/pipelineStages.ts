import type { IDataObject } from 'n8n-workflow';

import type { CachedList } from '../../locators/cachedList';
import { nameLabel } from '../../locators/labels';
import { OPAQUE } from '../../locators/locator';
import { listOf } from '../../runtime/listOf';
import { defineRecord } from '../kind/record';
import { pipelines } from './pipelines';

/** A pipeline's stages, each with its pipeline's name before its own, in the pipeline's order: many accounts have a "New" in each pipeline. */
const stagesOf = ({ name, stages: inside }: IDataObject): IDataObject[] =>
	listOf(inside).map((stage) => ({
		...stage,
		name: [name, stage.name].filter((part) => typeof part === 'string' && part !== '').join(': '),
	}));

/** One list of pipelines serves both searches: it has the stages in it, in order. */
export const STAGES: CachedList = {
	path: pipelines.path,
	records: pipelines.records,
	name: `${pipelines.path} stages`,
	label: nameLabel('name'),
	inside: stagesOf,
	inOrder: true,
};

export const pipelineStages = defineRecord({
	one: 'pipeline stage',
	path: '/crm/rest/v2/stages',
	records: 'stages',
	id: 'id',
	label: STAGES.label,
	findBy: { by: 'list', from: STAGES, name: `${pipelines.path} stages`, inside: stagesOf, inOrder: true },
	idForm: OPAQUE,
});
