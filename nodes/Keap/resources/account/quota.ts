import { row } from '../../../shared/rows/row';
import type { IDataObject } from 'n8n-workflow';

import * as fields from '../../../shared/catalogue/fields/fields';
import type { Perform, Resource } from '../../../shared/catalogue/operation/types';
import { keapRequest, quotaOf, type QuotaView } from '../../../shared/transport';

/** The cheapest authenticated call that Keap has, in version 1 of its API: https://developer.infusionsoft.com/docs/rest/ */
const PROBE = '/crm/rest/v1/setting/application/enabled';

const maxAge = fields.number('maxAge', 'Max Age (Seconds)', {
	in: 'none',
	default: 60,
	min: 0,
	description: "How old Keap's last word on the quota may be before a call is spent to ask again",
});

/** Asks Keap only when its last answer is older than the user accepts. */
const getQuota: Perform = async ({ context, signal }, { item, values }) => {
	const known = await quotaOf(context);
	const seconds = typeof values.maxAge === 'number' ? values.maxAge : 60;
	if (known.asOf === null || Date.now() - Date.parse(known.asOf) >= seconds * 1000) {
		await keapRequest(context, { method: 'GET', path: PROBE, item, signal });
	}
	return inSnakeCase(await quotaOf(context));
};

/** Under the names that fields have everywhere else in what the nodes give out. */
const inSnakeCase = ({ second, minute, day, waiting, inFlight, pausedUntil, source, asOf }: QuotaView): IDataObject => ({
	second,
	minute,
	day: { limit: day.limit, used: day.used, available: day.available, resets_at: day.resetsAt },
	waiting,
	in_flight: inFlight,
	paused_until: pausedUntil,
	source: source === 'ownCount' ? 'own_count' : source,
	as_of: asOf,
});

export const quota: Resource = {
	value: 'quota',
	name: 'Quota',
	operations: [
		row('get', 'Get', 'GET /crm/rest/v1/setting/application/enabled', {
			action: 'Get the quota left',
			description: "See what is left of the key's calls for this minute and day",
			fields: [fields.moreOptions([maxAge])],
			perform: getQuota,
			// Asked once for all items: the second finds the first one's answer.
			serialKey: () => 'quota',
		}),
	],
};
