import type { INodeParameterResourceLocator, INodeParameters } from 'n8n-workflow';

import type { Field } from '../../nodes/shared/catalogue/operation/types';
import { severalWithEmail } from '../../nodes/shared/records/people/contactsByEmail';
import { allRows } from '../catalogue/nodes';
import { errorsOf, errorText, itemsOf, keapForEachTest, on, onlyBody, times, writes } from './helpers';

const CONTACTS = 'GET /crm/rest/v2/contacts';
const byEmail = (value: string): INodeParameterResourceLocator => ({ __rl: true, mode: 'email', value });
const contact = on('contact');

/** Fields, those in collections included. */
const allFields = (fields: readonly Field[]): Field[] => fields.flatMap((field) => [field, ...(field.members ?? [])]);

describe('a contact by its email address', () => {
	const keap = keapForEachTest();
	const email = (address: string, field = 'EMAIL1') => ({ email_addresses: [{ email: address, field }] });

	it.each<[string, INodeParameters, string]>([
		['in the path', contact('get', { contactId: byEmail('Ada@Adams.example') }), 'GET /crm/rest/v2/contacts/1'],
		[
			'in the path of version 1',
			on('utm')('add', { contactId: byEmail('ada@adams.example'), utmFields: { utmSource: 'x' } }),
			'POST /crm/rest/v1/contacts/1/utm',
		],
		[
			'by a second address',
			contact('getLeadScore', { contactId: byEmail('ada.work@acme.example') }),
			'GET /crm/rest/v2/contacts/1/leadScore',
		],
	])('%s', async (_where, parameters, call) => {
		await keap().output(parameters);
		expect(keap().newCalls().slice(0, 2)).toEqual([CONTACTS, call]);
		expect(keap().sandbox.calls[0]?.query.filter).toMatch(/^email==ada\.?(work)?@/);
	});

	it('in a filter', async () => {
		await keap().output(on('task')('getAll', { filters: { contactId: byEmail('ada@adams.example') } }));
		expect(keap().sandbox.calls.at(-1)?.query.filter).toBe('contact_id==1');
	});

	it('in the body, where version 2 wants a text and version 1 a number', async () => {
		await keap().output(
			on('task')('create', {
				title: 'Call',
				assignedToUserId: { __rl: true, mode: 'id', value: '9001' },
				contactId: byEmail('ada@adams.example'),
			}),
		);
		expect(onlyBody(keap())).toMatchObject({ contact_id: '1' });
		const appointment = {
			title: 'Tasting',
			startDate: '2030-01-01T10:00:00Z',
			endDate: '2030-01-01T11:00:00Z',
			contactId: byEmail('ada@adams.example'),
		};
		await keap().output(on('appointment')('create', appointment));
		expect(writes(keap()).at(-1)?.body).toMatchObject({ contact_id: 1 });
	});

	it('given bare, as an expression or an agent does', async () => {
		await keap().output(contact('get', { contactId: '={{ $json.email }}', output: 'raw' }), [{ email: ' ada@adams.example ' }]);
		expect(keap().newCalls()).toEqual([CONTACTS, `${CONTACTS}/1`]);
	});

	it('in a list beside IDs, each contact once', async () => {
		const apply = on('tag')('apply', { tagIds: ['502'], contactIds: '1, ada@adams.example, 2' });
		await keap().output(apply);
		expect(onlyBody(keap())).toEqual({ contact_ids: ['1', '2'] });
	});

	it('looks each address up once, however many items name it', async () => {
		const items = itemsOf(6, (index) => ({ email: index % 2 === 0 ? 'ada@adams.example' : 'ADA.work@acme.example' }));
		const output = await keap().output(contact('get', { contactId: byEmail('={{ $json.email }}'), output: 'raw' }), items);
		expect(output.map(({ id }) => id)).toEqual(times(6, '1'));
		// Two look-ups, and one read for all six.
		expect(keap().newCalls()).toEqual(times(3, CONTACTS));
	});

	it('looks a thousand up in a few pages of the account', async () => {
		keap().sandbox.state.addContacts(1_000, (index) => email(`person${index}@many.example`));
		const ids = [...keap().sandbox.state.contacts.keys()].slice(-1_000);
		const items = itemsOf(1_000, (index) => ({ email: `person${index}@many.example` }));
		await keap().output(on('tag')('apply', { tagIds: ['502'], contactIds: '={{ $json.email }}' }), items);
		expect(new Set((writes(keap())[0]?.body as { contact_ids: string[] }).contact_ids)).toEqual(new Set(ids));
		expect(writes(keap())).toHaveLength(1);
		expect(keap().newCalls().length).toBeLessThan(20);
	});

	it.each<[string, RegExp]>([
		['nobody@example.com', /Keap has no contact with the email address nobody@example\.com.*Create or Update/],
		['twin@example.com', /Keap has 2 contacts with the email address twin@example\.com: 26, 27.*by its ID/],
		['ada@', /Contact is not an email address: "ada@"/],
	])('%s is refused before anything is written', async (address, message) => {
		keap().sandbox.state.addContacts(2, () => email('twin@example.com'));
		const result = await keap().run(contact('delete', { contactId: byEmail(address) }));
		expect(errorText(result)).toMatch(message);
		expect(writes(keap())).toEqual([]);
	});

	describe('that several contacts have', () => {
		const oldest = (value: string): INodeParameterResourceLocator => ({ __rl: true, mode: 'oldestByEmail', value });
		/** The oldest is neither the first nor among the newest ten that Keap lists. */
		beforeEach(() => {
			keap().sandbox.state.addContacts(14, () => email('twin@example.com'));
		});

		it('means the oldest where that is chosen', async () => {
			const items = [{ email: 'Twin@example.com' }, { email: 'ada@adams.example' }];
			const output = await keap().output(contact('get', { contactId: oldest('={{ $json.email }}'), output: 'raw' }), items);
			expect(output.map(({ id }) => id)).toEqual(['26', '1']);
		});

		it('means the oldest in a list with that option, also where the addresses of the account are read through', async () => {
			const apply = on('tag')('apply', {
				tagIds: ['502'],
				contactIds: '={{ $json.email }}',
				options: { severalWithEmail: 'oldest' },
			});
			keap().sandbox.state.addContacts(40, (index) => email(`person${index}@many.example`));
			const items = [{ email: 'twin@example.com, 2' }, ...itemsOf(40, (index) => ({ email: `person${index}@many.example` }))];
			const [first] = await keap().output(apply, items);
			expect(first).toMatchObject({ contact_ids: ['26', '2'] });
		});

		it('means the oldest for a new deal with that option', async () => {
			const create = on('deal')('create', {
				name: 'Cake',
				contactIds: 'twin@example.com',
				pipelineStageId: { __rl: true, mode: 'id', value: '0a1b2c3d-new' },
				ownerIds: ['9001'],
				amount: 10,
				currency: 'USD',
				status: 'OPEN',
				additionalFields: { severalWithEmail: 'oldest' },
			});
			await keap().output(create);
			expect(onlyBody(keap())).toMatchObject({ contacts: [{ id: '26', primary_contact: true }] });
		});

		it('can mean the oldest in every operation that takes a list of contacts', () => {
			const lists = allRows.filter(({ operation }) =>
				allFields(operation.fields).some(({ resolver, property }) => resolver?.kind === 'contact' && property.type === 'string'),
			);
			const without = lists.filter(({ operation }) => !allFields(operation.fields).includes(severalWithEmail));
			expect(lists.length).toBeGreaterThan(8);
			expect(without.map(({ label }) => label)).toEqual([]);
		});

		it('is an error in a list without it, which says that there is such an option', async () => {
			const apply = on('tag')('apply', { tagIds: ['502'], contactIds: 'twin@example.com' });
			expect(errorText(await keap().run(apply))).toMatch(/twin@example\.com: 26, 27.*take the oldest/);
			expect(writes(keap())).toEqual([]);
		});
	});

	it('an address that is not there fails its own item alone', async () => {
		const items = [{ email: 'nobody@example.com' }, { email: 'ada@adams.example' }];
		const result = await keap().run(contact('get', { contactId: byEmail('={{ $json.email }}') }), items, {
			onError: 'continueRegularOutput',
		});
		expect(errorsOf(result.items('Keap'))).toEqual([expect.stringMatching(/nobody@example\.com/), undefined]);
	});

	it('a look-up that Keap answers with an error is no missing contact', async () => {
		keap().sandbox.fault({ path: '/crm/rest/v2/contacts', times: Infinity }, { kind: 'status', status: 400 });
		const result = await keap().run(contact('get', { contactId: byEmail('ada@adams.example') }));
		expect(result.error).toMatchObject({ httpCode: '400' });
	});
});
