import { startSandbox } from './';
import { call } from './client';
import type { Sandbox } from './types';
import { without } from './without';

interface Entry {
	email: string;
	field: string;
	email_opt_status?: string;
	is_opt_in?: boolean;
}

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity } });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const write = async (entry: object, id?: string) => {
	const body = { email_addresses: [{ field: 'EMAIL1', ...entry }] };
	const reply =
		id === undefined ? await call(sandbox, 'POST', '/contacts', { body }) : await call(sandbox, 'PATCH', `/contacts/${id}`, { body });
	const { id: written, email_addresses: entries } = reply.body as { id: string; email_addresses: Entry[] };
	return { id: written, status: entries[0]?.email_opt_status, optIn: entries[0]?.is_opt_in };
};
const stand = (status: string) =>
	sandbox.state.addContacts(1, () => ({
		email_addresses: [{ email: 'old@people.example', field: 'EMAIL1', email_opt_status: status }],
	}))[0];

test('a new address without a reason can not be written to, one with a reason can', async () => {
	expect(await write({ email: 'a@people.example' })).toMatchObject({ status: 'NON_MARKETABLE', optIn: false });
	expect(await write({ email: 'b@people.example', opt_in_reason: 'asked' })).toMatchObject({ status: 'SINGLE_OPT_IN', optIn: true });
});

test.each(['SINGLE_OPT_IN', 'CONFIRMED', 'UNENGAGED_MARKETABLE', 'MANUAL', 'LIST_UNSUBSCRIBE', 'SPAM'])(
	'an address that is %s stays so when it is sent again without a reason',
	async (status) => expect(await write({ email: 'old@people.example' }, stand(status))).toMatchObject({ status }),
);

test.each([
	['UNENGAGED_MARKETABLE', 'SINGLE_OPT_IN'],
	['UNENGAGED_NON_MARKETABLE', 'SINGLE_OPT_IN'],
	['NON_MARKETABLE', 'SINGLE_OPT_IN'],
	['MANUAL', 'SINGLE_OPT_IN'],
	['CONFIRMED', 'CONFIRMED'],
	['LIST_UNSUBSCRIBE', 'LIST_UNSUBSCRIBE'],
	['SYSTEM', 'SYSTEM'],
	['SPAM', 'SPAM'],
	['HARD_BOUNCE', 'HARD_BOUNCE'],
])('a reason makes %s %s', async (before, after) =>
	expect(await write({ email: 'OLD@people.example', opt_in_reason: 'asked' }, stand(before))).toMatchObject({ status: after }),
);

test('the state is the address’s, whichever contact has it', async () => {
	stand('LIST_UNSUBSCRIBE');
	expect(await write({ email: 'old@people.example', opt_in_reason: 'asked' })).toMatchObject({ status: 'LIST_UNSUBSCRIBE' });
});

test('opting in or out by address shows on the contact', async () => {
	const { id } = await write({ email: 'a@people.example' });
	const set = async (opted_in: boolean) =>
		(await call(sandbox, 'PATCH', '/emailAddresses/a%40people.example/status', { body: { opted_in, reason: 'asked' } })).body as {
			status: string;
		};
	expect((await set(true)).status).toBe('SINGLE_OPT_IN');
	expect((await call(sandbox, 'GET', `/contacts/${id}`)).body).toMatchObject({ email_addresses: [{ is_opt_in: true }] });
	expect((await set(false)).status).toBe('MANUAL');
	expect(await write({ email: 'a@people.example' }, id)).toMatchObject({ status: 'MANUAL', optIn: false });
});

