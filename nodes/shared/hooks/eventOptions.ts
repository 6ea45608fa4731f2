import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { cachedLookup } from '../transport';
import { byObject, eventName } from './eventWords';
import { listEventKeys } from './hooks';

/** The account's own events in words, those of one kind of record together. One call, then none for a minute. */
export async function loadHookEvents(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const keys = await cachedLookup(this, 'hook events', async () => await listEventKeys(this));
	return [...keys].sort(byObject).map((key) => ({ name: eventName(key), value: key, description: key }));
}
