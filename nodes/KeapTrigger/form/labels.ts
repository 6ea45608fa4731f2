/** What the form calls its parameters: errors name them alike. */
export const EVENTS = 'Events';
export const OTHER_EVENTS = 'Other Event Names or IDs';

export const FILTERS = {
	ignoredUsers: 'Ignored User Names or IDs',
	minimumAmount: 'Minimum Amount of Payments',
	orderStatuses: 'Order Status',
	products: 'Product Names or IDs',
	states: 'Active or Inactive',
	stages: 'Opportunity Stage Names or IDs',
	tags: 'Tag Names or IDs',
} as const;

export const OPTIONS = { dropDuplicates: 'Drop Duplicates', dedupeWindow: 'Remember Changes For (Minutes)' } as const;

/** What may be dropped. */
export const DUPLICATES = ['delivery', 'record', 'nothing'] as const;

/** A week at most: n8n keeps what is remembered in its database. */
export const WINDOW_MINUTES = { min: 1, max: 10_080 };
