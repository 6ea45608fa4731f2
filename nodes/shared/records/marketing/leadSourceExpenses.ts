import { located, locatedId } from '../../catalogue/fields/encode';
import { picked } from '../../catalogue/simplify';
import { datedLabel } from '../../locators/labels';
import { searchBelow } from '../../locators/listBelow';
import { defineLocator, type ListSearch } from '../../locators/locator';
import { defineRecord } from '../kind/record';
import { leadSources } from './leadSources';

/** What Keap takes in place of a lead source, in lists alone: https://developer.infusionsoft.com/docs/restv2/#tag/Lead-Source-Expenses/operation/listLeadSourceExpenses */
const ALL_LEAD_SOURCES = '-';

const EXPENSES = '/crm/rest/v2/leadSources/{lead_source_id}/expenses';
const RECURRING = '/crm/rest/v2/leadSources/{lead_source_id}/recurringExpenses';

/** The lead sources, before them all of them together. */
const searchOneOrAll: ListSearch = async function (filter) {
	const { results } = await leadSources.search.call(this, filter);
	return { results: [{ name: 'All Lead Sources', value: ALL_LEAD_SOURCES }, ...results] };
};

/** For lists: one lead source, or all of them. */
export const leadSourcesOrAll = defineLocator('searchLeadSourcesOrAll', searchOneOrAll, {
	example: '1234',
	regex: '^\\s*([0-9]{0,19}|-)\\s*$',
	errorMessage: 'A Keap ID is a whole number; a hyphen means all lead sources',
	encode: (raw) => (located(raw) === ALL_LEAD_SOURCES ? ALL_LEAD_SOURCES : locatedId(raw)),
});

/** What was spent on a lead source, once. */
export const leadSourceExpenses = defineRecord({
	one: 'lead source expense',
	parameter: 'expenseId',
	path: EXPENSES,
	records: 'lead_source_expenses',
	created: 'create_time',
	order: [
		['amount', 'Amount'],
		['create_time', 'Created'],
		['incurred_time', 'Incurred'],
		['title', 'Title'],
		['update_time', 'Updated'],
	],
	label: datedLabel('title', 'incurred_time'),
	findBy: {
		by: 'search',
		search: searchBelow({
			path: EXPENSES,
			records: 'lead_source_expenses',
			parameter: 'leadSourceId',
			label: datedLabel('title', 'incurred_time'),
		}),
	},
	amounts: {},
	shape: (expense) =>
		picked(expense, [
			'id',
			'lead_source_id',
			'title',
			'amount',
			'currency_code',
			'incurred_time',
			'notes',
			'lead_source_recurring_expense_id',
			'create_time',
			'update_time',
		]),
});

/** What a lead source costs each month. */
export const leadSourceRecurringExpenses = defineRecord({
	one: 'lead source recurring expense',
	parameter: 'recurringExpenseId',
	path: RECURRING,
	records: 'lead_source_recurring_expenses',
	created: 'create_time',
	order: [
		['amount', 'Amount'],
		['create_time', 'Created'],
		['end_time', 'End'],
		['next_expense_time', 'Next Expense'],
		['start_time', 'Start'],
		['title', 'Title'],
		['update_time', 'Updated'],
	],
	label: datedLabel('title', 'start_time'),
	findBy: {
		by: 'search',
		search: searchBelow({
			path: RECURRING,
			records: 'lead_source_recurring_expenses',
			parameter: 'leadSourceId',
			label: datedLabel('title', 'start_time'),
		}),
	},
	amounts: {},
	shape: (expense) =>
		picked(expense, [
			'id',
			'lead_source_id',
			'title',
			'amount',
			'currency_code',
			'start_time',
			'end_time',
			'next_expense_time',
			'notes',
			'create_time',
			'update_time',
		]),
});
