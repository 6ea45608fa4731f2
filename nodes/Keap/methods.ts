import type { INodeType } from 'n8n-workflow';

import { mapperOf } from '../shared/catalogue/customFields/customFields';
import { affiliates } from '../shared/locators/affiliates';
import { appointments } from '../shared/locators/appointments';
import { companies } from '../shared/locators/companies';
import { contacts } from '../shared/locators/contacts';
import { dealCustomFields } from '../shared/locators/dealCustomFields';
import { emails } from '../shared/locators/emails';
import { emailTemplates } from '../shared/locators/emailTemplates';
import { files } from '../shared/locators/files';
import { leadSources } from '../shared/locators/leadSources';
import { linkTypes } from '../shared/locators/linkTypes';
import { notes } from '../shared/locators/notes';
import { opportunities } from '../shared/locators/opportunities';
import { opportunityStages } from '../shared/locators/opportunityStages';
import { paymentMethods } from '../shared/locators/paymentMethods';
import { pipelines, stages } from '../shared/locators/pipelines';
import { stageMoves } from '../shared/locators/stageMoves';
import { tagCategories } from '../shared/locators/tagCategories';
import { loadTags, tags } from '../shared/locators/tags';
import { tasks } from '../shared/locators/tasks';
import { userGroups } from '../shared/locators/userGroups';
import { loadUsers, users } from '../shared/locators/users';
import { companyModel } from './resources/company/fields';
import { contactModel } from './resources/contact/fields';
import { noteModel } from './resources/note';
import { opportunityModel } from './resources/opportunity/fields';
import { taskModel } from './resources/task';

/** Every kind of record that the forms let people pick from a list. */
const locators = [
	affiliates,
	appointments,
	companies,
	contacts,
	dealCustomFields,
	emails,
	emailTemplates,
	files,
	leadSources,
	linkTypes,
	notes,
	opportunities,
	opportunityStages,
	paymentMethods,
	pipelines,
	stageMoves,
	stages,
	tagCategories,
	tags,
	tasks,
	userGroups,
	users,
];

/** What the editor may call while somebody fills in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	listSearch: Object.fromEntries(locators.map(({ method, search }) => [method, search])),
	loadOptions: { getTags: loadTags, getUsers: loadUsers },
	resourceMapping: {
		mapCompanyCustomFields: mapperOf(companyModel),
		mapContactCustomFields: mapperOf(contactModel),
		mapNoteCustomFields: mapperOf(noteModel),
		mapOpportunityCustomFields: mapperOf(opportunityModel),
		mapTaskCustomFields: mapperOf(taskModel),
	},
};
