import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { BadInput, shown } from '../catalogue/badInput';
import { located, text } from '../catalogue/encode';
import { loadHookEvents } from '../hooks/eventOptions';
import { defineLocator } from './locator';

const KEY = /^[A-Za-z_]+(\.[A-Za-z_]+)+$/;

function eventKey(raw: unknown): string | undefined {
	const key = text()(located(raw));
	if (key === undefined || KEY.test(key)) return key;
	throw new BadInput(`is not the key of an event: ${shown(raw)}`, 'It looks like contact.add. Get Event Types lists those of the account.');
}

async function searchHookEvents(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	const events = await loadHookEvents.call(this);
	return { results: events.filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted)) };
}

/** Events that Keap tells of, such as `contact.add`. */
export const hookEvents = defineLocator('searchHookEvents', searchHookEvents, {
	example: 'contact.add',
	regex: '^\\s*([A-Za-z_]+(\\.[A-Za-z_]+)+)?\\s*$',
	errorMessage: 'The key of an event looks like contact.add',
	encode: eventKey,
});
