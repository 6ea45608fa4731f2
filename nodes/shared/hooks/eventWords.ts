import { capitalized } from '../runtime/capitalized';

/** What Keap's screens call the objects of events, in the order in which they are listed. */
const OBJECTS: ReadonlyArray<readonly [key: string, name: string]> = [
	['contact', 'Contact'],
	['contactGroup', 'Tag'],
	['company', 'Company'],
	['opportunity', 'Opportunity'],
	['task', 'Task'],
	['appointment', 'Appointment'],
	['note', 'Note'],
	['order', 'Order'],
	['invoice', 'Invoice'],
	['invoice.payment', 'Payment of Invoice'],
	['subscription', 'Subscription'],
	['product', 'Product'],
	['leadsource', 'Lead Source'],
	['affiliate', 'Affiliate'],
	['user', 'User'],
];

const ACTIONS: Readonly<Record<string, string>> = {
	activate: 'Activated',
	add: 'Created',
	applied: 'Applied to Contact',
	complete: 'Completed',
	delete: 'Deleted',
	edit: 'Updated',
	incomplete: 'Marked as Incomplete',
	redact: 'Redacted',
	removed: 'Removed From Contact',
	stage_move: 'Moved to Another Stage',
};

const NAMES = new Map(OBJECTS);
const ORDER = new Map(OBJECTS.map(([key], index) => [key, index]));

/** `lead_source.reopenedTwice` as `Lead Source Reopened Twice`. */
const inTitleCase = (key: string): string =>
	key
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.split(/[\s._-]+/)
		.filter((word) => word !== '')
		.map(capitalized)
		.join(' ');

function split(key: string): { object: string; action: string } {
	const dot = key.lastIndexOf('.');
	return { object: key.slice(0, Math.max(0, dot)), action: key.slice(dot + 1) };
}

/** An event in words: `Tag Applied to Contact` for `contactGroup.applied`. Keys that nobody knows yet are written out. */
export function eventName(key: string): string {
	const { object, action } = split(key);
	return `${NAMES.get(object) ?? inTitleCase(object)} ${ACTIONS[action] ?? inTitleCase(action)}`.trim();
}

/** Orders events by object, the common ones first, and by name within. For `sort`. */
export function byObject(one: string, other: string): number {
	const rank = (key: string): number => ORDER.get(split(key).object) ?? OBJECTS.length;
	return rank(one) - rank(other) || eventName(one).localeCompare(eventName(other), 'en');
}
