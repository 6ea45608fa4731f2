import { webAddress } from '../../../shared/catalogue/fields/encodeMore';
import { keepEntries } from '../../../shared/catalogue/fields/commonFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { affiliatePrograms } from '../../../shared/records/partners/affiliatePrograms';
import { affiliateRedirects } from '../../../shared/records/partners/affiliateRedirects';
import { affiliates } from '../../../shared/records/marketing/affiliates';
import { crud } from '../../../shared/rows/crud';
import { writesAs } from '../../../shared/rows/writesAs';

export const affiliateRedirect: Resource = writesAs('opens', {
	value: 'affiliateRedirect',
	name: 'Affiliate Redirect',
	operations: crud(affiliateRedirects, {
		fields: [
			fields.text('name', 'Name', { required: true, placeholder: 'e.g. Spring Offer', description: 'What affiliates read' }),
			fields.text('code', 'Code', { required: true, placeholder: 'e.g. spring', description: 'What stands in the link' }),
			fields.field(
				{
					name: 'websiteAddress',
					displayName: 'Website Address',
					required: true,
					placeholder: 'e.g. https://example.com/spring',
					description: 'The page that the link leads to',
				},
				{ type: 'string', default: '' },
				webAddress,
			),
		],
		more: [
			affiliates.field('affiliateId', 'Affiliate', { description: 'Whose link it is' }),
			fields.recordList('programIds', 'Affiliate Program Names or IDs', {
				of: affiliatePrograms,
				description: 'The programs whose affiliates may use the link.',
			}),
		],
		filters: [affiliates.field('affiliateId', 'Affiliate', { in: 'filter' }), fields.text('name', 'Name', { in: 'filter' })],
		create: { description: 'Create a new link that credits an affiliate with who follows it' },
		update: {
			description: 'Change some fields of an affiliate redirect and leave the others alone. Reads it first, for Keap takes it only whole.',
			plus: [keepEntries],
			// Keap has no mask here, and wants all that it is to keep: https://developer.infusionsoft.com/docs/restv2/#tag/Affiliate/operation/updateRedirectLink
			mask: false,
			completion: {
				path: affiliateRedirects.onePath,
				fields: { name: '', code: '', website_address: '', affiliate_id: undefined, program_ids: undefined },
				lists: ['program_ids'],
			},
		},
	}),
});
