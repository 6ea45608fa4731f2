import { ApiError, badRequest, notFound } from '../../errors';
import type { SandboxState } from '../../store/state';
import type { Exchange, Handler } from '../../types';
import { crud, type Fields, type Kind } from '../commerce/crud';
import { checkMinor, currencyValue } from '../commerce/money';
import { checkNotBlank } from '../commerce/rules';
import { checkReference } from '../references';

const categories = (state: SandboxState) => state.collection('/crm/rest/v2/leadSourceCategories');
/** All sources' expenses together, for `-` in place of a source lists them so. */
const expenses = (state: SandboxState) => state.collection('/crm/rest/v2/leadSourceExpenses');
const recurring = (state: SandboxState) => state.collection('/crm/rest/v2/leadSourceRecurringExpenses');

const CATEGORY: Kind = {
	what: 'lead source category',
	param: 'lead_source_category_id',
	store: ({ state }) => categories(state),
	check: (fields, { state }, before) => {
		checkNotBlank(fields, 'name');
		const twin = categories(state).rows.find(({ id, name }) => id !== before?.id && name === fields.name && name !== undefined);
		if (twin) throw new ApiError(409, `name: there is a category ${String(fields.name)} already`);
		return fields;
	},
};

const LEAD_SOURCE: Kind = {
	what: 'lead source',
	param: 'lead_source_id',
	store: ({ state }) => state.leadSources,
	readers: { lead_source_category_id: ({ lead_source_category_id: id }) => [id] },
	check: (fields, { state }, before) => {
		checkNotBlank(fields, 'name');
		checkReference(fields, 'lead_source_category_id', categories(state));
		return before ? fields : { status: 'ACTIVE', ...fields };
	},
	removed: ({ id }, { state }) => {
		for (const store of [expenses(state), recurring(state)])
			for (const one of [...store.rows]) if (one.lead_source_id === id) store.delete(one.id);
	},
};

/** Whether it belongs to the source of the path, or the path asks for those of all. */
const ofSource = ({ lead_source_id: id }: Fields, { params }: Exchange): boolean =>
	params.lead_source_id === '-' || id === params.lead_source_id;

/** 404 for a source that is not there. `-` is all of them. */
function sourceOf({ state, params }: Exchange): void {
	const id = params.lead_source_id ?? '';
	if (id !== '-' && !state.leadSources.has(id)) throw notFound('lead source', id);
}

const checkAmount = (fields: Fields): void => {
	checkMinor(fields, 'amount');
	checkNotBlank(fields, 'title');
};

const EXPENSE: Kind = {
	what: 'lead source expense',
	param: 'lead_source_expense_id',
	store: (exchange) => {
		sourceOf(exchange);
		return expenses(exchange.state);
	},
	belongs: ofSource,
	check: (fields, { params, now }, before) => {
		checkAmount(fields);
		return before ? fields : { incurred_time: now, ...fields, lead_source_id: params.lead_source_id };
	},
	view: (one, { state }) => ({ ...one, amount: currencyValue(state, Number(one.amount)) }),
};

/** The amount is that of a month. */
const RECURRING: Kind = {
	what: 'lead source recurring expense',
	param: 'lead_source_recurring_expense_id',
	store: (exchange) => {
		sourceOf(exchange);
		return recurring(exchange.state);
	},
	belongs: ofSource,
	check: (fields, { params, now }, before) => {
		checkAmount(fields);
		const { start_time: start, end_time: end } = { ...before, ...fields };
		if (start !== undefined && end !== undefined && String(end) < String(start))
			throw badRequest('end_time must not be before start_time', 'end_time');
		return before ? fields : { start_time: now, ...fields, lead_source_id: params.lead_source_id };
	},
	view: (one, { state }) => ({ ...one, amount: currencyValue(state, Number(one.amount)) }),
};

/** What came of a recurring expense. */
const INCURRED: Kind = {
	...EXPENSE,
	belongs: (one, exchange) =>
		ofSource(one, exchange) && one.lead_source_recurring_expense_id === exchange.params.lead_source_recurring_expense_id,
};

export const LEAD_SOURCE_HANDLERS: Readonly<Record<string, Handler>> = {
	...crud(CATEGORY, {
		list: 'listLeadSourceCategories',
		create: 'createLeadSourceCategory',
		get: 'getLeadSourceCategory',
		update: 'updateLeadSourceCategory',
		remove: 'deleteLeadSourceCategory',
	}),
	...crud(LEAD_SOURCE, {
		list: 'listLeadSources',
		create: 'createLeadSource',
		get: 'getLeadSource',
		update: 'updateLeadSource',
		remove: 'deleteLeadSource',
	}),
	...crud(EXPENSE, {
		list: 'listLeadSourceExpenses',
		create: 'createLeadSourceExpense',
		get: 'getLeadSourceExpense',
		update: 'updateLeadSourceExpense',
		remove: 'deleteLeadSourceExpense',
	}),
	...crud(RECURRING, {
		list: 'listLeadSourceRecurringExpenses',
		create: 'createLeadSourceRecurringExpense',
		get: 'getLeadSourceRecurringExpense',
		update: 'updateLeadSourceRecurringExpense',
		remove: 'deleteLeadSourceRecurringExpense',
	}),
	...crud(INCURRED, { list: 'listExpensesIncurredFromLeadSourceRecurringExpense' }),
};
