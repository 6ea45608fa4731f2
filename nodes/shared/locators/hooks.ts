import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { BadInput, shown } from '../catalogue/operation/badInput';
import { located } from '../catalogue/fields/encode';
import { eventName } from '../hooks/eventWords';
import { listHooks } from '../hooks/hooks';
import { cachedLookup } from '../transport';
import { defineLocator } from './locator';

const FORM = /^[A-Za-z0-9._-]{1,64}$/;

/** Keap does not document how a hook's key looks. */
function hookKey(raw: unknown): string | undefined {
	const value = located(raw);
	const key = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	if (key === '') return undefined;
	if (!FORM.test(key)) throw new BadInput(`is not the key of a hook: ${shown(raw)}`, 'Keap gives it back as "key" when hooks are listed.');
	return key;
}

/** By event, with the host that Keap calls and the status. */
async function searchHooks(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	const all = await cachedLookup(this, 'hooks', async () => await listHooks(this));
	const results = all.map(({ key, eventKey, hookUrl, status }) => {
		const host = URL.canParse(hookUrl) ? new URL(hookUrl).host : hookUrl;
		return { name: `${eventName(eventKey)} (${[host, status].filter((part) => part !== '').join(', ')})`, value: key };
	});
	return { results: results.filter(({ name, value }) => name.toLowerCase().includes(wanted) || value === filter.trim()) };
}

export const hooks = defineLocator('searchHooks', searchHooks, {
	example: '42',
	regex: '^\\s*[A-Za-z0-9._-]{0,64}\\s*$',
	errorMessage: 'The key of a hook is letters and digits',
	encode: hookKey,
});
