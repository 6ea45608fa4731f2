import type { INodeParameters } from 'n8n-workflow';

import { byId, errorText, keapForEachTest, on, onlyBody, writes } from './helpers';

const appointment = on('appointment');
const PATH = '/crm/rest/v1/appointments';
const TIMES = { startDate: '2026-03-01T09:00:00Z', endDate: '2026-03-01T10:00:00Z' };

describe('appointment', () => {
	const keap = keapForEachTest();
	const store = () => keap().sandbox.state.collection(PATH);
	const add = (title: string, more = {}) =>
		store().add({ title, start_date: '2026-03-01T09:00:00.000Z', end_date: '2026-03-01T10:00:00.000Z', ...more }).id;

	it("is created with ids as numbers, as Keap's v1 wants them", async () => {
		const [made] = await keap().output(
			appointment('create', {
				title: 'Tasting',
				...TIMES,
				contactId: byId(1),
				additionalFields: { userId: byId(9001), remindTime: '30', location: 'Shop' },
			}),
		);
		expect(onlyBody(keap())).toEqual({
			title: 'Tasting',
			start_date: '2026-03-01T09:00:00.000Z',
			end_date: '2026-03-01T10:00:00.000Z',
			contact_id: 1,
			user: 9001,
			remind_time: 30,
			location: 'Shop',
		});
		expect(made).toMatchObject({ title: 'Tasting' });
	});

	it('is simplified the same way by every operation: IDs as text, the user by name', async () => {
		const parameters = { title: 'Tasting', ...TIMES, contactId: byId(1), additionalFields: { userId: byId(9001), remindTime: '30' } };
		const [made] = await keap().output(appointment('create', parameters));
		expect(Object.keys(made ?? {})).toEqual([
			'id',
			'title',
			'start_date',
			'end_date',
			'contact_id',
			'user_id',
			'user_name',
			'location',
			'description',
			'remind_time',
		]);
		expect(made).toMatchObject({ id: expect.any(String), contact_id: '1', user_id: '9001', user_name: 'Olivia Baker', location: null });
		const one = { appointmentId: byId(String(made?.id)) };
		expect(await keap().output(appointment('get', one))).toEqual([made]);
		expect(await keap().output(appointment('getAll', { returnAll: true }))).toContainEqual(made);
		expect(await keap().output(appointment('update', { ...one, updateFields: { location: 'Shop' } }))).toEqual([
			{ ...made, location: 'Shop' },
		]);
		expect(await keap().output(appointment('get', { ...one, output: 'raw' }))).toMatchObject([
			{ id: Number(made?.id), user: 9001, contact_id: 1 },
		]);
		const nobody = add('Alone', { contact_id: 0, user: null });
		expect(await keap().output(appointment('get', { appointmentId: byId(nobody) }))).toMatchObject([
			{ id: nobody, contact_id: null, user_id: null, user_name: null },
		]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no title', { title: '={{ $json.missing }}', ...TIMES }, /Title is empty/],
		['no end', { title: 'x', startDate: TIMES.startDate, endDate: '={{ $json.missing }}' }, /End is empty/],
		['an end before the start', { title: 'x', startDate: TIMES.endDate, endDate: TIMES.startDate }, /End is before the start/],
		[
			'a reminder without a contact',
			{ title: 'x', ...TIMES, additionalFields: { userId: byId(9001), remindTime: '5' } },
			/Reminder needs a contact and a user/,
		],
		[
			'a reminder without a user',
			{ title: 'x', ...TIMES, contactId: byId(1), additionalFields: { remindTime: '5' } },
			/Reminder needs a contact and a user/,
		],
	])('refuses %s before a call is spent', async (_what, parameters, message) => {
		await expect(keap().output(appointment('create', parameters))).rejects.toThrow(message);
		expect(keap().newCalls()).toEqual([]);
	});

	it('is listed over many pages, and by contact and time', async () => {
		for (let index = 0; index < 2_300; index++) add(`A${index}`);
		add('Later', { start_date: '2027-01-01T09:00:00.000Z', contact_id: 2 });
		expect(await keap().output(appointment('getAll', { returnAll: true }))).toHaveLength(2_301);
		expect(keap().newCalls()).toHaveLength(3);
		const found = await keap().output(appointment('getAll', { returnAll: true, filters: { contactId: byId(2), since: '2026-06-01' } }));
		expect(found.map(({ title }) => title)).toEqual(['Later']);
		expect(await keap().output(appointment('getAll', { returnAll: false, limit: 7 }))).toHaveLength(7);
	});

	it('is read, changed and deleted', async () => {
		const id = add('Old', { location: 'Shop' });
		await keap().output(appointment('update', { appointmentId: byId(id), updateFields: { title: 'New', contactId: byId(3) } }));
		expect(writes(keap())[0]).toMatchObject({ method: 'PATCH', path: `${PATH}/${id}`, body: { title: 'New', contact_id: 3 } });
		expect(await keap().output(appointment('get', { appointmentId: byId(id) }))).toEqual([
			expect.objectContaining({ title: 'New', location: 'Shop', contact_id: '3' }),
		]);
		expect(await keap().output(appointment('delete', { appointmentId: byId(id) }))).toEqual([{ deleted: true }]);
		expect(errorText(await keap().run(appointment('get', { appointmentId: byId(id) })))).toMatch(/Keap has no appointment with the ID/);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['nothing to update', {}, /No field to update is given/],
		['times the wrong way round', { startDate: TIMES.endDate, endDate: TIMES.startDate }, /End is before the start/],
	])('refuses %s', async (_what, updateFields, message) => {
		await expect(keap().output(appointment('update', { appointmentId: byId(1), updateFields }))).rejects.toThrow(message);
		expect(keap().newCalls()).toEqual([]);
	});

	it('is found in the list by title: the last 30 days and the future', async () => {
		add('Tasting', { start_date: new Date(Date.now() + 86_400_000).toISOString() });
		add('Tasting long ago', { start_date: '2020-01-01T09:00:00.000Z' });
		const { results } = await keap().engine.listSearch({}, 'searchAppointments', 'tast');
		expect(results.map(({ value }) => value)).toEqual(['1']);
	});
});
