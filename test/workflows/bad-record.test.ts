import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { KEAP_CREDENTIAL, workflow } from '../support/engine';
import { byId, errorsOf, errorText, itemsOf, keapForEachTest, on } from './helpers';

const contact = on('contact');
const get = contact('get', { contactId: byId('={{ $json.id }}'), output: 'raw' });
const goOn = { onError: 'continueRegularOutput' } as const;

/** Keap fails to write out a record, in whichever answer it is. */
describe('one record that Keap fails to write out, among many that are read by their IDs', () => {
	const keap = keapForEachTest();
	const people = itemsOf(100, (index) => ({ id: index + 11 }));
	beforeEach(() => void keap().sandbox.state.addContacts(130));
	const fails = (id: number): void => void keap().sandbox.fault({ times: Infinity }, { kind: 'badRow', id: String(id) });

	it.each([11, 60])('of 100, the contact %i fails alone and is named, after few calls', async (bad) => {
		fails(bad);
		const items = await keap().output(get, people, goOn);
		expect(items.map(({ id }, index) => (index === bad - 11 ? 'bad' : id))).toEqual(
			people.map(({ id }) => (id === bad ? 'bad' : String(id))),
		);
		const errors = errorsOf(items).filter((error) => error !== undefined);
		expect(errors).toEqual([expect.stringMatching(new RegExp(`Keap can't answer with the record with the ID ${bad}`))]);
		// Each call that fails is made twice.
		expect(keap().newCalls().length).toBeLessThanOrEqual(28);
	});

	it('without Continue the node stops, and the error names the contact', async () => {
		fails(60);
		expect(errorText(await keap().run(get, people))).toMatch(/Keap can't answer with the record with the ID 60/);
	});

	it('an update that keeps lists writes the others', async () => {
		fails(60);
		const rename = contact('update', {
			contactId: byId('={{ $json.id }}'),
			updateFields: { phone2: { entries: { number: '+1 480 555 0199' } } },
		});
		const items = await keap().output(rename, people, goOn);
		expect(errorsOf(items).filter((error) => error !== undefined)).toHaveLength(1);
		expect(
			keap()
				.newCalls()
				.filter((call) => call.startsWith('PATCH')),
		).toHaveLength(99);
	});

	it('an import of known contacts looks up each address, where the newest contacts cannot be listed', async () => {
		keap().sandbox.fault(
			{ path: '/crm/rest/v2/contacts', after: 1, times: Infinity },
			{ kind: 'badRow', id: String(keap().sandbox.state.contacts.upcomingId - 1) },
		);
		const people = keap().sandbox.state.contacts.rows.slice(20, 60);
		const given = people.map(({ email_addresses: list }) => ({ email: (list as Array<{ email: string }>)[0]?.email ?? '' }));
		const upsert = contact('upsert', { email: '={{ $json.email }}', additionalFields: { jobTitle: 'Baker' } });
		const items = await keap().output(upsert, given, goOn);
		expect(errorsOf(items).filter((error) => error !== undefined)).toEqual([]);
		expect(items.map(({ id }) => id)).toEqual(people.map(({ id }) => id));
	});

	it('where nothing can be read, three calls say so', async () => {
		keap().sandbox.fault({ times: Infinity, path: '/crm/rest/v2/contacts' }, { kind: 'status', status: 500 });
		const items = await keap().output(get, people, goOn);
		expect(new Set(errorsOf(items).map((error) => String(error).replace(/ \[item \d+\]/, ''))).size).toBe(1);
		expect(keap().newCalls()).toHaveLength(6);
	});
});

describe('one record that Keap fails to write out, in a list that is polled', () => {
	const keap = keapForEachTest();
	const V2 = '/crm/rest/v2';
	const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

	function activate(parameters: INodeParameters) {
		const json = workflow([{ name: 'Watch', type: 'n8n-nodes-keap.keapPollingTrigger', parameters, credentials: KEAP_CREDENTIAL }]);
		return async (): Promise<IDataObject[]> => {
			const polled = await keap().engine.poll(json);
			Object.assign(json, { staticData: polled.staticData });
			return polled.items ?? [];
		};
	}
	const fails = (id: string): (() => void) => keap().sandbox.fault({ times: Infinity }, { kind: 'badRow', id });
	const add = (path: string, fields: IDataObject): string => {
		const time = minutesAgo(0);
		return keap()
			.sandbox.state.collection(path)
			.add({ create_time: time, update_time: time, ...fields }).id;
	};

	it.each<[event: string, path: string, fields: IDataObject]>([
		['contactCreatedOrUpdated', `${V2}/contacts`, { given_name: 'New' }],
		['companyCreatedOrUpdated', `${V2}/companies`, { company_name: 'New' }],
		['noteUpdated', `${V2}/notes`, { contact_id: '1', title: 'New', create_time: minutesAgo(60) }],
		['opportunityUpdated', `${V2}/opportunities`, { contact_id: '1', created_time: minutesAgo(60), last_updated_time: minutesAgo(0) }],
		['orderCreated', `${V2}/orders`, { title: 'New' }],
		['subscriptionCreatedOrUpdated', `${V2}/subscriptions`, { contact_id: '1' }],
		['taskCreatedOrUpdated', `${V2}/tasks`, { title: 'New', modification_time: minutesAgo(0) }],
		['appointmentCreated', '/crm/rest/v1/appointments', { title: 'New', start_date: minutesAgo(0), end_date: minutesAgo(0) }],
	])('%s: the others come out, and it is reported once', async (event, path, fields) => {
		const poll = activate({ event });
		await poll();
		const [first, bad, last] = [add(path, fields), add(path, fields), add(path, fields)];
		fails(bad);
		const items = await poll();
		expect(items.filter(({ record_error: reason }) => reason === undefined).map(({ id }) => String(id))).toEqual([first, last]);
		const reports = items.filter(({ record_error: reason }) => reason !== undefined);
		expect(reports).toEqual([
			{
				id: path.includes('/v1/') ? null : bad,
				record_error: expect.stringMatching(/Keap can't answer with .*Look at it in Keap/) as string,
			},
		]);
		const later = add(path, fields);
		expect((await poll()).map(({ id }) => String(id))).toEqual([later]);
		expect(await poll()).toEqual([]);
	});

	it.each([
		['fails for it alone: it comes with the reason', '18', [['18', true]]],
		['fails for all: the poll fails, and the next one has it', undefined, undefined],
	])('contactTagged: of a single contact, Keap %s', async (_what, bad, expected) => {
		const whole = activate({ event: 'contactTagged', tagId: byId(501), options: { fullContact: true } });
		await whole();
		await keap().output({ resource: 'tag', operation: 'apply', tagIds: ['501'], contactIds: '18' });
		const match = { times: Infinity, path: `${V2}/contacts` };
		const isOver = keap().sandbox.fault(match, bad === undefined ? { kind: 'status', status: 500 } : { kind: 'badRow', id: bad });
		if (expected === undefined) {
			await expect(whole()).rejects.toThrow();
			isOver();
			expect((await whole()).map(({ id, record_error: reason }) => [id, reason])).toEqual([['18', undefined]]);
		} else expect((await whole()).map(({ id, record_error: reason }) => [id, reason !== undefined])).toEqual(expected);
	});

	it('contactTagged: with the whole contact, too', async () => {
		const short = activate({ event: 'contactTagged', tagId: byId(501) });
		const whole = activate({ event: 'contactTagged', tagId: byId(501), options: { fullContact: true } });
		expect([await short(), await whole()]).toEqual([[], []]);
		await keap().output({ resource: 'tag', operation: 'apply', tagIds: ['501'], contactIds: '17, 18, 19, 20' });
		keap().sandbox.fault({ times: Infinity, path: `${V2}/contacts` }, { kind: 'badRow', id: '18' });
		const found = await whole();
		expect(found.map(({ id, record_error: reason, tag_ids: tags }) => [id, reason !== undefined, tags !== undefined])).toEqual([
			['17', false, true],
			['18', true, false],
			['19', false, true],
			['20', false, true],
		]);
		fails('18');
		const others = await short();
		expect(others.flatMap(({ id, record_error: reason }) => (reason === undefined ? [id] : [])).sort()).toEqual(['17', '19', '20']);
		expect(others).toHaveLength(4);
		expect(await short()).toEqual([]);
	});
});