describe('what people left years ago', () => {
	type Whole = Record<'email_addresses' | 'addresses' | 'custom_fields', Array<Record<string, unknown>>> & Record<string, unknown>;
	const read = async () => (await call(sandbox, 'GET', '/contacts/20')).body as Whole;
	const sendBack = async (body: object) => {
		const reply = await call(sandbox, 'PATCH', '/contacts/20', { body });
		return [reply.status, (reply.body as { message?: string }).message];
	};

	test('is given out', async () => {
		expect(await read()).toMatchObject({
			email_addresses: [expect.anything(), { email: 'contact20 at work' }],
			addresses: [{ region: 'CO' }],
			custom_fields: [{ content: 'White bread' }, { content: ['Baking', 'Knitting'] }],
			time_zone: 'US/Mountain',
			contact_type: 'Wholesale',
		});
		expect((await read()).addresses[0]).not.toHaveProperty('country_code');
	});

	test.each([
		['addresses', 'country_code is required'],
		['email_addresses', 'is no e-mail address'],
		['custom_fields', 'has no option "White bread"'],
		['time_zone', "one of Keap's time zones"],
		['contact_type', "one of the account's contact types"],
	])('%s is refused when it is sent back as it is', async (name, says) => {
		const { [name]: value } = await read();
		const writable = Array.isArray(value) ? (value as Entry[]).map((entry) => without(entry, 'email_opt_status', 'is_opt_in')) : value;
		expect(await sendBack({ [name]: writable })).toEqual([400, expect.stringContaining(says)]);
	});

	test('does not stand in the way of an update of something else', async () => {
		expect((await sendBack({ job_title: 'Baker' }))[0]).toBe(200);
		expect((await read()).addresses).toHaveLength(1);
	});
});

describe('an address', () => {
	const create = async (address: object) => {
		const reply = await call(sandbox, 'POST', '/contacts', { body: { addresses: [{ field: 'BILLING', ...address }] } });
		return [reply.status, (reply.body as { message?: string }).message ?? ''];
	};
	const text = (length: number) => 'x'.repeat(length);

	test.each([
		[{ region_code: 'US-AZ', country_code: 'USA' }],
		[{ region_code: 'AT-6', country_code: 'AUT' }],
		[{ region_code: 'FR-ARA', country_code: 'FRA' }],
		[{ country_code: 'GBR' }],
		[{ line1: text(75), locality: text(50), postal_code: text(15), zip_four: text(10) }],
		[{ field: 'SHIPPING', line1: text(100), locality: text(100), postal_code: text(20) }],
		[{ field: 'OTHER', line2: text(100), zip_code: text(15) }],
	])('%j is taken', async (address) => expect(await create(address)).toEqual([201, '']));

	test.each([
		[{ region_code: 'US-AZ' }, 'country_code is required'],
		[{ region_code: 'US-AZ', country_code: 'CAN' }, 'ISO 3166-2 code of CAN'],
		[{ region_code: 'US-ZZ', country_code: 'USA' }, 'ISO 3166-2 code of USA'],
		[{ region_code: 'AZ', country_code: 'USA' }, 'ISO 3166-2'],
		[{ region_code: 'us-az', country_code: 'USA' }, 'ISO 3166-2'],
		[{ country_code: 'XYZ' }, 'alpha-3'],
		[{ country_code: 'US' }, 'alpha-3'],
		[{ line1: text(76) }, 'line1 must have at most 75'],
		[{ locality: text(51) }, 'at most 50'],
		[{ postal_code: text(16) }, 'at most 15'],
		[{ zip_four: text(11) }, 'at most 10'],
		[{ field: 'SHIPPING', line2: text(101) }, 'at most 100'],
		[{ field: 'OTHER', zip_code: text(16) }, 'at most 15'],
	])('%j is refused', async (address, says) => expect(await create(address)).toEqual([400, expect.stringContaining(says)]));
});

test.each([
	['time_zone', 'America/Phoenix', 201],
	['time_zone', 'Europe/Vienna', 400],
	['preferred_locale', 'en_US', 201],
	['preferred_locale', 'English', 400],
	['contact_type', 'Prospect', 201],
	['contact_type', 'Stranger', 400],
])('%s %s is %i', async (name, value, status) =>
	expect(
		(await call(sandbox, 'POST', '/contacts', { body: { phone_numbers: [{ number: '1', field: 'PHONE1' }], [name]: value } })).status,
	).toBe(status),
);
