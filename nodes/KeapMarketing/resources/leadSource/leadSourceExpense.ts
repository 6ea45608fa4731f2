import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { leadSourceExpenses } from '../../../shared/records/marketing/leadSourceExpenses';
import { crud, listOf } from '../../../shared/rows/crud';
import { textsOf } from '../../../shared/rows/texts';
import { amount, expenseFilters, notes, ofOneOrAll, title, within } from './expenseForm';

export const leadSourceExpense: Resource = {
	value: 'leadSourceExpense',
	name: 'Lead Source Expense',
	operations: [
		...crud(leadSourceExpenses, {
			within,
			fields: [amount('What was spent'), title],
			more: [fields.moment('incurredTime', 'Incurred', { description: 'When the money was spent' }), notes],
			getAll: false,
		}),
		{
			...listOf(leadSourceExpenses, { within: [ofOneOrAll], filters: expenseFilters }),
			...textsOf(leadSourceExpenses).getAll,
			description: 'Retrieve a list of what was spent on one lead source or on every one',
		},
	],
};
