import { seedCommerce } from './seedCommerce';
import { seedMarketing } from './seedMarketing';
import type { SandboxState } from './state';
import {
	COMPANIES,
	CUSTOM_FIELDS,
	LEAD_SOURCES,
	LINK_TYPES,
	NOTABLE_CONTACTS,
	OLD_CONTACT,
	OPPORTUNITY_STAGES,
	OTHER_CUSTOM_FIELDS,
	SEED_TIME,
	TAG_CATEGORIES,
	USER_GROUPS,
	USERS,
} from './seedData';

const V2 = '/crm/rest/v2';
const SEEDED_CONTACTS = 25;
const TIMES = { create_time: SEED_TIME, update_time: SEED_TIME };

/** Fills an empty account: the same records with the same ids every time. */
export function seedAccount(state: SandboxState): void {
	for (const user of USERS) state.users.add({ ...user, ...TIMES });
	for (const source of LEAD_SOURCES) state.leadSources.add({ ...source, status: 'ACTIVE', ...TIMES });
	for (const type of LINK_TYPES) state.linkTypes.add({ ...type, create_time: SEED_TIME });
	for (const field of CUSTOM_FIELDS)
		state.contactCustomFields.add({ record_type: 'CONTACT', group_id: '1', group_name: 'Custom Fields', default_value: '', ...field });
	for (const [kind, fields] of Object.entries(OTHER_CUSTOM_FIELDS)) {
		for (const field of fields)
			state.collection(`${V2}/${kind}/model/customFields`).add({ group_id: '1', group_name: 'Custom Fields', default_value: '', ...field });
	}
	for (const stage of OPPORTUNITY_STAGES)
		state.collection(`${V2}/opportunities/stages`).add({ ...stage, checklist_items: [], created_time: SEED_TIME, updated_time: SEED_TIME });
	for (const name of USER_GROUPS) state.collection(`${V2}/userGroups`).add({ name });
	for (const company of COMPANIES) state.companies.add({ ...company, custom_fields: [], ...TIMES });
	for (const { name, description, tags } of TAG_CATEGORIES) {
		const category = state.tagCategories.add({ name, description, ...TIMES });
		for (const tag of tags) state.tags.add({ name: tag, description: '', category: { id: category.id }, ...TIMES });
	}
	const owners = [...state.users.keys()];
	state.addContacts(SEEDED_CONTACTS, (index) => ({
		owner_id: owners[index % owners.length],
		...NOTABLE_CONTACTS[index],
		...(index === OLD_CONTACT.index && OLD_CONTACT.fields),
	}));
	const [firstTag, secondTag] = [...state.tags.keys()];
	for (const contactId of [...state.contacts.keys()].slice(0, 6)) {
		if (firstTag) state.contactTags.apply(firstTag, contactId, SEED_TIME);
		if (secondTag && Number(contactId) % 2 === 0) state.contactTags.apply(secondTag, contactId, SEED_TIME);
	}
	seedMarketing(state, SEED_TIME);
	seedCommerce(state, SEED_TIME);
	const [spouse] = [...state.linkTypes.keys()];
	if (spouse) state.contactLinks.push({ contact1_id: '1', contact2_id: '2', link_type_id: spouse });
}
