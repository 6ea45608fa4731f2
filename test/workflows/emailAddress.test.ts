import { errorsOf, itemsOf, keapForEachTest, on, onlyBody } from './helpers';

const address = on('emailAddress');
const LIST = 'GET /crm/rest/v2/emailAddresses';
const ADA = 'ada@adams.example';

describe('email address', () => {
	const keap = keapForEachTest();

	it('reads the status of one address, however it is written', async () => {
		expect(await keap().output(address('getStatus', { email: ' Ada@Adams.example ' }))).toMatchObject([
			{ email: ADA, opted_in: true, status: 'SINGLE_OPT_IN' },
		]);
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v2/emailAddresses/Ada%40Adams.example/status']);
	});

	it('reads the statuses of 120 addresses with 3 calls, and fails an unknown one alone', async () => {
		const ids = keap().sandbox.state.addContacts(119, (index) => ({
			email_addresses: [{ email: `P${index}@x.example`, field: 'EMAIL1' }],
		}));
		expect(ids).toHaveLength(119);
		const items = [...itemsOf(119, (index) => ({ email: `p${index}@X.example` })), { email: 'nobody@x.example' }];
		const output = await keap().output(address('getStatus', { email: '={{ $json.email }}' }), items, { onError: 'continueRegularOutput' });
		expect(keap().newCalls()).toEqual([LIST, LIST, LIST]);
		expect(output.slice(0, 119).map(({ email }) => email)).toEqual(
			itemsOf(119, (index) => ({ email: `P${index}@x.example` })).map(({ email }) => email),
		);
		expect(errorsOf(output).at(-1)).toMatch(/Keap has no .* nobody@x\.example/);
	});

	it.each([
		[{ emails: `${ADA}, ada.work@acme.example` }, `emails==${ADA},ada.work@acme.example`, 2],
		[{ statuses: ['SINGLE_OPT_IN', 'CONFIRMED'] }, 'statuses==SINGLE_OPT_IN,CONFIRMED', 1],
		[{ optedIn: true }, 'opted_in==true', 1],
	])('lists by %j', async (filters, filter, count) => {
		const output = await keap().output(address('getAll', { returnAll: true, filters, options: { orderBy: 'email asc' } }));
		expect(output).toHaveLength(count);
		expect(keap().sandbox.calls.at(-1)?.query).toMatchObject({ filter, order_by: 'email asc' });
	});

	it.each([
		[true, 'SINGLE_OPT_IN'],
		[false, 'MANUAL'],
	])('opts in or out with the reason: %s', async (optedIn, status) => {
		const [answer] = await keap().output(
			address('updateStatus', { email: 'ada.work@acme.example', optedIn, reason: 'Asked for it by phone' }),
		);
		expect(onlyBody(keap())).toEqual({ opted_in: optedIn, reason: 'Asked for it by phone' });
		expect(answer).toMatchObject({ opted_in: optedIn, status });
	});

	it.each([
		['updateStatus', { email: ADA, optedIn: true, reason: '={{ "" }}' }, /Reason is empty/],
		['updateStatus', { email: 'ada', optedIn: true, reason: 'x' }, /Email is not an email address: "ada"/],
		['getStatus', { email: '={{ "" }}' }, /Email is empty/],
		['getAll', { filters: { emails: 'ada@x.example, ben' } }, /Emails is not an email address: "ben"/],
	])('refuses %s with %j before a call is spent', async (operation, parameters, error) => {
		await expect(keap().output(address(operation, parameters))).rejects.toThrow(error);
		expect(keap().newCalls()).toEqual([]);
	});
});
