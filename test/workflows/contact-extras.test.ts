import type { INodeParameters } from 'n8n-workflow';

import { byId, keapForEachTest, on, writes } from './helpers';

const contact = on('contact');
const linkType = on('contactLinkType');

describe('contact: activity', () => {
	const keap = keapForEachTest();

	it('records UTM values, and refuses none', async () => {
		expect(
			await keap().output(on('utm')('add', { contactId: byId(1), utmFields: { utmSource: 'newsletter', utmCampaign: 'spring' } })),
		).toEqual([{ utmSource: 'newsletter', utmCampaign: 'spring', contactUtmId: 1 }]);
		expect(writes(keap())[0]).toMatchObject({
			path: '/crm/rest/v1/contacts/1/utm',
			body: { utmSource: 'newsletter', utmCampaign: 'spring' },
		});
		await expect(keap().output(on('utm')('add', { contactId: byId(1) }))).rejects.toThrow(/UTM Fields has no field in it/);
	});

	it('returns the lead score', async () => {
		const ada = keap().sandbox.state.contacts.get('1');
		keap().sandbox.state.contacts.set('1', { ...ada, id: '1', score_value: '42' });
		expect(await keap().output(contact('getLeadScore', { contactId: byId(1) }))).toEqual([expect.objectContaining({ score: '42' })]);
	});

	it('lists the emails of one contact only', async () => {
		const emails = keap().sandbox.state.collection('/crm/rest/v2/emails');
		for (const id of ['1', '2', '1']) emails.add({ contact_id: id, subject: `To ${id}`, sent_to_address: `c${id}@x.example` });
		const found = await keap().output(on('email')('getForContact', { contactId: byId(1), returnAll: true, filters: { email: '' } }));
		expect(found.map(({ subject }) => subject)).toEqual(['To 1', 'To 1']);
		expect(keap().sandbox.calls[0]?.query.filter).toBe('contact_id==1');
		await expect(keap().output(on('email')('getForContact', { contactId: byId('={{ $json.missing }}') }))).rejects.toThrow(
			/Contact is empty/,
		);
	});
});

describe('contact link type', () => {
	const keap = keapForEachTest();

	it('is created, listed, changed and deleted', async () => {
		expect(await keap().output(linkType('create', { name: 'Twin', maxLinks: 1 }))).toEqual([
			expect.objectContaining({ id: '63', name: 'Twin', max_links: 1 }),
		]);
		await keap().output(linkType('update', { linkTypeId: byId(63), updateFields: { maxLinks: 3 } }));
		expect(writes(keap())[1]).toMatchObject({ body: { max_links: 3 }, query: { update_mask: 'max_links' } });
		const names = async () =>
			(await keap().output(linkType('getAll', { returnAll: true, options: { orderBy: 'name desc' } }))).map(
				({ name, max_links: most }) => `${String(name)} ${String(most)}`,
			);
		expect(await names()).toEqual(['Twin 3', 'Spouse 1', 'Colleague 50']);
		await keap().output(linkType('delete', { linkTypeId: byId(63) }));
		expect(await names()).toEqual(['Spouse 1', 'Colleague 50']);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no links at all', { maxLinks: 0 }, /Max Links must be 1 or more/],
		['nothing', {}, /No field to update is given/],
	])('refuses %s', async (_what, updateFields, message) => {
		await expect(keap().output(linkType('update', { linkTypeId: byId(61), updateFields }))).rejects.toThrow(message);
		expect(keap().newCalls()).toEqual([]);
	});
});
