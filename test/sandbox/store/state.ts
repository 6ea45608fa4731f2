import type { HookTimes } from '../hooks/courier';
import { eventsOf } from '../hooks/events';
import { Hooks } from '../hooks/hooks';
import type { KeapRecord } from '../types';
import { CommerceState } from './commerceState';
import { RecordStore } from './recordStore';
import { manyContacts } from './manyContacts';
import { seedAccount } from './seed';
import { TagLinks } from './tagLinks';

/** Two contacts tied by a link type. */
export interface ContactLink {
	contact1_id: string;
	contact2_id: string;
	link_type_id: string;
}

const V2 = '/crm/rest/v2';

/** Where ids begin, apart from each other so that a tag's id is never by chance a category's. Unlisted collections begin at 1. */
const FIRST_IDS: Readonly<Record<string, number>> = {
	[`${V2}/companies`]: 3_001,
	[`${V2}/companies/model/customFields`]: 31,
	[`${V2}/contacts/links/types`]: 61,
	[`${V2}/contacts/model/customFields`]: 7,
	[`${V2}/emails`]: 7_001,
	[`${V2}/files`]: 6_001,
	[`${V2}/leadSources`]: 801,
	[`${V2}/notes`]: 4_001,
	[`${V2}/opportunities`]: 6_001,
	[`${V2}/opportunities/model/customFields`]: 51,
	[`${V2}/opportunities/stageMoves`]: 6_501,
	[`${V2}/opportunities/stages`]: 91,
	[`${V2}/tags`]: 501,
	[`${V2}/tags/categories`]: 71,
	[`${V2}/tasks`]: 5_001,
	[`${V2}/tasks/model/customFields`]: 41,
	[`${V2}/userGroups`]: 9_101,
	[`${V2}/users`]: 9_001,
};

/** E-mail addresses of a contact, in lower case. */
const emailsOf = (contact: KeapRecord | undefined): string[] =>
	((contact?.email_addresses ?? []) as Array<{ email: string }>).map(({ email }) => email.toLowerCase());

/** Everything the account holds. The stores are Maps by id; a test may read and change them freely. */
export class SandboxState {
	/** Rows that lists have looked at to find and to show their pages: what paging costs. */
	rowsLookedAt = 0;
	/** In which points Keap is otherwise than believed: names of `otherwise.ts`. Empty after a reset. */
	readonly otherwise = new Set<string>();
	/** Whether `:applyTags` refuses the whole call for one unknown contact. */
	applyTagsRejectsUnknown = false;
	/** The most contacts that one `:applyTags` or `:removeTags` takes. */
	applyTagsMax = 1_000;
	/** The most tags that one contact takes in one call of version 1. */
	tagsOfContactMax = 100;
	/** Whether a time zone, a locale or a contact type that Keap or the account does not know is refused. */
	refusesUnknownChoices = true;
	businessProfile: Record<string, unknown> = {};
	/** The contact types that the account knows. */
	contactTypes: string[] = [];
	readonly commerce = new CommerceState();
	readonly contactTags = new TagLinks();
	readonly companyTags = new TagLinks();
	readonly contactLinks: ContactLink[] = [];
	/** Contact ids by e-mail address in lower case. */
	readonly contactsByEmail = new Map<string, Set<string>>();

	/** Who is notified of changes. */
	readonly hooks: Hooks;

	readonly contacts: RecordStore;
	readonly companies: RecordStore;
	readonly tags: RecordStore;
	readonly tagCategories: RecordStore;
	readonly users: RecordStore;
	readonly leadSources: RecordStore;
	readonly linkTypes: RecordStore;
	/** The custom fields of contacts: `{ id, label, field_type, field_name, options, … }`. */
	readonly contactCustomFields: RecordStore;
	private readonly collections = new Map<string, RecordStore>();

	constructor(
		private readonly seeded = true,
		hookTimes: Partial<HookTimes> = {},
	) {
		this.hooks = new Hooks(hookTimes);
		this.contacts = this.collection(`${V2}/contacts`);
		this.companies = this.collection(`${V2}/companies`);
		this.tags = this.collection(`${V2}/tags`);
		this.tagCategories = this.collection(`${V2}/tags/categories`);
		this.users = this.collection(`${V2}/users`);
		this.leadSources = this.collection(`${V2}/leadSources`);
		this.linkTypes = this.collection(`${V2}/contacts/links/types`);
		this.contactCustomFields = this.collection(`${V2}/contacts/model/customFields`);
		this.contacts.onChange((id, before, after) => this.contactChanged(id, before, after));
		this.contactTags.onChange((change, tagId, contactId, at) =>
			this.hooks.raise(`contactGroup.${change}`, { id: Number(tagId), tagId: Number(tagId), applied: [Number(contactId)], timestamp: at }),
		);
		this.companies.onChange((id, _before, after) => after ?? this.companyTags.forgetRecord(id));
		this.tags.onChange((id, _before, after) => after ?? [this.contactTags, this.companyTags].forEach((links) => links.forgetTag(id)));
		this.reset();
	}

	/** The store of a collection, by its path without the last id: `/crm/rest/v2/orders/12/items`. Made when first asked for. */
	collection(path: string): RecordStore {
		const known = this.collections.get(path);
		if (known) return known;
		const store = new RecordStore(FIRST_IDS[path]);
		this.collections.set(path, store);
		store.onChange((id, before, after) => {
			for (const event of eventsOf(path, before, after))
				this.hooks.raise(event, {
					id: Number(id),
					apiUrl: `https://api.infusionsoft.com${path}/${id}`,
					timestamp: new Date().toISOString(),
				});
		});
		return store;
	}

	/** The store of a path if anything was ever kept there. */
	existing(path: string): RecordStore | undefined {
		return this.collections.get(path);
	}

	/**
	 * Adds many believable contacts at once.
	 * @param extra Fields for the contact of this index (0 is the first of the call), over the made ones.
	 * @returns Their ids, in order.
	 */
	addContacts(count: number, extra?: (index: number) => Record<string, unknown>): string[] {
		return manyContacts(this.contacts, count, extra);
	}

	/** Empties the account and seeds it again, if it was seeded. */
	reset(): void {
		this.hooks.clear();
		for (const store of this.collections.values()) store.clear();
		this.contactLinks.length = 0;
		this.commerce.reset();
		this.otherwise.clear();
		this.applyTagsRejectsUnknown = false;
		this.applyTagsMax = 1_000;
		this.tagsOfContactMax = 100;
		this.refusesUnknownChoices = true;
		this.contactTypes = ['Lead', 'Customer', 'Other', 'Prospect'];
		this.businessProfile = {
			name: 'Sandbox Bakery',
			email: 'hello@bakery.example',
			time_zone: 'America/Phoenix',
			currency_code: 'USD',
			language_tag: 'en-US',
		};
		if (this.seeded) seedAccount(this);
	}

	private contactChanged(id: string, before: KeapRecord | undefined, after: KeapRecord | undefined): void {
		for (const email of emailsOf(before)) this.contactsByEmail.get(email)?.delete(id);
		for (const email of emailsOf(after)) {
			const ids = this.contactsByEmail.get(email) ?? new Set<string>();
			this.contactsByEmail.set(email, ids.add(id));
		}
		if (after) return;
		this.contactTags.forgetRecord(id);
		const others = this.contactLinks.filter((link) => link.contact1_id !== id && link.contact2_id !== id);
		this.contactLinks.splice(0, Infinity, ...others);
	}
}
