import type { INodeParameters } from 'n8n-workflow';
import { byId, errorText, keapForEachTest, onlyBody } from './helpers';

const marketing = { type: 'n8n-nodes-keap.keapMarketing' };

describe('referrals', () => {
	const keap = keapForEachTest();
	const affiliate = () => keap().sandbox.state.collection('/crm/rest/v2/affiliates').add({ code: 'ada1', name: 'Ada', contact_id: '1' }).id;
	const ask = async (operation: string, parameters: INodeParameters = {}) =>
		await keap().output({ resource: 'referral', operation, ...parameters }, [{}], marketing);

	it('credit a contact to an affiliate, and are narrowed by type under the name that the list has for it', async () => {
		const partner = affiliate();
		const given = { contactId: byId(2), affiliateId: byId(partner), referralType: 'PERMANENT', additionalFields: { source: 'Fair' } };
		expect(await ask('create', given)).toMatchObject([{ contact_id: '2', referral_partner_id: partner }]);
		expect(onlyBody(keap())).toEqual({ contact_id: '2', referral_partner_id: partner, referral_type: 'PERMANENT', source: 'Fair' });
		expect(
			await ask('getAll', { filters: { type: 'PERMANENT', source: 'Fa*', contactIdAtLeast: '2', contactIdAtMost: '2' } }),
		).toHaveLength(1);
		expect(keap().sandbox.calls.at(-1)?.query.filter).toMatch(/type==PERMANENT/);
		expect(await ask('getAll', { filters: { type: 'COOKIE' } })).toEqual([]);
	});

	it('that expire before they begin, or name nobody, are refused before a call', async () => {
		const run = async (parameters: INodeParameters) =>
			errorText(await keap().run({ resource: 'referral', operation: 'create', contactId: byId(2), ...parameters }, [{}], marketing));
		const times = { referralTime: '2026-02-01T00:00:00Z', expirationTime: '2026-01-01T00:00:00Z' };
		expect(await run({ affiliateId: byId(1), additionalFields: times })).toMatch(/^Expires is before Referred/);
		expect(await run({ affiliateId: byId('={{ $json.partner }}') })).toMatch(/^Affiliate is empty/);
		expect(keap().newCalls()).toEqual([]);
	});
});
