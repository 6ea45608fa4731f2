import { type IDataObject, NodeOperationError } from 'n8n-workflow';

import { askKeap } from '../../shared/catalogue/calls/request';
import * as fields from '../../shared/catalogue/fields/fields';
import type { Perform, Resource } from '../../shared/catalogue/operation/types';
import { encodeOptionKey, wordPressOptIns } from '../../shared/records/marketing/wordPressOptIns';
import { contacts } from '../../shared/records/people/contacts';
import { crud } from '../../shared/rows/crud';
import { row } from '../../shared/rows/row';
import { markInDoubt } from '../../shared/transport';
import { writesAs } from '../../shared/rows/writesAs';

/** Keap answers 202 also where no goal was achieved, and says so in the body. What is neither yes nor no may have started automations. */
const achieve: Perform = async (work, call) => {
	const answer = (await askKeap(work, call)) as IDataObject;
	const said = String(answer.successful).trim().toLowerCase();
	if (said === 'true') return answer;
	const contact = String(call.body.contact_id);
	const isDenied = said === 'false';
	const error = new NodeOperationError(
		work.context.getNode(),
		isDenied ? `Keap achieved no goal for the contact ${contact}` : `Keap does not say whether the contact ${contact} has achieved a goal`,
		{
			itemIndex: call.item,
			description: isDenied
				? 'Check that a published automation has a WordPress opt-in goal with this option, and that the contact can reach it.'
				: 'Look at the contact in Keap before you run this item again: its automations may have started.',
		},
	);
	if (!isDenied) markInDoubt(error, 'harmful');
	throw error;
};

export const wordPressOptIn: Resource = writesAs('configures', {
	value: 'wordPressOptIn',
	name: 'WordPress Opt-In',
	operations: [
		row('achieve', 'Achieve Goal', 'POST /crm/rest/v2/integrations/wordpress/options/{option_key}:achieve', {
			effect: 'sends',
			action: 'Achieve the goal of an opt in option',
			description: 'Have a contact achieve the goals that wait for this option. Automations go on from there, and may send emails.',
			fields: [
				wordPressOptIns.inPath(),
				contacts.field('contactId', 'Contact', { required: true, description: 'The contact that has opted in' }),
			],
			accepted: true,
			expects: ['successful'],
			perform: achieve,
			serialKey: ({ pathParams, body }) => JSON.stringify([pathParams, body]),
		}),
		...crud(wordPressOptIns, {
			fields: [
				fields.field(
					{
						name: 'key',
						displayName: 'Key',
						required: true,
						placeholder: 'e.g. newsletter',
						description: 'What the site sends to Keap: letters and digits only',
					},
					{ type: 'string', default: '' },
					encodeOptionKey,
				),
				fields.text('name', 'Name', { required: true, placeholder: 'e.g. Newsletter', description: 'What people read in Keap' }),
			],
			create: { description: 'Create a new option that visitors of a WordPress site can sign up for' },
			delete: { description: 'Delete an opt in option permanently; goals that wait for it are no longer achieved' },
			get: false,
			update: false,
			getAll: { description: 'Retrieve what visitors of a WordPress site can sign up for' },
		}),
	],
});
