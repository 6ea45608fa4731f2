import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { located } from '../catalogue/fields/encode';
import { eventKey } from '../hooks/eventKey';
import { loadHookEvents } from '../hooks/eventOptions';
import { defineLocator } from './locator';

async function searchHookEvents(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	const events = await loadHookEvents.call(this);
	return { results: events.filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted)) };
}

/** Events that a hook can be made for, such as `contact.add`. */
export const hookEvents = defineLocator('searchHookEvents', searchHookEvents, {
	example: 'contact.add',
	regex: '^\\s*([A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+)?\\s*$',
	errorMessage: 'The key of an event looks like contact.add',
	encode: (raw) => eventKey(located(raw)),
});
