import type { BundledWrite, Operation } from '../../../../shared/catalogue/operation/types';
import { contacts } from '../../../../shared/records/people/contacts';
import { tags } from '../../../../shared/records/people/tags';
import { row } from '../../../../shared/rows/row';

/** Version 1 has numbers; one that JavaScript would round stays text. */
const asNumber = (id: string): number | string => (Number.isSafeInteger(Number(id)) ? Number(id) : id);

type Bulk = Operation & { readonly bundledWrite: BundledWrite };

/** The two forms of a call that Keap has for the same change: one tag and many contacts, or one contact and many tags. */
export interface Ways {
	readonly ofTag: Bulk;
	readonly ofContact: Bulk;
}

/** Keap's limit is not documented; a call that it refuses is halved, so a lower one would be found. */
export const manyContacts: BundledWrite = {
	ids: 'contact_ids',
	max: 1000,
	record: 'contact',
	parent: tags.onePath,
	lookup: contacts.lookup,
};

/** Nor is this one. It keeps the address of a DELETE short. */
const manyTags = {
	ids: 'tagIds',
	max: 100,
	record: 'tag',
	parent: '/crm/rest/v2/contacts/{contactId}',
	lookup: tags.lookup,
} as const;

const TAG = '/crm/rest/v2/tags/{tag_id}/contacts';
const CONTACT = '/crm/rest/v1/contacts/{contactId}/tags';

/** What nobody sees: these rows stand in no list. */
const texts = (action: string) => ({ action, description: action, fields: [] });

// https://developer.infusionsoft.com/docs/restv2/#tag/Tags/operation/applyTags and https://developer.infusionsoft.com/docs/rest/
export const APPLY: Ways = {
	ofTag: { ...row('apply', 'Apply', `POST ${TAG}:applyTags`, texts('Apply a tag to contacts')), bundledWrite: manyContacts },
	ofContact: {
		...row('applyMany', 'Apply Many', `POST ${CONTACT}`, texts('Apply tags to a contact')),
		bundledWrite: { ...manyTags, naming: (ids) => ({ body: { tagIds: ids.map(asNumber) } }) },
	},
};

export const REMOVE: Ways = {
	ofTag: { ...row('remove', 'Remove', `POST ${TAG}:removeTags`, texts('Remove a tag from contacts')), bundledWrite: manyContacts },
	ofContact: {
		...row('removeMany', 'Remove Many', `DELETE ${CONTACT}`, texts('Remove tags from a contact')),
		bundledWrite: { ...manyTags, naming: (ids) => ({ query: { ids } }) },
	},
};
