import { listOf } from '../runtime/listOf';
import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { cachedLookup, keapRequest } from '../transport';
import { chosenRecord } from './chosenRecord';
import { nameLabel } from './labels';
import { defineLocator } from './locator';

/** The published sequences of the campaign that the form holds; none before one is chosen. */
async function searchSequences(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const id = chosenRecord(this, 'campaignId');
	if (id === undefined) return { results: [] };
	const path = '/crm/rest/v2/campaigns/{campaign_id}/sequences';
	const options = await cachedLookup(this, `${path} ${id}`, async () => {
		const { body } = await keapRequest<IDataObject>(this, {
			method: 'GET',
			path,
			pathParams: { campaign_id: id },
			expects: { list: 'sequences' },
		});
		const found = listOf(body.sequences);
		return found.map((sequence) => ({ name: nameLabel('name')(sequence), value: String(sequence.id) }));
	});
	const wanted = filter.trim().toLowerCase();
	return { results: options.filter(({ name, value }) => name.toLowerCase().includes(wanted) || value === wanted) };
}

export const sequences = defineLocator('searchSequences', searchSequences);
