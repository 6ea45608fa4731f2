import { listOf } from '../runtime/listOf';
import type { IDataObject } from 'n8n-workflow';

import { searchCachedList } from './cachedList';
import { nameLabel } from './labels';
import { defineLocator, OPAQUE } from './locator';

const list = { path: '/crm/rest/v2/pipelines', records: 'pipelines' };

export const pipelines = defineLocator('searchPipelines', searchCachedList({ ...list, label: nameLabel('name') }), OPAQUE);

/** A pipeline's stages, each with its pipeline's name before its own, in the pipeline's order: many accounts have a "New" in each pipeline. */
const stagesOf = ({ name, stages: inside }: IDataObject): IDataObject[] =>
	listOf(inside).map((stage) => ({
		...stage,
		name: [name, stage.name].filter((part) => typeof part === 'string' && part !== '').join(': '),
	}));

export const stages = defineLocator(
	'searchStages',
	searchCachedList({ ...list, name: `${list.path} stages`, inside: stagesOf, inOrder: true, label: nameLabel('name') }),
	OPAQUE,
);
