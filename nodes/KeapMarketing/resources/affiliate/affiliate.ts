import * as encode from '../../../shared/catalogue/fields/encode';
import * as fields from '../../../shared/catalogue/fields/fields';
import { BadInput, shown } from '../../../shared/catalogue/operation/badInput';
import type { Field, Resource } from '../../../shared/catalogue/operation/types';
import { affiliatePrograms } from '../../../shared/records/partners/affiliatePrograms';
import { affiliates } from '../../../shared/records/marketing/affiliates';
import { referrals } from '../../../shared/records/marketing/referrals';
import { contacts } from '../../../shared/records/people/contacts';
import { crud, listOf } from '../../../shared/rows/crud';
import { WHOLE_OR_BEGINNING } from '../../../shared/rows/filterTexts';
import { idFilters } from '../../../shared/rows/idFilters';
import { row } from '../../../shared/rows/row';
import { writesAs } from '../../../shared/rows/writesAs';

const STATUSES: readonly fields.Choice[] = [
	['INACTIVE', 'Inactive', 'As Keap makes them'],
	['ACTIVE', 'Active'],
];

/** Begins with a letter and has no blanks: https://developer.infusionsoft.com/docs/restv2/#tag/Affiliate/operation/addAffiliate */
const encodeCode =
	(least: number) =>
	(raw: unknown): string | undefined => {
		const code = encode.text()(raw);
		if (code === undefined || (/^[A-Za-z]\S*$/.test(code) && code.length >= least)) return code;
		throw new BadInput(
			`is not a code that Keap takes: ${shown(raw)}`,
			`A code begins with a letter, has no blanks, and has at least ${least} characters, such as ada2026.`,
		);
	};

/** @param least the fewest characters that Keap takes */
const codeField = (least: number, required: boolean): Field =>
	fields.field(
		{
			name: 'code',
			displayName: 'Code',
			required,
			clearable: false,
			placeholder: 'e.g. ada2026',
			description: 'Identifies the affiliate in links. No other affiliate may have it.',
		},
		{ type: 'string', default: '' },
		encodeCode(least),
	);

const passwordField = fields.text('password', 'Password', {
	clearable: false,
	description: 'For the portal where affiliates see what they earn',
});
const password: Field = { ...passwordField, property: { ...passwordField.property, typeOptions: { password: true } } };

const inPath = (key: string): Field => affiliates.inPath({ key });

const program = affiliatePrograms.field('affiliateProgramId', 'Affiliate Program', {
	key: 'affiliate_program_id',
	required: true,
	description: 'The commission program',
});

/** An affiliate signs in to a portal of Keap, and gets mail about leads and sales. */
export const affiliate: Resource = writesAs('opens', {
	value: 'affiliate',
	name: 'Affiliate',
	operations: [
		...crud(affiliates, {
			fields: [
				contacts.field('contactId', 'Contact', { required: true, description: 'The contact who is the affiliate' }),
				codeField(4, true),
				fields.options('status', 'Status', {
					required: true,
					choices: STATUSES,
					description: 'Whether the affiliate can earn commissions',
				}),
			],
			more: [
				fields.text('name', 'Name', {
					clearable: false,
					placeholder: 'e.g. Ada Adams',
					description: 'The name of the contact unless given',
				}),
				fields.boolean('notifyOnLead', 'Notify on Lead', { description: 'Whether Keap notifies the affiliate of each lead' }),
				fields.boolean('notifyOnSale', 'Notify on Sale', { description: 'Whether Keap notifies the affiliate of each sale' }),
				affiliates.field('parentAffiliateId', 'Parent Affiliate', {
					description: 'The affiliate who gets commissions of the second level',
				}),
				password,
				fields.number('trackLeadsDays', 'Track Leads (Days)', {
					min: 0,
					whole: true,
					description: 'For how many days after a click a contact counts as brought by the affiliate',
				}),
			],
			filters: [
				fields.text('code', 'Code', { in: 'filter' }),
				contacts.field('contactId', 'Contact', { in: 'filter' }),
				...idFilters({ one: 'id' }),
				fields.text('name', 'Name', { in: 'filter', description: WHOLE_OR_BEGINNING }),
				contacts.field('referralContactId', 'Referral Contact', { in: 'filter', description: 'The contact who referred the affiliate' }),
				fields.options('status', 'Status', { in: 'filter', choices: STATUSES }),
			],
			create: { description: 'Make a contact an affiliate (referral partner)' },
			update: { without: ['code'], plus: [codeField(2, false)] },
		}),
		row('addToProgram', 'Add to Program', 'POST /crm/rest/v2/affiliates/{id}:assignToProgram', {
			effect: 'charges',
			action: 'Add an affiliate to a program',
			description: 'Let an affiliate earn what a commission program pays',
			fields: [inPath('id'), program],
			answer: 'success',
		}),
		{
			...listOf(referrals, {
				at: '/crm/rest/v2/affiliates/{affiliate_id}/referrals',
				within: [inPath('affiliate_id')],
				filters: [fields.text('source', 'Source', { in: 'filter', description: WHOLE_OR_BEGINNING })],
			}),
			value: 'getReferrals',
			name: 'Get Referrals',
			action: 'Get the referrals of an affiliate',
			description: 'Retrieve the contacts that an affiliate has brought',
		},
		row('removeFromProgram', 'Remove From Program', 'POST /crm/rest/v2/affiliates/{id}:removeFromProgram', {
			effect: 'charges',
			action: 'Remove an affiliate from a program',
			description: 'End what an affiliate earns by a commission program from now on',
			fields: [inPath('id'), program],
			answer: 'success',
		}),
	],
});
