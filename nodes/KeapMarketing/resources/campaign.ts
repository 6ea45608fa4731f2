import { row } from '../../shared/rows/row';
import { paging } from '../../shared/catalogue/fields/commonFields';
import * as fields from '../../shared/catalogue/fields/fields';
import { picked } from '../../shared/catalogue/simplify';
import type { BundledWrite, Resource } from '../../shared/catalogue/operation/types';
import { output } from '../../shared/catalogue/output/parameters';
import { campaigns } from '../../shared/records/marketing/campaigns';
import { sequences } from '../../shared/locators/sequences';
import { contacts } from '../../shared/records/people/contacts';
import { contactList, severalWithEmail } from '../../shared/records/people/contactsByEmail';

const ONE = '/crm/rest/v2/campaigns/{campaign_id}';

const campaignId = campaigns.field('campaignId', 'Campaign', {
	in: 'path',
	key: 'campaign_id',
	required: true,
	description: 'The campaign to work on',
});

const members = [
	campaignId,
	sequences.field('sequenceId', 'Sequence', {
		in: 'path',
		key: 'sequence_id',
		required: true,
		description: "The sequence to work on, one of the campaign's published ones",
	}),
	contactList({ required: true, description: 'One contact, or several separated by commas, each by ID or email address' }),
	fields.moreOptions([severalWithEmail]),
];

/**
 * Keap returns a result for each contact. It refuses the whole call only when the sequence does not exist:
 * https://developer.infusionsoft.com/docs/restv2/#tag/Campaign/operation/addContactsToCampaignSequence
 */
const inBulk = (results: string): BundledWrite => ({
	ids: 'contact_ids',
	max: 1000,
	record: 'contact',
	results,
	parent: ONE,
	lookup: contacts.lookup,
	whole: true,
});

export const campaign: Resource = {
	value: 'campaign',
	name: 'Campaign',
	operations: [
		row('addContacts', 'Add Contacts to Sequence', 'POST /crm/rest/v2/campaigns/{campaign_id}/sequences/{sequence_id}:addContacts', {
			effect: 'sends',
			action: 'Add contacts to a sequence of a campaign',
			description: 'Put contacts into a sequence of a campaign. Items that name the same sequence share calls: 1,000 contacts each.',
			fields: members,
			bundledWrite: inBulk('add_to_sequence_results'),
		}),
		row('get', 'Get', 'GET /crm/rest/v2/campaigns/{campaign_id}', {
			action: 'Get a campaign',
			description: 'Retrieve a campaign with the counts of its contacts',
			fields: [campaignId],
		}),
		row('getGoals', 'Get Goals', 'GET /crm/rest/v2/campaigns/{campaign_id}/goals', {
			action: 'Get the goals of a campaign',
			description: 'Retrieve the published goals of a campaign',
			fields: [campaignId],
			answer: 'nested',
			records: 'goals',
		}),
		row('getAll', 'Get Many', 'GET /crm/rest/v2/campaigns', {
			action: 'Get many campaigns',
			description: 'Retrieve a list of campaigns',
			fields: [
				...paging,
				fields.filters([fields.text('name', 'Name', { in: 'filter', description: 'A part of the name' })]),
				fields.moreOptions([
					fields.orderBy([
						['activeContacts', 'Active Contacts'],
						['completedContactCount', 'Completed Contacts'],
						['datecreated', 'Created'],
						['id', 'ID'],
						['name', 'Name'],
						['publisheddate', 'Published'],
						['lastupdated', 'Updated'],
					]),
				]),
			],
			answer: 'records',
			records: 'campaigns',
		}),
		row('getSequences', 'Get Sequences', 'GET /crm/rest/v2/campaigns/{campaign_id}/sequences', {
			action: 'Get the sequences of a campaign',
			description: 'Retrieve the published sequences of a campaign, with their steps when not simplified',
			fields: [campaignId, ...output],
			simplify: {
				shape: (sequence) =>
					picked(sequence, ['id', 'name', 'active_contact_count', 'active_contact_count_completed', 'historical_contact_count']),
			},
			answer: 'nested',
			records: 'sequences',
		}),
		row(
			'removeContacts',
			'Remove Contacts From Sequence',
			'POST /crm/rest/v2/campaigns/{campaign_id}/sequences/{sequence_id}:removeContacts',
			{
				// Who is put in again begins at the start.
				effect: 'deletes',
				action: 'Remove contacts from a sequence of a campaign',
				description: 'Take contacts out of a sequence of a campaign. Items that name the same sequence share calls: 1,000 contacts each.',
				fields: members,
				bundledWrite: inBulk('remove_from_sequence_results'),
			},
		),
	],
};
