import { errorsOf, errorText, itemsOf, keapForEachTest, on, times, writes } from './helpers';

const apply = on('tag')('apply', { tagIds: '={{ $json.tag ?? 505 }}', contactIds: '={{ $json.id }}' });
const remove = on('tag')('remove', { tagIds: '={{ $json.tag ?? 505 }}', contactIds: '={{ $json.id }}' });
const APPLY = 'POST /crm/rest/v2/tags/505/contacts:applyTags';

describe('tag: apply and remove in bulk', () => {
	const keap = keapForEachTest();
	const tagged = (tag: string) => [...keap().sandbox.state.contactTags.recordsOf(tag).keys()];

	it('applies one tag for 1,000 items with one call', async () => {
		const ids = keap().sandbox.state.addContacts(1_000);
		const output = await keap().output(
			apply,
			ids.map((id) => ({ id })),
		);
		expect(keap().newCalls()).toEqual([APPLY]);
		expect(tagged('505')).toEqual(ids);
		expect(output).toEqual(ids.map((id) => ({ contact_id: id, contact_ids: [id], tag_id: '505', tag_ids: ['505'], success: true })));
	});

	it('applies two tags, item by item in turn, with two calls', async () => {
		const ids = keap().sandbox.state.addContacts(1_000);
		await keap().output(
			apply,
			ids.map((id, index) => ({ id, tag: index % 2 ? 506 : 505 })),
		);
		expect(keap().newCalls().sort()).toEqual([APPLY, 'POST /crm/rest/v2/tags/506/contacts:applyTags']);
		expect(tagged('505')).toEqual(ids.filter((_id, index) => index % 2 === 0));
		expect(tagged('506')).toEqual(ids.filter((_id, index) => index % 2 === 1));
	});

	it('makes as many calls as Keap needs beyond 1,000 contacts, each contact in one of them', async () => {
		const ids = keap().sandbox.state.addContacts(2_500);
		await keap().output(
			apply,
			itemsOf(10, (index) => ({ id: ids.slice(index * 250, (index + 1) * 250) })),
		);
		expect(
			writes(keap())
				.map(({ body }) => (body as { contact_ids: string[] }).contact_ids.length)
				.sort(),
		).toEqual([1_000, 1_000, 500]);
		expect(tagged('505').sort()).toEqual([...ids].sort());
	});

	it('takes several contacts in one item, as text or as a list, and each contact once', async () => {
		const output = await keap().output(apply, [{ id: '1, 2;3\n4' }, { id: [4, '5'] }, { id: 5 }]);
		expect(output.map(({ contact_ids: ids }) => ids)).toEqual([['1', '2', '3', '4'], ['4', '5'], ['5']]);
		expect(writes(keap()).map(({ body }) => body)).toEqual([{ contact_ids: ['1', '2', '3', '4', '5'] }]);
	});

	it('finds a lower limit of Keap by itself', async () => {
		keap().sandbox.state.applyTagsMax = 300;
		const ids = keap().sandbox.state.addContacts(1_000);
		const output = await keap().output(
			apply,
			itemsOf(10, (index) => ({ id: ids.slice(index * 100, (index + 1) * 100) })),
			{ onError: 'continueRegularOutput' },
		);
		expect(errorsOf(output).filter((error) => error !== undefined)).toEqual([]);
		expect(tagged('505').sort()).toEqual([...ids].sort());
	});

	it('removes a tag from 1,000 contacts with one call', async () => {
		const { state } = keap().sandbox;
		const ids = state.addContacts(1_000);
		for (const id of ids) state.contactTags.apply('505', id, '2025-01-06T09:00:00.000Z');
		await keap().output(
			remove,
			ids.slice(1).map((id) => ({ id })),
		);
		expect(keap().newCalls()).toEqual(['POST /crm/rest/v2/tags/505/contacts:removeTags']);
		expect(tagged('505')).toEqual(ids.slice(0, 1));
	});
});

