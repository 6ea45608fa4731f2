import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../runtime/isRecord';

/**
 * A record without the token in the address of a hook. Whoever knows that of a Keap Trigger can make events up for its workflow, and
 * what a model reads may end up anywhere.
 */
export function withoutHookToken(record: IDataObject): IDataObject {
	const entries = Object.entries(record).map(([name, value]) => {
		if (name === 'hookUrl' && typeof value === 'string') return [name, value.replace(/([?&]token=)[^&#]*/g, '$1***')];
		return [name, Array.isArray(value) ? value.map((one: unknown) => (isRecord(one) ? withoutHookToken(one) : one)) : value];
	});
	return Object.fromEntries(entries) as IDataObject;
}
