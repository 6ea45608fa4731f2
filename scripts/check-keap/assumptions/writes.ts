import { different, judge, refused, taken, unknown } from '../findings';
import { fieldsOf, listIn, type Fields, type Keap, type Reply } from '../keap';
import type { Assumption } from '../types';
import { MARK, NO_ID, V1, V2, type Workbench } from '../workbench';

const change = async (keap: Keap, bench: Workbench, body: Fields, mask = Object.keys(body).join(',')): Promise<Reply> =>
	await keap.ask('PATCH', bench.contact, { body, query: { update_mask: mask } });

/** The marked contact as it is now. */
const contact = async (keap: Keap, bench: Workbench): Promise<Fields> => fieldsOf((await keap.ask('GET', bench.contact)).body);

const entries = (record: Fields, name: string): Fields[] => (Array.isArray(record[name]) ? (record[name] as unknown[]).map(fieldsOf) : []);
/** The state of the marked contact's address. */
const state = async (keap: Keap, bench: Workbench): Promise<string> =>
	String(entries(await contact(keap, bench), 'email_addresses')[0]?.email_opt_status ?? 'none');

/** Takes a record that should not have been taken away again at the end. */
function track(bench: Workbench, collection: string, reply: Reply): Reply {
	const { id } = fieldsOf(reply.body);
	if (id !== undefined) bench.track(`${collection}/${String(id)}`);
	return reply;
}

const address = (parts: Fields): Fields => ({ addresses: [{ line1: MARK, field: 'BILLING', ...parts }] });

