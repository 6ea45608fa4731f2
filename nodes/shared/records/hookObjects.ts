import { appointments } from './activity/appointments';
import { notes } from './activity/notes';
import { tasks } from './activity/tasks';
import { orders } from './commerce/orders';
import { products } from './commerce/products';
import { subscriptions } from './commerce/subscriptions';
import { affiliates } from './marketing/affiliates';
import { leadSources } from './marketing/leadSources';
import { companies } from './people/companies';
import { contacts } from './people/contacts';
import { tags } from './people/tags';
import { users } from './people/users';
import type { RecordKind } from './kind/record';
import { opportunities } from './sales/opportunities';

/** The kinds of record that Keap's events are about, by the word that begins their event keys: `contactGroup.add` is about a tag. */
export const HOOK_OBJECTS: Readonly<Record<string, RecordKind>> = {
	affiliate: affiliates,
	appointment: appointments,
	company: companies,
	contact: contacts,
	contactGroup: tags,
	leadsource: leadSources,
	note: notes,
	opportunity: opportunities,
	order: orders,
	product: products,
	subscription: subscriptions,
	task: tasks,
	user: users,
};
