import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { findCustomField, readCustomFields } from '../catalogue/customFields/customFieldModel';
import { filterKind } from '../catalogue/customFields/filters/filterKinds';
import { customFieldFilters, FIELDS_METHOD, FROM_LIST, OPTIONS_METHOD } from '../catalogue/customFields/filters/filterParameter';
import type { CustomFieldModel, Field } from '../catalogue/operation/types';
import { notes } from './activity/notes';
import { tasks } from './activity/tasks';
import { orders } from './commerce/orders';
import { subscriptions } from './commerce/subscriptions';
import { affiliates } from './marketing/affiliates';
import { companies } from './people/companies';
import { contacts } from './people/contacts';
import { opportunities } from './sales/opportunities';

/** The kinds of record whose lists Keap filters by custom fields. */
const KINDS = {
	affiliate: affiliates,
	company: companies,
	contact: contacts,
	note: notes,
	opportunity: opportunities,
	order: orders,
	subscription: subscriptions,
	task: tasks,
};

/** What fills the lists of the form. @param modelOf the custom fields of what the form is about; undefined where it has none */
export function filterMethods(modelOf: (context: ILoadOptionsFunctions) => CustomFieldModel | undefined): NonNullable<Field['methods']> {
	async function loadFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const model = modelOf(this);
		const fields = model === undefined ? [] : await readCustomFields(this, model);
		return fields
			.filter(({ fieldName }) => fieldName !== undefined)
			.map((field) => ({ name: field.label, value: `${field.id}|${filterKind(field)}` }))
			.sort((a, b) => a.name.localeCompare(b.name, 'en'));
	}

	/** The options of the field in the same condition. */
	async function loadFieldOptions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const [model, chosen] = [modelOf(this), this.getCurrentNodeParameter('&field')];
		if (model === undefined || typeof chosen !== 'string' || chosen === '' || chosen.startsWith('=')) return [];
		const field = findCustomField(await readCustomFields(this, model), FROM_LIST.exec(chosen)?.[1] ?? chosen);
		return field.choices.map(({ label }) => ({ name: label, value: label }));
	}

	return { loadOptions: { [FIELDS_METHOD]: loadFields, [OPTIONS_METHOD]: loadFieldOptions } };
}

const ofResource = filterMethods((context) => {
	const resource = context.getCurrentNodeParameter('resource');
	return Object.entries(KINDS).find(([kind]) => kind === resource)?.[1].model;
});

/** For Get Many of these kinds of record: one parameter for all of them. */
export const filtersByCustomFields: Field = customFieldFilters('resource', ofResource);

/** Whether the lists of a kind of record can be filtered so. */
export const isFilteredByCustomFields = (model: CustomFieldModel | undefined): model is CustomFieldModel =>
	model !== undefined && Object.values(KINDS).some((kind) => kind.model.path === model.path);