/** What only writing can show, in the order in which it is tried. */
export const WRITES: readonly Assumption[] = [
	{
		id: 'consent-without-reason',
		question: 'Is an address that is written without a reason one that may not be mailed?',
		believed: '`NON_MARKETABLE` or `UNENGAGED_NON_MARKETABLE`.',
		source: 'A live account of 2026-06.',
		restsOn: ['nodes/Keap/resources/people/contact'],
		otherwise: 'An import would opt people in who never asked.',
		asked: 'Reads the state of the marked contact’s address.',
		writes: async (keap, bench) => {
			const found = await state(keap, bench);
			return found === 'none' ? unknown('no state is returned') : judge(found.endsWith('NON_MARKETABLE'), found);
		},
	},
	{
		id: 'consent-with-reason',
		question: 'Does a reason opt an address in?',
		believed: '`opt_in_reason` makes it `SINGLE_OPT_IN`.',
		source: "Keap's help pages; public reports.",
		restsOn: ['nodes/Keap/resources/people/contact'],
		otherwise: 'Opt-In Reason does nothing.',
		asked: 'Sends the marked contact’s address again, with a reason.',
		writes: async (keap, bench) => {
			await change(keap, bench, { email_addresses: [{ email: bench.email, field: 'EMAIL1', opt_in_reason: MARK }] });
			const found = await state(keap, bench);
			return judge(/OPT_IN|CONFIRMED|UNENGAGED_MARKETABLE/.test(found), found);
		},
	},
	{
		id: 'consent-kept',
		question: 'Does an address keep its state when it is sent again without a reason?',
		believed: 'Yes.',
		source: 'As far as public reports show.',
		restsOn: ['nodes/shared/catalogue/batching/mergeLists.ts'],
		otherwise: 'Every update that keeps the other addresses would opt them out.',
		asked: 'Sends the opted-in address again, without a reason.',
		writes: async (keap, bench) => {
			const before = await state(keap, bench);
			await change(keap, bench, { email_addresses: [{ email: bench.email, field: 'EMAIL1' }] });
			const after = await state(keap, bench);
			return judge(before === after, `${before}, then ${after}`);
		},
	},
	{
		id: 'mask-clears',
		question: 'Does a name in `update_mask` without a value clear the field?',
		believed: 'Yes.',
		source: "Keap's description.",
		restsOn: ['nodes/shared/catalogue/calls'],
		otherwise: 'Fields to Clear does nothing.',
		asked: 'Clears the job title of the marked contact.',
		writes: async (keap, bench) => {
			const { status } = await change(keap, bench, {}, 'job_title');
			const left = (await contact(keap, bench)).job_title;
			return judge(
				status === 200 && (left === undefined || left === null || left === ''),
				`status ${status}, ${left ? 'still there' : 'empty'}`,
			);
		},
	},
	{
		id: 'mask-leaves',
		question: 'Is a field of the body that `update_mask` does not name left alone?',
		believed: 'Yes.',
		source: "Keap's description; recorded for version 1 in 2022.",
		restsOn: ['nodes/shared/catalogue/calls'],
		otherwise: 'Nothing: the nodes send no field that the mask does not name.',
		asked: 'Sends another first name, and names the job title alone.',
		writes: async (keap, bench) => {
			await change(keap, bench, { given_name: `${MARK} changed`, job_title: MARK }, 'job_title');
			const { given_name: name, job_title: title } = await contact(keap, bench);
			return judge(name === MARK && title === MARK, name === MARK ? 'left alone' : 'written');
		},
	},
	{
		id: 'lists-replaced',
		question: 'Does a list in an update replace the whole list?',
		believed: 'Yes: what is not listed is removed.',
		source: "Keap's description.",
		restsOn: ['nodes/shared/catalogue/batching/mergeLists.ts'],
		otherwise: 'Removing entries would not be possible, and keeping them would need no reading first.',
		asked: 'Sends one of two phone numbers of the marked contact.',
		writes: async (keap, bench) => {
			await change(keap, bench, { phone_numbers: [{ number: '+1 480 555 0101', field: 'PHONE1' }] });
			const left = entries(await contact(keap, bench), 'phone_numbers').filter(({ number }) => Boolean(number)).length;
			return judge(left === 1, `${left} of 2 are left`);
		},
	},
	{
		id: 'region-needs-country',
		question: 'Is an address with a region and without a country refused?',
		believed: 'Yes, with 400.',
		source: "Keap's description; an integrator's report.",
		restsOn: ['nodes/shared/catalogue/fields/reachFields.ts'],
		otherwise: 'Nothing: the nodes ask for the country before a call is spent.',
		asked: 'Sends such an address to the marked contact.',
		writes: async (keap, bench) => refused(await change(keap, bench, address({ region_code: 'US-AZ' }))),
	},
	{
		id: 'region-code',
		question: 'Is `region_code` taken, and given out again?',
		believed: '`US-AZ` with `USA`.',
		source: "Keap's description; Keap's staff on the forum in 2025.",
		restsOn: ['nodes/shared/catalogue/fields/reachFields.ts'],
		otherwise: 'Regions are lost or refused.',
		asked: 'Sends such an address to the marked contact and reads it.',
		writes: async (keap, bench) => {
			const reply = await change(keap, bench, address({ region_code: 'US-AZ', country_code: 'USA' }));
			const [kept] = entries(await contact(keap, bench), 'addresses');
			return judge(
				reply.status === 200 && kept?.region_code === 'US-AZ',
				`status ${reply.status}, region_code ${kept?.region_code === 'US-AZ' ? 'kept' : 'not kept'}`,
			);
		},
	},
	{
		id: 'region-name',
		question: 'What becomes of a region that is given by its name alone?',
		believed: 'It is taken as it is, with a country.',
		source: "Keap's staff on the forum: version 2 stays lenient; the field is marked as deprecated.",
		restsOn: ['nodes/shared/catalogue/fields/reachFields.ts'],
		otherwise: 'An update that keeps an old address is refused.',
		asked: 'Sends `Arizona` with `USA` to the marked contact.',
		writes: async (keap, bench) => taken(await change(keap, bench, address({ region: 'Arizona', country_code: 'USA' }))),
	},
	{
		id: 'time-zones',
		question: 'Is a time zone that Keap does not know refused?',
		believed: 'Yes: it takes a list of its own.',
		source: "Keap's FAQ.",
		restsOn: ['nodes/Keap/resources/people/contact'],
		otherwise: 'The list in the editor is shorter than it need be.',
		asked: 'Sends `Mars/Olympus` to the marked contact.',
		writes: async (keap, bench) => refused(await change(keap, bench, { time_zone: 'Mars/Olympus' })),
	},
	{
		id: 'upsert',
		question: 'Does `duplicate_option=Email` find the contact of an address?',
		believed: '200 and the same contact.',
		source: "Keap's description; Keap's staff on the forum in 2025.",
		restsOn: ['nodes/Keap/resources/people/contact'],
		otherwise: 'Create or Update makes a second contact.',
		asked: 'Creates or updates with the marked contact’s address.',
		writes: async (keap, bench) => {
			const body = { given_name: MARK, email_addresses: [{ email: bench.email, field: 'EMAIL1' }] };
			const reply = track(
				bench,
				`${V2}/contacts`,
				await keap.ask('POST', `${V2}/contacts`, { body, query: { duplicate_option: 'Email' } }),
			);
			const same = String(fieldsOf(reply.body).id) === bench.contactId;
			return judge(reply.status === 200 && same, `status ${reply.status}, ${same ? 'the same contact' : 'another contact'}`);
		},
	},
	{
		id: 'apply-tags',
		question: 'Does `:applyTags` return a result for each contact?',
		believed: '`results` by ID: `SUCCESS`, `DUPLICATE`, `CONTACT_NOT_FOUND`.',
		source: "Keap's description; the words are recorded for version 1.",
		restsOn: ['nodes/shared/catalogue/batching/bundledWrites.ts'],
		otherwise: 'A bundle cannot report which items failed: unknown words are an error, never success.',
		asked: 'Applies the marked tag to the marked contact twice, the second time with an ID that no account has.',
		writes: async (keap, bench) => {
			const apply = async (...ids: string[]): Promise<Fields> => {
				const reply = await keap.ask('POST', `${V2}/tags/${bench.tagId}/contacts:applyTags`, { body: { contact_ids: ids } });
				return fieldsOf(fieldsOf(reply.body).results);
			};
			const first = await apply(bench.contactId);
			const second = await apply(bench.contactId, String(NO_ID));
			const words = [first[bench.contactId], second[bench.contactId], second[String(NO_ID)]].map(String);
			return judge(
				words.join() === 'SUCCESS,DUPLICATE,CONTACT_NOT_FOUND',
				words.map((word) => (/^[A-Z_]+$/.test(word) ? word : 'none')).join(', '),
			);
		},
	},
	{
		id: 'ids-in-a-write',
		question: 'Does `:applyTags` take 1,000 contacts in one call?',
		believed: 'Yes.',
		source: 'Not described for tags; Keap names 1,000 elsewhere.',
		restsOn: ['nodes/shared/catalogue/batching/bundledWrites.ts'],
		otherwise: 'Nothing is lost: a refused bundle is halved until it is taken, at the price of more calls.',
		asked: 'Applies the marked tag to the marked contact and 999 IDs that no account has.',
		writes: async (keap, bench) => {
			const ids = [bench.contactId, ...Array.from({ length: 999 }, (_unused, index) => String(NO_ID + index))];
			return taken(await keap.ask('POST', `${V2}/tags/${bench.tagId}/contacts:applyTags`, { body: { contact_ids: ids } }));
		},
	},
	{
		id: 'remove-tags',
		question: 'Does `:removeTags` refuse the whole call for one contact that does not exist?',
		believed: 'Yes, with 404; no tag is removed.',
		source: "Keap's description leaves it open; this is the harder reading.",
		restsOn: ['nodes/shared/catalogue/batching/bundledWrites.ts'],
		otherwise: 'An item with an unknown contact would count as done.',
		asked: 'Takes the marked tag from the marked contact and an ID that no account has.',
		writes: async (keap, bench) => {
			const { status } = await keap.ask('POST', `${V2}/tags/${bench.tagId}/contacts:removeTags`, {
				body: { contact_ids: [bench.contactId, String(NO_ID)] },
			});
			const left = listIn(await keap.ask('GET', `${V2}/contacts/${bench.contactId}/tags`), 'tags').length;
			return judge(status === 404 && left > 0, `status ${status}, the tag is ${left > 0 ? 'still there' : 'gone'}`);
		},
	},
	{
		id: 'tags-of-contact',
		question: 'Does version 1 apply many tags to one contact, and say of each what became of it?',
		believed: 'By ID: `SUCCESS` or `DUPLICATE`, `TAG_ID_NOT_FOUND` for one that is not there, with 200.',
		source: 'Recorded answers of version 1.',
		restsOn: ['nodes/Keap/resources/people/tagging/ways.ts'],
		otherwise: 'Unknown words are an error, never success.',
		asked: 'Applies the marked tag to the marked contact, together with an ID that no account has.',
		writes: async (keap, bench) => {
			const path = `/crm/rest/v1/contacts/${bench.contactId}/tags`;
			const reply = await keap.ask('POST', path, { body: { tagIds: [Number(bench.tagId), NO_ID] } });
			const words = [bench.tagId, String(NO_ID)].map((id) => String(fieldsOf(reply.body)[id]));
			return judge(
				/^(SUCCESS|DUPLICATE),TAG_ID_NOT_FOUND$/.test(words.join()),
				words.map((word) => (/^[A-Z_]+$/.test(word) ? word : 'none')).join(', '),
			);
		},
	},
	{
		id: 'tags-off-contact',
		question: 'Does version 1 take many tags away from one contact?',
		believed: 'Yes, with their IDs in the query, separated by commas.',
		source: "Keap's description of version 1.",
		restsOn: ['nodes/Keap/resources/people/tagging/ways.ts'],
		otherwise: 'Tag > Remove From Contacts fails where one item names several tags.',
		asked: 'Takes the marked tag from the marked contact.',
		writes: async (keap, bench) => {
			const path = `/crm/rest/v1/contacts/${bench.contactId}/tags`;
			return taken(await keap.ask('DELETE', path, { query: { ids: bench.tagId } }));
		},
	},
	{
		id: 'tag-names',
		question: 'May the name of a tag have a comma in it?',
		believed: 'Yes.',
		source: "Keap's description names no rule; one author says that commas are refused.",
		restsOn: ['nodes/Keap/resources/people/tag.ts'],
		otherwise: 'Creating such a tag is refused; the error says so.',
		asked: 'Creates a marked tag with one.',
		writes: async (keap, bench) =>
			taken(track(bench, `${V2}/tags`, await keap.ask('POST', `${V2}/tags`, { body: { name: `${MARK}, ${bench.tagId}` } }))),
	},
	{
		id: 'note-user',
		question: 'Does a note need a user?',
		believed: 'Yes, 400 without `user_id`.',
		source: "Keap's description; two programs send none and would not notice.",
		restsOn: ['nodes/Keap/resources/activity/note.ts'],
		otherwise: 'The form asks for more than Keap needs.',
		asked: 'Writes a note without one to the marked contact.',
		writes: async (keap, bench) => {
			const collection = `${V2}/contacts/${bench.contactId}/notes`;
			return refused(track(bench, collection, await keap.ask('POST', collection, { body: { title: MARK, text: MARK } })));
		},
	},
	{
		id: 'file-form',
		question: 'Are the texts of an upload plain parts of the form?',
		believed: 'Parts without a content type, next to the file.',
		source: "Keap's description: `multipart/form-data`.",
		restsOn: ['nodes/shared/transport/message/multipart.ts', 'nodes/Keap/resources/activity/file'],
		otherwise: 'Uploads are refused.',
		asked: 'Uploads a text file of a few letters to the marked contact.',
		writes: async (keap, bench) => {
			const bytes = Buffer.from(MARK);
			const file = {
				fileName: 'n8n-nodes-keap-check.txt',
				contentType: 'text/plain',
				size: bytes.length,
				open: async () => await Promise.resolve(bytes),
			};
			const fields = { file_name: file.fileName, file_association: 'CONTACT', contact_id: bench.contactId, is_public: 'false' };
			return taken(track(bench, `${V2}/files`, await keap.ask('POST', `${V2}/files`, { form: { fields, files: { file } } })));
		},
	},
	{
		id: 'hook-query',
		question: "Does a hook's address keep its query?",
		believed: 'Yes, as it was given.',
		source: 'Nobody recorded it.',
		restsOn: ['nodes/KeapTrigger/subscription/hookUrl.ts'],
		otherwise: 'Deliveries come without the secret in the address and are refused.',
		asked: 'Subscribes `https://example.com/…?a=1&b=2` to `contact.add`, which Keap cannot verify, and removes it.',
		writes: async (keap, bench) => {
			const hookUrl = `https://example.com/n8n-nodes-keap-check?a=${bench.contactId}&b=2`;
			const reply = await keap.ask('POST', `${V1}/hooks`, { body: { eventKey: 'contact.add', hookUrl } });
			const { key, hookUrl: kept } = fieldsOf(reply.body);
			if (key !== undefined) bench.track(`${V1}/hooks/${String(key)}`);
			if (reply.status >= 400) return different(`status ${reply.status}`);
			return judge(kept === hookUrl, kept === hookUrl ? 'kept' : 'changed');
		},
	},
	{
		id: 'deleted-record',
		question: 'Is a deleted contact gone at once?',
		believed: '404 right after the deletion.',
		source: 'A production log of 2026-06.',
		restsOn: ['nodes/shared/transport/retryPolicy.ts'],
		otherwise: 'A repeated deletion would look the same as the deletion of a record that never existed.',
		asked: 'Deletes the marked contact and reads it.',
		writes: async (keap, bench) => {
			const removed = await keap.ask('DELETE', bench.contact);
			const { status } = await keap.ask('GET', bench.contact);
			return judge(status === 404, `deleted with ${removed.status}, read with ${status}`);
		},
	},
];
