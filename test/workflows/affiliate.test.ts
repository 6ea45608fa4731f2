import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, errorsOf, errorText, itemsOf, keapForEachTest, onlyBody, times, writes } from './helpers';

const marketing = { type: 'n8n-nodes-keap.keapMarketing' };
const V2 = '/crm/rest/v2';
const AFFILIATES = `${V2}/affiliates`;
const TIME = '2026-01-05T00:00:00.000Z';

describe('affiliates', () => {
	const keap = keapForEachTest();
	const on =
		(resource: string) =>
		async (operation: string, parameters: INodeParameters = {}, items: IDataObject[] = [{}]): Promise<IDataObject[]> =>
			await keap().output({ resource, operation, ...parameters }, items, marketing);
	const affiliate = on('affiliate');
	const commission = on('affiliateCommission');
	const refusal = async (resource: string, operation: string, parameters: INodeParameters): Promise<string> =>
		errorText(await keap().run({ resource, operation, ...parameters }, [{}], marketing));
	const store = (name: string) => keap().sandbox.state.collection(`${V2}/${name}`);
	const partner = (code = 'ada1') => store('affiliates').add({ code, name: code, contact_id: '1', status: 'ACTIVE' }).id;

	describe('as records', () => {
		it('are made of a contact, inactive unless said otherwise, with custom fields by label, and read back the same', async () => {
			store('affiliates/model/customFields').add({ id: '9', label: 'Region', field_type: 'TEXT', group_id: '1' });
			const custom = { setCustomFields: true, customFields: { mappingMode: 'defineBelow', value: { Region: 'North' } } };
			await affiliate('create', { contactId: byId(1), code: 'ada2026', ...custom, additionalFields: { notifyOnSale: true } });
			expect(onlyBody(keap())).toEqual({
				contact_id: '1',
				code: 'ada2026',
				status: 'INACTIVE',
				notify_on_sale: true,
				custom_fields: [{ id: '9', content: 'North' }],
			});
			const [found] = await affiliate('getAll', { filters: { code: 'ada2026' } });
			expect(found).toMatchObject({ code: 'ada2026', contact_id: '1', custom_fields: { Region: 'North' } });
			expect(await affiliate('get', { affiliateId: byId(String(found?.id)) })).toEqual([found]);
		});

		it.each(['ada', '1ada', 'ada 26'])('refuse the code "%s" before a call', async (code) => {
			expect(await refusal('affiliate', 'create', { contactId: byId(1), code })).toMatch(/^Code is not a code that Keap takes/);
			expect(keap().newCalls()).toEqual([]);
		});

		it('get the words of Keap where another one has the code', async () => {
			partner('ada2026');
			expect(await refusal('affiliate', 'create', { contactId: byId(2), code: 'ADA2026' })).toMatch(
				/there is an affiliate ADA2026 already/,
			);
		});

		it('are changed without losing custom fields that are not mentioned', async () => {
			const model = store('affiliates/model/customFields');
			for (const [id, label] of [
				['9', 'Region'],
				['10', 'Grade'],
			])
				model.add({ id, label, field_type: 'TEXT', group_id: '1' });
			const id = partner();
			store('affiliates').set(id, { ...store('affiliates').get(id), id, custom_fields: [{ id: '10', content: 'A' }] });
			const custom = { setCustomFields: true, customFields: { mappingMode: 'defineBelow', value: { Region: 'South' } } };
			await affiliate('update', { affiliateId: byId(id), ...custom, updateFields: { code: 'ab' } });
			expect(writes(keap())[0]).toMatchObject({ query: { update_mask: 'code,custom_fields' } });
			expect(onlyBody(keap())).toEqual({
				code: 'ab',
				custom_fields: [
					{ id: '10', content: 'A' },
					{ id: '9', content: 'South' },
				],
			});
		});

		it('enter and leave programs', async () => {
			const id = partner();
			const given = { affiliateId: byId(id), affiliateProgramId: byId(1) };
			expect(await affiliate('addToProgram', given)).toMatchObject([{ success: true }]);
			expect(store('affiliates/commissionPrograms').get('1')).toMatchObject({ affiliate_ids: [id] });
			await affiliate('removeFromProgram', given);
			expect(store('affiliates/commissionPrograms').get('1')).toMatchObject({ affiliate_ids: [] });
		});
	});

	describe('and what they earn', () => {
		const earn = (id: string, amount: number) =>
			store('affiliateCommissions').add({ affiliate_id: id, amount, time_earned: TIME, invoice_id: '1', contact_id: '2' });

		it('is summed up for 1,000 affiliates in 10 calls, and one that is not there fails alone', async () => {
			const ids = itemsOf(999, (index) => ({ id: partner(`code${index}`) }));
			earn(String(ids[3]?.id), 790);
			const given = { affiliateId: byId('={{ $json.id }}') };
			const node = { ...marketing, onError: 'continueRegularOutput' as const };
			const found = await keap().output(
				{ resource: 'affiliateCommission', operation: 'getSummary', ...given },
				[...ids, { id: 99_999 }],
				node,
			);
			expect(keap().newCalls()).toEqual(times(10, `GET ${AFFILIATES}/summaries`));
			expect(found[3]).toEqual({ affiliate_id: ids[3]?.id, amount_earned: 7.9, clawbacks: 0, balance: 7.9 });
			expect(found.slice(0, 999).map(({ affiliate_id: id }) => id)).toEqual(ids.map(({ id }) => id));
			expect(errorsOf(found).at(-1)).toMatch(/no summary of an affiliate with the ID 99999/);
		});

		it('is asked for within a time, together with the IDs', async () => {
			const id = partner();
			await commission('getSummary', { affiliateId: byId(id), filters: { after: '2026-01-01T00:00:00Z' } });
			expect(keap().sandbox.calls.at(-1)?.query.filter).toBe(`since_time==2026-01-01T00:00:00.000Z;affiliate_ids==${id}`);
		});

		it('is added up over all pages, exactly', async () => {
			const id = partner();
			for (let index = 0; index < 1_001; index += 1) earn(id, 10);
			earn(id, 20);
			expect(await commission('addUp', { affiliateId: byId(id) })).toEqual([
				{ affiliate_id: id, amount_earned: 100.3, clawbacks: 0, commission_total: 100.3, commission_count: 1_002 },
			]);
			expect(keap().newCalls()).toEqual(times(2, `GET ${AFFILIATES}/${id}:commissions`));
		});

		it('is not added up twice where Keap sends a page again', async () => {
			const id = partner();
			const body = JSON.stringify({ affiliate_commissions: [], amount_earned: 5, next_page_token: 'again' });
			keap().sandbox.fault({ method: 'GET', times: Infinity }, { kind: 'status', status: 200, body });
			expect(await refusal('affiliateCommission', 'addUp', { affiliateId: byId(id) })).toMatch(/the same page of commissions again/);
		});

		it('is listed, paid out, taken back and totalled', async () => {
			const id = partner();
			earn(id, 225);
			store('affiliatePayments').add({ affiliate_id: id, amount: 100, pay_date: TIME });
			keap()
				.sandbox.state.collection('/crm/rest/v1/affiliateClawbacks')
				.add({ affiliate_id: id, amount: 25, date_earned: TIME, contact_id: 2 });
			const of = { affiliateId: byId(id) };
			expect(await commission('getAll', of)).toMatchObject([{ sales_affiliate_id: id, amount_earned: 2.25, contact_id: '2' }]);
			expect(await commission('getPayments', of)).toMatchObject([{ pay_amount: 1, pay_type: 'CHECK' }]);
			expect(await commission('getClawbacks', of)).toMatchObject([{ sale_affiliate_id: id, amount: 0.25, contact_id: '2' }]);
			expect(await commission('getTotal', of)).toMatchObject([{ affiliate_id: id, affiliate_commission_total: 2.25 }]);
			const [summary] = await commission('getSummaries', { filters: { ids: id } });
			expect(summary).toEqual({ affiliate_id: id, amount_earned: 2.25, clawbacks: 0.25, balance: 1 });
		});
	});

	it('have referrals of their own', async () => {
		const id = partner();
		store('referrals').add({ contact_id: '2', referral_partner_id: id, referral_type: 'COOKIE', source: 'Fair' });
		expect(await affiliate('getReferrals', { affiliateId: byId(id), filters: { source: 'Fa*' } })).toMatchObject([{ contact_id: '2' }]);
	});

	describe('have links', () => {
		const redirect = on('affiliateRedirect');
		const link = { name: 'Spring', code: 'spring', website_address: 'https://ada.example/spring', program_ids: ['1'] };

		it('that lead to a page, or are refused before a call', async () => {
			const { website_address: websiteAddress, name, code } = link;
			expect(await redirect('create', { name, code, websiteAddress })).toMatchObject([{ code: 'spring' }]);
			keap().newCalls();
			expect(await refusal('affiliateRedirect', 'create', { name, code, websiteAddress: 'ada.example' })).toMatch(
				/^Website Address is not the address of a web page: "ada.example"/,
			);
			expect(keap().newCalls()).toEqual([]);
		});

		it('of which an update leaves alone what it does not mention, although Keap takes them only whole', async () => {
			const affiliate_id = partner();
			const { id } = store('affiliates/redirects').add({ ...link, affiliate_id });
			const other = store('affiliates/commissionPrograms').add({ name: 'Other', priority: 2 }).id;
			await redirect('update', { affiliateRedirectId: byId(id), updateFields: { name: 'Summer', programIds: [other] } });
			expect(onlyBody(keap())).toEqual({ ...link, affiliate_id, name: 'Summer', program_ids: ['1', other] });
		});

		it('whose programs are replaced, and whose affiliate is removed, where that is chosen', async () => {
			const affiliate_id = partner();
			const { id } = store('affiliates/redirects').add({ ...link, affiliate_id });
			const other = store('affiliates/commissionPrograms').add({ name: 'Other', priority: 2 }).id;
			const chosen = { programIds: [other], listHandling: 'replace', fieldsToClear: ['affiliate_id'] };
			await redirect('update', { affiliateRedirectId: byId(id), updateFields: chosen });
			expect(onlyBody(keap())).toEqual({ ...link, program_ids: [other] });
		});
	});
});
