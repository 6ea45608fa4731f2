import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { leadSourceExpenses, leadSourceRecurringExpenses } from '../../../shared/records/marketing/leadSourceExpenses';
import { crud, listOf } from '../../../shared/rows/crud';
import { endsAfter } from '../../../shared/rows/period';
import { textsOf } from '../../../shared/rows/texts';
import { amount, commonFilters, exactly, expenseFilters, notes, ofOneOrAll, title, within } from './expenseForm';

const inPeriod = endsAfter(['start_time', 'Start Time'], ['end_time', 'End Time']);

export const leadSourceRecurringExpense: Resource = {
	value: 'leadSourceRecurringExpense',
	name: 'Lead Source Recurring Expense',
	operations: [
		...crud(leadSourceRecurringExpenses, {
			within,
			fields: [amount('What is spent each month'), title],
			more: [
				fields.moment('endTime', 'End Time', { description: 'When it ends' }),
				notes,
				fields.moment('startTime', 'Start Time', { description: 'When it begins' }),
			],
			getAll: false,
			create: { check: inPeriod },
			update: { check: inPeriod },
		}),
		{
			...listOf(leadSourceExpenses, {
				at: `${leadSourceRecurringExpenses.onePath}/expenses`,
				within: [...within, leadSourceRecurringExpenses.inPath()],
				filters: expenseFilters,
			}),
			value: 'getExpenses',
			name: 'Get Expenses',
			action: 'Get the expenses of a lead source recurring expense',
			description: 'Retrieve a list of what was spent so far, one expense for each month',
		},
		{
			...listOf(leadSourceRecurringExpenses, {
				within: [ofOneOrAll],
				filters: [
					...commonFilters,
					exactly('endTime', 'End Time'),
					exactly('nextExpenseTime', 'Next Expense'),
					exactly('startTime', 'Start Time'),
				],
			}),
			...textsOf(leadSourceRecurringExpenses).getAll,
			description: 'Retrieve a list of what is spent each month on one lead source or on every one',
		},
	],
};
