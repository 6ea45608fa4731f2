import { contacts } from '../../../nodes/shared/records/people/contacts';
import { asBelieved, different, judge, kindOf, mayNot, refused, taken, unknown } from '../findings';
import { fieldsOf, listIn, type Fields, type Keap } from '../keap';
import type { Assumption, Finding } from '../types';
import { NO_ID, V1, V2 } from '../workbench';

const CONTACTS = `${V2}/contacts`;
const ids = (records: readonly Fields[]): string[] => records.map(({ id }) => String(id));

/** The account's first contacts by ID, with their times. */
const firstContacts = async (keap: Keap): Promise<Fields[]> =>
	listIn(await keap.get(CONTACTS, { page_size: 10, order_by: 'id asc', fields: ['id', 'create_time', 'update_time'] }), 'contacts');

/** Reads two pages of one record each and compares them. */
async function twoPages(keap: Keap, path: string, name: string, accepts: (token: unknown) => string | undefined): Promise<Finding> {
	const first = await keap.get(path, { page_size: 1 });
	if (first.status === 403) return mayNot;
	const token = fieldsOf(first.body).next_page_token;
	if (listIn(first, name).length === 0 || token === '' || token === undefined || token === null) return unknown('fewer than two records');
	const wanted = accepts(token);
	if (wanted === undefined) return different(`the token is ${kindOf(token)} that leads nowhere`);
	const second = await keap.get(path, { page_size: 1, page_token: wanted });
	const moved = listIn(second, name)[0]?.id;
	const isUrl = wanted !== token;
	return judge(
		second.status === 200 && moved !== undefined && moved !== listIn(first, name)[0]?.id,
		`${isUrl ? 'a whole address' : 'an opaque text'}; the second page: status ${second.status}, ${moved === listIn(first, name)[0]?.id ? 'the same record' : 'another record'}`,
	);
}

/** The token of a page's address, or the token itself. */
function tokenIn(token: unknown): string | undefined {
	if (typeof token !== 'string') return undefined;
	if (!/^(https?:\/\/|[/?])/.test(token)) return token;
	return new URLSearchParams(token.slice(token.indexOf('?') + 1)).get('page_token') ?? undefined;
}

const sorted = (values: readonly number[]): boolean => values.every((value, index) => index === 0 || (values[index - 1] ?? 0) <= value);

