import type { Handler } from '../../types';
import { crud, type Kind } from '../commerce/crud';
import { affiliates } from '../commerce/places';
import { checkReference } from '../references';

const REFERRAL: Kind = {
	what: 'referral',
	param: 'referral_id',
	store: ({ state }) => state.collection('/crm/rest/v2/referrals'),
	belongs: ({ referral_partner_id: partner }, { params }) => params.affiliate_id === undefined || partner === params.affiliate_id,
	readers: {
		contact_id: ({ contact_id: id }) => [id],
		referral_partner_id: ({ referral_partner_id: id }) => [id],
		type: ({ referral_type: type }) => [type],
	},
	check: (fields, { state, now }) => {
		checkReference(fields, 'contact_id', state.contacts);
		checkReference(fields, 'referral_partner_id', affiliates(state));
		return { referral_type: 'MANUAL', referral_time: now, ...fields };
	},
};

export const REFERRAL_HANDLERS: Readonly<Record<string, Handler>> = {
	...crud(REFERRAL, { list: 'listReferrals', create: 'createReferral' }),
	...crud(REFERRAL, { list: 'getReferralsByAffiliateId' }),
};