describe('tag: bad contacts among many', () => {
	const keap = keapForEachTest();
	const tagged = () => keap().sandbox.state.contactTags.recordsOf('505');

	it.each([
		['apply', false, 1, apply],
		['apply', true, 15, apply],
		['remove', true, 15, remove],
	])(
		'%s (Keap refuses the whole call: %s): one unknown contact fails its own item only, with %i calls at most',
		async (operation, rejects, most, parameters) => {
			const { state } = keap().sandbox;
			state.applyTagsRejectsUnknown = rejects;
			const ids = state.addContacts(1_000);
			if (operation === 'remove') for (const id of ids) state.contactTags.apply('505', id, '2025-01-06T09:00:00.000Z');
			const bad = 617;
			const output = await keap().output(
				parameters,
				ids.map((id, index) => ({ id: index === bad ? '987654' : id })),
				{ onError: 'continueRegularOutput' },
			);
			expect(errorsOf(output).flatMap((error, index) => (error === undefined ? [] : [[index, error]]))).toEqual([
				[bad, expect.stringMatching(/the contact 987654: /)],
			]);
			expect(output[bad]?.message).toMatch(/Check that each contact exists in Keap/);
			expect(keap().newCalls().length).toBeLessThanOrEqual(most);
			expect(tagged().size).toBe(operation === 'apply' ? 999 : 1);
		},
	);

	it('says which contacts of a failed item were done', async () => {
		const output = await keap().output(apply, [{ id: '1,2' }, { id: '3,987654,4' }], { onError: 'continueRegularOutput' });
		expect(errorsOf(output)).toEqual([undefined, expect.stringContaining('Keap refused the contact 987654')]);
		expect(output[1]?.message).toContain('Done for 3, 4.');
	});

	it.each([
		['apply', apply],
		['remove', remove],
	])('%s: a tag that does not exist fails its items, without a storm of calls', async (_operation, parameters) => {
		const items = itemsOf(1_000, (index) => ({ id: 1 + (index % 25), tag: index < 500 ? 404404 : 505 }));
		const output = await keap().output(parameters, items, { onError: 'continueRegularOutput' });
		expect(errorsOf(output.slice(0, 500))).toEqual(times(500, expect.stringMatching(/Keap has no tag with the ID 404404/) as string));
		expect(errorsOf(output.slice(500)).filter((error) => error !== undefined)).toEqual([]);
		expect(keap().newCalls().length).toBeLessThanOrEqual(3);
	});

	it.each([
		['letters', [{ id: 'abc' }], /Contact IDs or Emails has neither a Keap ID nor an email address in "abc"/],
		['a path', [{ id: '../1' }], /Contact IDs or Emails has neither a Keap ID nor an email address in "\.\.\/1"/],
		['nothing', [{ id: '' }], /Contact IDs or Emails is empty/],
		['commas alone', [{ id: ', ,' }], /Contact IDs or Emails has no ID or email address in it/],
		['an empty list', [{ id: [] }], /Contact IDs or Emails has no ID or email address in it/],
		['one bad among good', [{ id: 1 }, { id: '2,x3' }], /Contact IDs or Emails has neither a Keap ID nor an email address in "x3"/],
	])('refuses %s before a call is spent', async (_what, items, message) => {
		expect(errorText(await keap().run(apply, items))).toMatch(message);
		expect(keap().newCalls()).toEqual([]);
	});

	it('takes no result for success that says otherwise, in whatever form, and none that is missing', async () => {
		const results = { 1: { status: 'FAILURE' }, 2: false, 3: 'SUCCESS', 4: 'DUPLICATE', 5: true };
		keap().sandbox.fault({ path: /applyTags/ }, { kind: 'status', status: 200, body: JSON.stringify({ results }) });
		const output = await keap().output(
			apply,
			itemsOf(6, (index) => ({ id: index + 1 })),
			{ onError: 'continueRegularOutput' },
		);
		expect(errorsOf(output)).toEqual([
			expect.stringContaining('FAILURE'),
			expect.stringContaining('false'),
			undefined,
			undefined,
			undefined,
			expect.stringContaining('did not confirm it'),
		]);
	});

	it('does not repeat a call whose end nobody knows', async () => {
		keap().sandbox.fault({ path: /applyTags/ }, { kind: 'resetAfter' });
		const output = await keap().output(
			apply,
			itemsOf(5, (index) => ({ id: index + 1 })),
			{ onError: 'continueRegularOutput' },
		);
		expect(keap().newCalls()).toEqual([APPLY]);
		expect(errorsOf(output)).toEqual(times(5, expect.stringMatching(/connection to Keap broke off/i) as string));
		expect(tagged().size).toBe(5);
	});
});
