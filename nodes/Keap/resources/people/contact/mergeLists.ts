import type { IDataObject } from 'n8n-workflow';

import * as shared from '../../../../shared/catalogue/batching/mergeLists';
import { CUSTOM_FIELDS, type ListRules } from '../../../../shared/catalogue/operation/listRules';
import { LIST_NAMES } from '../../../../shared/records/people/contactLists';
import { contacts } from '../../../../shared/records/people/contacts';
import { withMainEntries } from './body';

/** The lists of a contact. Keap replaces each as a whole: what a request does not list is removed. */
const LISTS: ListRules = { ...CUSTOM_FIELDS, ...contacts.lists };

/** Updates contacts without losing what they hold; see `shared.mergeSafeUpdate`. */
export const mergeSafeUpdate = shared.mergeSafeUpdate({
	lists: LISTS,
	id: 'contact_id',
	lookup: contacts.lookup,
	query: { fields: ['id', ...LIST_NAMES] },
	bodyOf: withMainEntries,
});

/** What is sent to change a contact that Keap holds as `known`; see `shared.mergedBody`. */
export const mergedBody = (known: IDataObject, body: IDataObject): shared.Merged =>
	shared.mergedBody(
		LISTS,
		LIST_NAMES.filter((name) => name in body),
		known,
		body,
	);

/** The entries of a list that Keap has, with the new ones in their slots. @param name Keap's name of the list */
export const mergeList = (name: string, current: unknown, given: unknown): IDataObject[] => shared.mergeList(LISTS[name], current, given);
