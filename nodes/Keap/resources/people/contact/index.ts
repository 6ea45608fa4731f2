import { inner } from '../../../../shared/runtime/isRecord';
import { row } from '../../../../shared/rows/row';
import * as fields from '../../../../shared/catalogue/fields/fields';
import type { Call, Effect, Field, Resource } from '../../../../shared/catalogue/operation/types';
import { output } from '../../../../shared/catalogue/output/parameters';
import { filtersByCustomFields } from '../../../../shared/records/customFieldFilters';
import { contacts } from '../../../../shared/records/people/contacts';
import { linkTypes } from '../../../../shared/records/people/linkTypes';
import { crud } from '../../../../shared/rows/crud';
import { checkHasEmail, checkReachable, send, serialKeyByEmail, withMainEntries } from './body';
import { contactDetails, mainFields, mainFieldsOfUpsert, optInReason } from './fields';
import { overviewRow } from './find/overview';
import { searchRow } from './find/search';
import { filters } from './filters';
import { mergeSafeUpdate } from './mergeLists';
import { createMissingTags, tagOptions } from '../tagging/rows';
import { tagsAfterwards } from './tagsAfterwards';
import { upsert } from './upsert';
import { checkTagFilter, count, hasTag, listWithTag } from './withTag';

const additional = fields.additionalFields([...contactDetails, optInReason]);

const matchOn = fields.options('duplicateOption', 'Match On', {
	in: 'query',
	choices: [
		['Email', 'Email', 'A contact with this email address is the same contact'],
		['EmailAndName', 'Email and Name', 'Email address, first name and last name must be the same'],
		['EmailAndNameAndCompany', 'Email, Name and Company', 'Email address, name and company must be the same'],
	],
	description: 'When Keap takes a contact for one it has already',
});

const listHandling = fields.options('listHandling', 'Existing List Entries', {
	in: 'none',
	default: 'merge',
	choices: [
		['merge', 'Keep', 'Fill the slots you give and keep all others. Reads the contact first: one more call for up to 100 contacts.'],
		['replace', 'Remove', 'Replace each list you give as a whole: its other entries are deleted. No further call.'],
	],
	description:
		'What happens to email addresses, phone numbers, addresses, custom fields and so on that the contact has and you do not mention',
});

/** For the contact that an upsert finds. */
const listsOfKnown = fields.options('listHandling', 'Existing List Entries', {
	in: 'none',
	default: 'merge',
	choices: [
		['merge', 'Keep', 'Fill the slots you give and keep all others. Takes a look-up an item, for many items far fewer.'],
		['replace', 'Remove', 'Delete what a known contact has in the lists you give and you do not mention. No further call.'],
	],
	description:
		'What happens to email addresses, phone numbers, addresses, custom fields and so on that a known contact has and you do not mention',
});

const linkFields: readonly Field[] = [
	contacts.field('contactId', 'Contact', { key: 'contact1_id', required: true, description: 'The contact to work on' }),
	contacts.field('linkedContactId', 'Linked Contact', {
		key: 'contact2_id',
		required: true,
		description: 'The contact at the other end of the link',
	}),
	linkTypes.field('linkTypeId', 'Link Type', {
		required: true,
		description: 'How the two belong together. Link types are set up in Keap.',
	}),
];

/** With a reason to opt in, Keap may mail the contact from then on, also one who has opted out. */
const opensByConsent = ({ optInReason: reason, email2, email3 }: Call['values']): Effect =>
	[reason, inner(email2).opt_in_reason, inner(email3).opt_in_reason].some((one) => one !== undefined) ? 'opens' : 'writes';

export const contact: Resource = {
	value: 'contact',
	name: 'Contact',
	operations: [
		...crud(contacts, {
			fields: [...mainFields, tagOptions],
			more: [...contactDetails, optInReason],
			filters,
			getAll: { check: checkTagFilter, perform: listWithTag, performFor: hasTag },
			create: {
				effect: opensByConsent,
				description: 'Create a new contact, even if one with this email address exists',
				check: checkReachable,
				perform: send,
				finish: tagsAfterwards,
			},
			update: {
				effect: opensByConsent,
				top: [tagOptions],
				plus: [listHandling],
				check: withMainEntries,
				performInGroups: mergeSafeUpdate,
				finish: tagsAfterwards,
			},
		}),
		// Keap's create with `duplicate_option`, which replaces the lists of a contact that it finds:
		// https://developer.infusionsoft.com/docs/restv2/#tag/Contact/operation/createContact
		row('upsert', 'Create or Update', 'POST /crm/rest/v2/contacts', {
			effect: opensByConsent,
			action: 'Create or update a contact',
			description: 'Create a new contact, or update the current one if it already exists (upsert)',
			fields: [
				...mainFieldsOfUpsert,
				...contacts.customFieldParameters,
				...output,
				additional,
				fields.moreOptions([listsOfKnown, matchOn, createMissingTags]),
			],
			query: { duplicate_option: 'Email', fields: contacts.fields },
			simplify: contacts.simplify,
			customFields: contacts.model,
			check: checkHasEmail,
			serialKey: serialKeyByEmail,
			performInGroups: upsert,
			finish: tagsAfterwards,
		}),
		searchRow,
		overviewRow,
		row('count', 'Count', 'GET /crm/rest/v2/contacts', {
			action: 'Count contacts',
			description: 'How many contacts there are, in all or of some kind: one call, with filters one for every 1,000 contacts found',
			fields: [fields.filters(filters), filtersByCustomFields],
			query: { fields: ['id'] },
			customFieldFilters: contacts.model,
			check: checkTagFilter,
			perform: count,
		}),
		row('getLinks', 'Get Links', 'GET /crm/rest/v2/contacts/{contact_id}/links', {
			action: 'Get the links of a contact',
			description: 'Retrieve the contacts that a contact is linked to',
			fields: [contacts.inPath()],
			answer: 'nested',
			records: 'links',
		}),
		row('link', 'Link', 'POST /crm/rest/v2/contacts:link', {
			expects: ['contact1_id'],
			action: 'Link two contacts',
			description: 'Link two contacts, for instance as spouses',
			fields: linkFields,
		}),
		row('merge', 'Merge', 'POST /crm/rest/v2/contacts:merge', {
			effect: 'deletes',
			action: 'Merge two contacts',
			description: 'Merge a duplicate into a contact. The duplicate is gone afterwards.',
			fields: [
				contacts.field('contactId', 'Contact to Keep', { required: true, description: 'The contact that stays' }),
				contacts.field('duplicateContactId', 'Duplicate Contact', {
					required: true,
					description: 'The contact that is merged into the other one and then gone',
				}),
			],
		}),
		row('unlink', 'Unlink', 'POST /crm/rest/v2/contacts:unlink', {
			action: 'Unlink two contacts',
			description: 'Remove the link between two contacts',
			fields: linkFields,
			answer: 'success',
		}),
		row('getLeadScore', 'Get Lead Score', 'GET /crm/rest/v2/contacts/{contact_id}/leadScore', {
			expects: ['score', 'last_updated'],
			action: 'Get the lead score of a contact',
			description: 'Retrieve how promising a contact is by the scoring rules of the Keap account',
			fields: [contacts.inPath()],
		}),
	],
};
