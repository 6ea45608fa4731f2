import type { ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import { customFieldFilters, DISPLAY_NAME, NAME, rawConditions } from '../shared/catalogue/customFields/filters/filterParameter';
import { conditionsOf } from '../shared/catalogue/customFields/filters/resolveFilters';
import { refusedParameter } from '../shared/catalogue/operation/badInput';
import type { CustomFieldModel } from '../shared/catalogue/operation/types';
import { filterMethods, isFilteredByCustomFields } from '../shared/records/customFieldFilters';
import { events, type PolledEvent } from './events';
import { OWN_FILTERS } from './ownFilters';
import { kindOf } from './simplified';

/** The custom fields by which an event can be filtered; undefined where Keap's list can't be. */
export function filterModel({ list }: Pick<PolledEvent, 'list'>): CustomFieldModel | undefined {
	const model = kindOf(list)?.model;
	return isFilteredByCustomFields(model) ? model : undefined;
}

const ofEvent = (context: ILoadOptionsFunctions): CustomFieldModel | undefined => {
	const chosen = context.getCurrentNodeParameter('event');
	const event = events.find(({ value }) => value === chosen);
	return event === undefined ? undefined : filterModel(event);
};

/** The same control as in Get Many. */
export const customFieldsField = customFieldFilters('event', filterMethods(ofEvent));

/**
 * The conditions on custom fields as a filter of Keap; undefined without any.
 *
 * @throws NodeOperationError that names the field which can't be compared so
 */
export async function customFieldFilter(context: IPollFunctions, event: PolledEvent): Promise<string | undefined> {
	const model = filterModel(event);
	if (model === undefined) return undefined;
	try {
		const raw = rawConditions(context.getNodeParameter(NAME, {}));
		if (raw === undefined) return undefined;
		const taken = new Set(OWN_FILTERS[event.list.path]);
		return (await conditionsOf(context, model, raw, { zone: context.getTimezone(), taken })).join(';');
	} catch (error) {
		throw refusedParameter(context.getNode(), DISPLAY_NAME, error);
	}
}
