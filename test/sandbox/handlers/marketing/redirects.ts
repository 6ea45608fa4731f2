import type { Handler } from '../../types';
import { crud, type Kind } from '../commerce/crud';
import { affiliates } from '../commerce/places';
import { checkNotBlank } from '../commerce/rules';
import { checkReference } from '../references';
import { programs } from './commissionPrograms';

/** A change is written whole: there is no mask, and name, code and address are always needed. */
const REDIRECT: Kind = {
	what: 'redirect link',
	param: 'redirect_id',
	store: ({ state }) => state.collection('/crm/rest/v2/affiliates/redirects'),
	readers: { affiliate_id: ({ affiliate_id: id }) => [id] },
	check: (fields, { state, now }, before) => {
		checkNotBlank(fields, 'name', 'code', 'website_address');
		checkReference(fields, 'affiliate_id', affiliates(state));
		for (const id of (fields.program_ids ?? []) as string[]) checkReference({ program_ids: id }, 'program_ids', programs(state));
		const whole = { affiliate_id: undefined, program_ids: undefined, ...fields };
		return before ? whole : { ...fields, date_created: now };
	},
};

export const REDIRECT_HANDLERS: Readonly<Record<string, Handler>> = crud(REDIRECT, {
	list: 'listAffiliateLinks',
	create: 'createRedirectLink',
	get: 'getRedirectLink',
	update: 'updateRedirectLink',
	remove: 'deleteRedirectLink',
});
