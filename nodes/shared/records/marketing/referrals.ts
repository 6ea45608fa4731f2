import { picked } from '../../catalogue/simplify';
import { defineRecord } from '../kind/record';

/** Contacts that an affiliate has sent. Keap calls the affiliate a referral partner here. */
export const referrals = defineRecord({
	one: 'referral',
	path: '/crm/rest/v2/referrals',
	records: 'referrals',
	created: 'referral_time',
	order: [
		['id', 'ID'],
		['referral_time', 'Referred'],
	],
	shape: (referral) =>
		picked(referral, [
			'id',
			'contact_id',
			'referral_partner_id',
			'referral_type',
			'referral_time',
			'expiration_time',
			'source',
			'description',
			'ip_address',
		]),
});
