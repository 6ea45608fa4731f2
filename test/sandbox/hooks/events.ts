import type { KeapRecord } from '../types';

/** Which records raise events, by where they are kept, and the first part of the event's key. */
const OBJECTS: Readonly<Record<string, string>> = {
	'/crm/rest/v1/appointments': 'appointment',
	'/crm/rest/v2/affiliates': 'affiliate',
	'/crm/rest/v2/companies': 'company',
	'/crm/rest/v2/contacts': 'contact',
	'/crm/rest/v2/invoices': 'invoice',
	'/crm/rest/v2/leadSources': 'leadsource',
	'/crm/rest/v2/notes': 'note',
	'/crm/rest/v2/opportunities': 'opportunity',
	'/crm/rest/v2/orders': 'order',
	'/crm/rest/v2/products': 'product',
	'/crm/rest/v2/sales/payments': 'invoice.payment',
	'/crm/rest/v2/subscriptions': 'subscription',
	'/crm/rest/v2/tags': 'contactGroup',
	'/crm/rest/v2/tasks': 'task',
	'/crm/rest/v2/users': 'user',
};

/** What no account was seen to offer, although others of the kind are: three complete lists by three authors agree. */
const UNSEEN = new Set(['affiliate.add', 'affiliate.delete', 'affiliate.edit', 'user.delete']);

/** What can be subscribed to, unless an account offers something else: see `Hooks.eventKeys`. */
export const EVENT_KEYS: readonly string[] = [
	...Object.values(OBJECTS)
		.flatMap((object) => ['add', 'edit', 'delete'].map((action) => `${object}.${action}`))
		.filter((key) => !UNSEEN.has(key)),
	'contact.redact',
	'contactGroup.applied',
	'contactGroup.removed',
	'opportunity.stage_move',
	'task.complete',
	'task.incomplete',
	'user.activate',
].sort();

/** The keys of the events that a change of one record raises; none for kinds of records that Keap raises no events for. */
export function eventsOf(path: string, before: KeapRecord | undefined, after: KeapRecord | undefined): string[] {
	const object = OBJECTS[path];
	if (object === undefined) return [];
	if (before === undefined) return [`${object}.add`];
	if (after === undefined) return [`${object}.delete`];
	const moved = object === 'opportunity' && before.stage_id !== after.stage_id;
	const ended = object === 'task' && Boolean(before.completed) !== Boolean(after.completed);
	return [
		`${object}.edit`,
		...(moved ? ['opportunity.stage_move'] : []),
		...(ended ? [after.completed === true ? 'task.complete' : 'task.incomplete'] : []),
	];
}
