import type { ILoadOptionsFunctions, INodeType } from 'n8n-workflow';

import { fieldOptions } from '../shared/catalogue/output/loadFields';
import { FIELDS_METHOD } from '../shared/catalogue/output/parameters';
import { contacts } from '../shared/records/people/contacts';
import { opportunityStages } from '../shared/records/sales/opportunityStages';
import { customFieldsField } from './customFields';
import { tags } from '../shared/records/people/tags';
import { events } from './events';
import { kindOf } from './simplified';

/** The fields of the records that the chosen event gives. */
async function loadFields(this: ILoadOptionsFunctions) {
	const event = events.find(({ value }) => value === this.getCurrentNodeParameter('event'));
	const simplify = event && (event.asks === 'tag' ? contacts : kindOf(event.list))?.simplify;
	return simplify === undefined ? [] : await fieldOptions(this, simplify);
}

/** What the editor may call while somebody fills in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	loadOptions: { ...customFieldsField.methods?.loadOptions, [FIELDS_METHOD]: loadFields },
	listSearch: Object.fromEntries([opportunityStages, tags].map(({ method, search }) => [method, search])),
};
