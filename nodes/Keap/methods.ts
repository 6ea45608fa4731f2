import type { INodeType } from 'n8n-workflow';

import { mapperOf } from '../shared/catalogue/customFields';
import { companies } from '../shared/locators/companies';
import { contacts } from '../shared/locators/contacts';
import { leadSources } from '../shared/locators/leadSources';
import { linkTypes } from '../shared/locators/linkTypes';
import { tagCategories } from '../shared/locators/tagCategories';
import { loadTags, tags } from '../shared/locators/tags';
import { users } from '../shared/locators/users';
import { contactModel } from './resources/contact/fields';

/** What the editor may call while somebody fills in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	listSearch: Object.fromEntries([companies, contacts, leadSources, linkTypes, tagCategories, tags, users].map(({ method, search }) => [method, search])),
	loadOptions: { getTags: loadTags },
	resourceMapping: { mapContactCustomFields: mapperOf(contactModel) },
};
