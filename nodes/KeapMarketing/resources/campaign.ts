import { paging, simplify } from '../../shared/catalogue/fields/commonFields';
import * as fields from '../../shared/catalogue/fields/fields';
import { picked } from '../../shared/catalogue/simplify';
import type { BundledWrite, Resource } from '../../shared/catalogue/operation/types';
import { campaigns, sequences } from '../../shared/locators/campaigns';
import { contactsByIds } from '../../shared/locators/contactsByIds';

const PATH = '/crm/rest/v2/campaigns';
const ONE = '/crm/rest/v2/campaigns/{campaign_id}';
const SEQUENCE = `${ONE}/sequences/{sequence_id}`;

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
	fields.ids('contactIds', 'Contact IDs', { required: true, description: 'One contact ID, or several separated by commas' }),
];

/** Keap tells the result for each contact; a call refused as a whole names a sequence that is not there. */
const inBulk = (results: string): BundledWrite => ({
	ids: 'contact_ids',
	max: 1000,
	record: 'contact',
	results,
	parent: ONE,
	lookup: contactsByIds,
	whole: true,
});

export const campaign: Resource = {
	value: 'campaign',
	name: 'Campaign',
	operations: [
		{
			value: 'addContacts',
			name: 'Add Contacts to Sequence',
			action: 'Add contacts to a sequence of a campaign',
			description: 'Put contacts into a sequence of a campaign. Items that name the same sequence share calls: 1,000 contacts each.',
			method: 'POST',
			path: `${SEQUENCE}:addContacts`,
			fields: members,
			bundledWrite: inBulk('add_to_sequence_results'),
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a campaign',
			description: 'Retrieve a campaign with the counts of its contacts',
			method: 'GET',
			path: ONE,
			fields: [campaignId],
		},
		{
			value: 'getGoals',
			name: 'Get Goals',
			action: 'Get the goals of a campaign',
			description: 'Retrieve the published goals of a campaign',
			method: 'GET',
			path: `${ONE}/goals`,
			fields: [campaignId],
			answer: 'nested',
			records: 'goals',
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many campaigns',
			description: 'Retrieve a list of campaigns',
			method: 'GET',
			path: PATH,
			fields: [
				...paging,
				fields.collection(
					'filters',
					'Filters',
					[fields.text('name', 'Name', { in: 'filter', description: 'A part of the name' })],
					'Add Filter',
				),
				fields.collection(
					'options',
					'Options',
					[
						fields.orderBy([
							['datecreated', 'Created'],
							['id', 'ID'],
							['name', 'Name'],
							['publisheddate', 'Published'],
							['lastupdated', 'Updated'],
						]),
					],
					'Add Option',
				),
			],
			answer: 'records',
			records: 'campaigns',
		},
		{
			value: 'getSequences',
			name: 'Get Sequences',
			action: 'Get the sequences of a campaign',
			description: 'Retrieve the published sequences of a campaign, with their steps when not simplified',
			method: 'GET',
			path: `${ONE}/sequences`,
			fields: [campaignId, simplify],
			simplify: {
				shape: (sequence) =>
					picked(sequence, ['id', 'name', 'active_contact_count', 'active_contact_count_completed', 'historical_contact_count']),
			},
			answer: 'nested',
			records: 'sequences',
		},
		{
			value: 'removeContacts',
			name: 'Remove Contacts From Sequence',
			action: 'Remove contacts from a sequence of a campaign',
			description: 'Take contacts out of a sequence of a campaign. Items that name the same sequence share calls: 1,000 contacts each.',
			method: 'POST',
			path: `${SEQUENCE}:removeContacts`,
			fields: members,
			bundledWrite: inBulk('remove_from_sequence_results'),
		},
	],
};
