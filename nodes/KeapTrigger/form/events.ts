import type { INodePropertyOptions } from 'n8n-workflow';

import { eventName } from '../../shared/hooks/eventWords';

/** The choice of events that are not among the common ones. */
export const OTHER = 'other';

/**
 * The events that people ask for most and that every account is known to have. They stand in the form, so that n8n's panel of nodes
 * has an entry for each; all others are chosen from the account's own list.
 */
const COMMON: readonly string[] = [
	'appointment.add',
	'appointment.delete',
	'appointment.edit',
	'company.add',
	'company.edit',
	'contact.add',
	'contact.delete',
	'contact.edit',
	'contactGroup.applied',
	'contactGroup.removed',
	'invoice.add',
	'invoice.edit',
	'invoice.payment.add',
	'note.add',
	'note.edit',
	'opportunity.add',
	'opportunity.edit',
	'opportunity.stage_move',
	'order.add',
	'order.delete',
	'order.edit',
	'product.add',
	'product.edit',
	'subscription.add',
	'subscription.delete',
	'subscription.edit',
	'task.add',
	'task.edit',
];

const common = COMMON.map((key): INodePropertyOptions => {
	const name = eventName(key);
	return { name, value: key, action: `On ${name.toLowerCase()}`, description: `Keap's event ${key}` };
});

/** The static options of the Events parameter, by name. */
export const eventOptions: INodePropertyOptions[] = [
	...common,
	{
		name: 'Other Event (By Key)',
		value: OTHER,
		action: 'On another event',
		description: "Events chosen from the account's own list, or given by Keap's keys such as contact.redact",
	},
].sort((one, other) => one.name.localeCompare(other.name, 'en'));
