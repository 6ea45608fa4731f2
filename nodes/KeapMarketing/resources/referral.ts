import * as fields from '../../shared/catalogue/fields/fields';
import { BadInput } from '../../shared/catalogue/operation/badInput';
import type { Call, Resource } from '../../shared/catalogue/operation/types';
import { affiliates } from '../../shared/records/marketing/affiliates';
import { referrals } from '../../shared/records/marketing/referrals';
import { contacts } from '../../shared/records/people/contacts';
import { crud } from '../../shared/rows/crud';
import { WHOLE_OR_BEGINNING } from '../../shared/rows/filterTexts';
import { endsAfter } from '../../shared/rows/period';
import { writesAs } from '../../shared/rows/writesAs';

const KINDS: readonly fields.Choice[] = [
	['MANUAL', 'Manual', 'Made by somebody, not by a link'],
	['COOKIE', 'Cookie', 'Holds as long as the cookie in the browser does'],
	['PERMANENT', 'Permanent', 'Holds for all that the contact ever buys'],
];

/** Keap takes one condition or two bounds of a field, not all three. @throws BadInput */
function checkBounds({ values }: Call): void {
	for (const [name, displayName] of [
		['affiliateId', 'Affiliate'],
		['contactId', 'Contact'],
	] as const)
		if (values[name] !== undefined && (values[`${name}AtLeast`] !== undefined || values[`${name}AtMost`] !== undefined))
			throw new BadInput(
				`is set together with ${displayName} ID at Least or ${displayName} ID at Most`,
				`Keap takes one or the other. Remove ${displayName}, or the bounds.`,
				displayName,
			);
}

/** A referral credits an affiliate, who is paid for it; nothing takes it back. */
export const referral: Resource = writesAs('charges', {
	value: 'referral',
	name: 'Referral',
	operations: crud(referrals, {
		fields: [
			contacts.field('contactId', 'Contact', { required: true, description: 'The contact that was referred' }),
			affiliates.field('affiliateId', 'Affiliate', {
				key: 'referral_partner_id',
				required: true,
				description: 'The affiliate (referral partner) who gets the credit',
			}),
			fields.options('referralType', 'Type', { required: true, choices: KINDS, description: 'How the contact was referred' }),
		],
		more: [
			fields.text('description', 'Description'),
			fields.moment('expirationTime', 'Expires', { description: 'Until when the affiliate gets credit for the contact' }),
			fields.text('ipAddress', 'IP Address', { placeholder: 'e.g. 192.0.2.7', description: 'From where the contact came' }),
			fields.moment('referralTime', 'Referred', { description: 'When the contact was referred; now unless given' }),
			fields.text('source', 'Source', { placeholder: 'e.g. Landing Page', description: 'Where the contact was referred' }),
		],
		filters: [
			affiliates.field('affiliateId', 'Affiliate', { in: 'filter', key: 'referral_partner_id' }),
			fields.id('affiliateIdAtLeast', 'Affiliate ID at Least', { in: 'filter', key: 'referral_partner_id', operator: '>=' }),
			fields.id('affiliateIdAtMost', 'Affiliate ID at Most', { in: 'filter', key: 'referral_partner_id', operator: '<=' }),
			contacts.field('contactId', 'Contact', { in: 'filter' }),
			fields.id('contactIdAtLeast', 'Contact ID at Least', { in: 'filter', key: 'contact_id', operator: '>=' }),
			fields.id('contactIdAtMost', 'Contact ID at Most', { in: 'filter', key: 'contact_id', operator: '<=' }),
			fields.text('description', 'Description', { in: 'filter', description: WHOLE_OR_BEGINNING }),
			fields.text('source', 'Source', { in: 'filter', description: WHOLE_OR_BEGINNING }),
			fields.options('type', 'Type', { in: 'filter', choices: KINDS }),
		],
		create: {
			description: 'Credit a contact to an affiliate. Keap has no way to change or delete a referral by its API.',
			check: endsAfter(['referral_time', 'Referred'], ['expiration_time', 'Expires']),
		},
		getAll: { check: checkBounds },
		delete: false,
		get: false,
		update: false,
	}),
});