/** Pages, orders, filters. */
export const LISTS: readonly Assumption[] = [
	{
		id: 'page-size',
		question: 'Does a list take pages of 1,000 records?',
		believed: 'Yes; 100 for users, 25 for automations. A smaller page than asked for is normal.',
		source: "Keap's description for 54 lists; integrators' reports.",
		restsOn: ['nodes/shared/transport/pagination.ts'],
		otherwise: 'Get Many is refused (400) until the page size is made smaller.',
		asked: 'Asks for a page of 1,000 contacts, IDs only.',
		reads: async (keap) => taken(await keap.get(CONTACTS, { page_size: 1_000, fields: ['id'] })),
	},
	{
		id: 'page-size-users',
		question: 'Does the list of users take pages of 100?',
		believed: 'Yes.',
		source: "Keap's description.",
		restsOn: ['nodes/shared/records/people/users.ts'],
		otherwise: 'User > Get Many and the list of users in the editor are refused (400).',
		asked: 'Asks for a page of 100 users.',
		reads: async (keap) => taken(await keap.get(`${V2}/users`, { page_size: 100 })),
	},
	{
		id: 'page-token',
		question: 'Does `next_page_token` of contacts lead to the next page?',
		believed: 'It is an opaque text that is sent back as `page_token`.',
		source: "Keap's description.",
		restsOn: ['nodes/shared/transport/pages.ts'],
		otherwise: 'Only the first page can be read; the reader stops with an error instead of losing the rest.',
		asked: 'Reads two pages of one contact each.',
		reads: async (keap) => await twoPages(keap, CONTACTS, 'contacts', (token) => (typeof token === 'string' ? token : undefined)),
	},
	{
		id: 'page-token-tags',
		question: 'Does `next_page_token` of tags lead to the next page?',
		believed: 'It is the token, or the whole address of the next page with the token in it.',
		source: 'Recorded answer of 2024; an SDK of 2026 that takes the token out of an address.',
		restsOn: ['nodes/shared/transport/pages.ts', 'nodes/shared/locators'],
		otherwise: 'Only the first 1,000 tags can be read; the reader stops with an error.',
		asked: 'Reads two pages of one tag each.',
		reads: async (keap) => await twoPages(keap, `${V2}/tags`, 'tags', tokenIn),
	},
	{
		id: 'page-token-other-size',
		question: 'Does a page token keep its place when the next page is asked for in another size?',
		believed: 'Yes: it is the place of the next record, not the number of a page.',
		source: 'The token recorded in 2024 holds the ID of the last record; nothing is described.',
		restsOn: ['nodes/shared/transport/pageSize.ts', 'nodes/shared/polling/list/bothEnds.ts'],
		otherwise:
			'A list in which one record makes a page fail is read in smaller pages from a wrong place: records could be missing or come twice.',
		asked: 'Reads one contact, then three more with its token, and compares them with the first four.',
		reads: async (keap) => {
			const query = { order_by: 'id asc', fields: ['id'] };
			const four = ids(listIn(await keap.get(CONTACTS, { ...query, page_size: 4 }), 'contacts'));
			const one = await keap.get(CONTACTS, { ...query, page_size: 1 });
			const token = tokenIn(fieldsOf(one.body).next_page_token);
			if (four.length < 3 || token === undefined || token === '') return unknown('fewer than three contacts');
			const three = await keap.get(CONTACTS, { ...query, page_size: 3, page_token: token });
			const found = ids(listIn(three, 'contacts'));
			const isSame = found.length > 0 && found.every((id, index) => id === four[index + 1]);
			return judge(three.status === 200 && isSame, `status ${three.status}, ${isSame ? 'the next records' : 'other records'}`);
		},
	},
	{
		id: 'empty-list',
		question: 'Is a list without matches an empty list?',
		believed: 'Status 200, the list there and empty, `next_page_token` empty or absent.',
		source: 'Live answers of 12 lists of 2026-06.',
		restsOn: ['nodes/shared/transport/pages.ts', 'nodes/shared/polling'],
		otherwise: 'Finding nothing would be an error.',
		asked: 'Filters contacts by an ID that no account has.',
		reads: async (keap) => {
			const { status, body } = await keap.get(CONTACTS, { filter: `ids==${NO_ID}` });
			if (status === 403) return mayNot;
			const { contacts, next_page_token: token } = fieldsOf(body);
			const isEmpty = Array.isArray(contacts) && contacts.length === 0;
			return judge(
				status === 200 && isEmpty && (token ?? '') === '',
				`status ${status}, the list is ${kindOf(contacts)}, the token ${kindOf(token)}`,
			);
		},
	},
	{
		id: 'filter-and',
		question: 'Does `;` between two conditions of a filter mean that both must hold?',
		believed: 'Yes.',
		source: "Keap's description; one author says that one condition only is taken.",
		restsOn: ['nodes/shared/catalogue/calls', 'nodes/shared/polling'],
		otherwise: 'Get Many with two filters finds too much, or is refused.',
		asked: 'Filters contacts by one ID, and by the same ID and a larger one.',
		reads: async (keap) => {
			const [id] = ids(await firstContacts(keap));
			if (id === undefined) return unknown('no contact');
			const alone = await keap.get(CONTACTS, { filter: `ids==${id}`, fields: ['id'] });
			const both = await keap.get(CONTACTS, { filter: `ids==${id};contact_id>${id}`, fields: ['id'] });
			const found = [alone, both].map((reply) => listIn(reply, 'contacts').length);
			return judge(
				alone.status === 200 && both.status === 200 && found[0] === 1 && found[1] === 0,
				`status ${both.status}; ${found.join(' and ')} found`,
			);
		},
	},
	{
		id: 'filter-bounds',
		question: 'Can a filter compare one field twice, from below and from above?',
		believed: 'Yes: `contact_id>=4;contact_id<=9` are two conditions like any others.',
		source: "Keap's description joins conditions with `;` and says nothing of two on one field.",
		restsOn: ['nodes/shared/rows/idFilters.ts'],
		otherwise: 'Get Many with ID at Least and ID at Most finds too much, or is refused.',
		asked: 'Asks for the contacts between one ID and the same ID.',
		reads: async (keap) => {
			const [first, second] = ids(await firstContacts(keap));
			if (first === undefined || second === undefined) return unknown('fewer than two contacts');
			const answer = await keap.get(CONTACTS, { filter: `contact_id>=${first};contact_id<=${first}`, fields: ['id'] });
			if (answer.status !== 200) return different(`status ${answer.status}`);
			const found = ids(listIn(answer, 'contacts'));
			return judge(found.length === 1 && found[0] === first, `${found.length} contacts`);
		},
	},
	{
		id: 'ids-in-a-filter',
		question: 'Does `ids==` take 100 IDs in one call?',
		believed: 'Yes, 100.',
		source: "Keap's description says so for opportunities.",
		restsOn: ['nodes/shared/catalogue/batching/bundle.ts'],
		otherwise: 'Bundled reads are refused (400); each item would need a call of its own.',
		asked: 'Filters contacts by 100 IDs.',
		reads: async (keap) =>
			taken(
				await keap.get(CONTACTS, {
					filter: `ids==${Array.from({ length: 100 }, (_unused, index) => NO_ID + index).join(',')}`,
					fields: ['id'],
				}),
			),
	},
	{
		id: 'unknown-filter',
		question: 'Is a filter by a field that does not exist refused?',
		believed: 'Yes, with 400; it is never ignored.',
		source: "Keap's description.",
		restsOn: ['nodes/shared/catalogue/calls'],
		otherwise: 'A misspelt filter would find everything.',
		asked: 'Filters contacts by a field that cannot exist.',
		reads: async (keap) => refused(await keap.get(CONTACTS, { filter: 'n8n_nodes_keap_check==1', page_size: 1 })),
	},
	{
		id: 'order-by-id',
		question: 'Is `order_by=id asc` the order of numbers?',
		believed: 'Yes, 9 before 10.',
		source: "Keap's description names the field; the order is not described.",
		restsOn: ['nodes/shared/polling', 'nodes/KeapPollingTrigger/lists.ts'],
		otherwise: 'A poll for new records would miss those with smaller texts for IDs.',
		asked: 'Reads ten contacts in that order.',
		reads: async (keap) => {
			const found = ids(await firstContacts(keap));
			return found.length < 2 ? unknown('fewer than two contacts') : judge(sorted(found.map(Number)), `${found.length} contacts`);
		},
	},
	{
		id: 'order-by-update-time',
		question: 'Is `order_by=update_time asc` the order of the last change?',
		believed: 'Yes, in steps as fine as the times themselves.',
		source: "Keap's description names the field.",
		restsOn: ['nodes/shared/polling', 'nodes/KeapPollingTrigger/lists.ts'],
		otherwise: 'A poll for changes could move past what it has not seen.',
		asked: 'Reads ten contacts in that order.',
		reads: async (keap) => {
			const found = listIn(
				await keap.get(CONTACTS, { page_size: 10, order_by: 'update_time asc', fields: ['id', 'update_time'] }),
				'contacts',
			);
			const times = found.map(({ update_time: time }) => Date.parse(String(time))).filter((time) => !Number.isNaN(time));
			return times.length < 2 ? unknown('fewer than two contacts with that time') : judge(sorted(times), `${times.length} times`);
		},
	},
	{
		id: 'update-time-bounds',
		question: 'Do `start_update_time` and `end_update_time` let the time itself through?',
		believed: 'Yes, both bounds are included.',
		source: "Keap's description leaves it open.",
		restsOn: ['nodes/shared/polling'],
		otherwise: 'A record that changed in the very millisecond at which a poll stopped would be missed.',
		asked: 'Filters one contact by its own time.',
		reads: async (keap) => {
			const contact = (await firstContacts(keap)).find(({ update_time: time }) => typeof time === 'string');
			if (!contact) return unknown('no contact with an update time');
			const time = new Date(String(contact.update_time)).toISOString();
			const reply = await keap.get(CONTACTS, {
				filter: `ids==${String(contact.id)};start_update_time==${time};end_update_time==${time}`,
				fields: ['id'],
			});
			return judge(
				reply.status === 200 && listIn(reply, 'contacts').length === 1,
				`status ${reply.status}, ${listIn(reply, 'contacts').length} found`,
			);
		},
	},
	{
		id: 'never-updated',
		question: 'Does a contact that was never changed have an update time?',
		believed: 'Yes, that of its making.',
		source: 'Nobody recorded it.',
		restsOn: ['nodes/shared/polling'],
		otherwise: 'Such records stand at an unknown place of a list in the order of changes.',
		asked: 'Reads ten contacts and looks for those without.',
		reads: async (keap) => {
			const found = await firstContacts(keap);
			if (found.length === 0) return unknown('no contact');
			const without = found.filter(({ update_time: time }) => typeof time !== 'string' || time === '').length;
			return judge(without === 0, `${without} of ${found.length} without`);
		},
	},
	{
		id: 'contact-fields',
		question: 'Does `fields` of contacts take all names that are asked for?',
		believed: `All ${contacts.fields.length} names of Keap's description of 2026-08.`,
		source: "Keap's description; a model recorded in 2025 lists seven fewer.",
		restsOn: ['nodes/shared/records/people/contacts.ts'],
		otherwise: 'Every full read of a contact is refused (400).',
		asked: 'Reads one contact with all of them.',
		reads: async (keap) => taken(await keap.get(CONTACTS, { page_size: 1, fields: contacts.fields })),
	},
	{
		id: 'newest-first',
		question: 'Do opportunities, tasks, notes and subscriptions take the order by their last change?',
		believed: '`update_time desc`, and `modification_time desc` for subscriptions.',
		source: "Keap's description.",
		restsOn: ['nodes/KeapPollingTrigger/lists.ts'],
		otherwise: 'The polling trigger fails for their changes.',
		asked: 'Reads one of each in that order.',
		reads: async (keap) => {
			const orders = {
				opportunities: 'update_time desc',
				tasks: 'update_time desc',
				notes: 'update_time desc',
				subscriptions: 'modification_time desc',
			};
			const bad: string[] = [];
			for (const [name, order] of Object.entries(orders)) {
				const { status } = await keap.get(`${V2}/${name}`, { page_size: 1, order_by: order });
				if (status !== 200 && status !== 403) bad.push(`${name} ${status}`);
			}
			return bad.length === 0 ? asBelieved('status 200') : different(bad.join(', '));
		},
	},
	{
		id: 'paid-orders',
		question: 'Are paid orders found by `paid==true`, and among IDs too?',
		believed: '`paid==true` and `paid==false` share no order, and `ids==…;paid==…` keeps to both.',
		source: "Keap's description names both filters.",
		restsOn: ['nodes/KeapPollingTrigger/comparisons.ts'],
		otherwise: 'Order Paid of the polling trigger fails, or takes unpaid orders for paid.',
		asked: 'Reads ten orders of each kind, and one of them by its ID.',
		reads: async (keap) => {
			const orders = async (filter: string) => await keap.get(`${V2}/orders`, { page_size: 10, order_by: 'id asc', filter });
			const [paid, open] = [await orders('paid==true'), await orders('paid==false')];
			for (const reply of [paid, open]) if (reply.status !== 200) return taken(reply);
			const [ofPaid, ofOpen] = [paid, open].map((reply) => ids(listIn(reply, 'orders')));
			const [one, isPaid] = ofPaid?.[0] === undefined ? [ofOpen?.[0], false] : [ofPaid[0], true];
			if (one === undefined) return unknown('no order');
			const both = ofPaid?.filter((id) => ofOpen?.includes(id)).length ?? 0;
			const counts = await Promise.all(
				[isPaid, !isPaid].map(async (is) => listIn(await orders(`ids==${one};paid==${String(is)}`), 'orders').length),
			);
			return judge(both === 0 && counts[0] === 1 && counts[1] === 0, `${both} in both; one by its ID: ${counts.join(' and ')}`);
		},
	},
	{
		id: 'applied-time',
		question: 'Can the contacts of a tag be filtered and ordered by when they got it?',
		believed: '`filter=since_applied_time==…` and `order_by=applied_time asc`.',
		source: "Keap's description.",
		restsOn: ['nodes/KeapPollingTrigger/lists.ts'],
		otherwise: 'The polling trigger fails for Tag Applied.',
		asked: 'Reads the contacts of the first tag in that way.',
		reads: async (keap) => {
			const [tag] = listIn(await keap.get(`${V2}/tags`, { page_size: 1 }), 'tags');
			if (!tag) return unknown('no tag');
			return taken(
				await keap.get(`${V2}/tags/${String(tag.id)}/contacts`, {
					page_size: 1,
					filter: 'since_applied_time==2100-01-01T00:00:00.000Z',
					order_by: 'applied_time asc',
				}),
			);
		},
	},
	{
		id: 'email-statuses',
		question: 'Can the states of several addresses be asked for at once?',
		believed: '`filter=emails==a,b` gives those that the account knows.',
		source: "Keap's description.",
		restsOn: ['nodes/Keap/resources/people/emailAddress.ts'],
		otherwise: 'Email Address > Get needs a call for each item.',
		asked: 'Asks for two addresses that nobody has.',
		reads: async (keap) =>
			taken(
				await keap.get(`${V2}/emailAddresses`, { filter: 'emails==n8n-nodes-keap-check-1@example.com,n8n-nodes-keap-check-2@example.com' }),
			),
	},
	{
		id: 'event-keys',
		question: 'Does the account have the events that the trigger names?',
		believed: '`GET /v1/hooks/event_keys` is a list of texts, with those of contacts and of tags among them.',
		source: 'Three complete lists of 2018 to 2026.',
		restsOn: ['nodes/KeapTrigger', 'nodes/shared/hooks'],
		otherwise: 'Keap Trigger cannot be activated for them.',
		asked: 'Reads the list.',
		reads: async (keap) => {
			const { status, body } = await keap.get(`${V1}/hooks/event_keys`);
			if (status === 403) return mayNot;
			const keys: unknown[] = Array.isArray(body) ? body : [];
			const missing = ['contact.add', 'contact.edit', 'contact.delete', 'contactGroup.applied', 'contactGroup.removed'].filter(
				(key) => !keys.includes(key),
			);
			return judge(
				status === 200 && missing.length === 0,
				`${keys.length} events${missing.length > 0 ? `, without ${missing.join(', ')}` : ''}`,
			);
		},
	},
	{
		id: 'hooks-list',
		question: 'Is the list of REST hooks a list by itself?',
		believed: 'A bare list, not an object with a list in it.',
		source: "Keap's description; production code.",
		restsOn: ['nodes/shared/hooks'],
		otherwise: 'The trigger fails when it looks for its hooks; it takes nothing for "no hooks".',
		asked: 'Reads the list; nothing of it is shown.',
		reads: async (keap) => {
			const { status, body } = await keap.get(`${V1}/hooks`);
			return status === 403 ? mayNot : judge(status === 200 && Array.isArray(body), `status ${status}, ${kindOf(body)}`);
		},
	},
];
