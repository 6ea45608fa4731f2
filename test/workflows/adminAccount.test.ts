import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, errorText, keapForEachTest, onlyBody, writes } from './helpers';

const admin = { type: 'n8n-nodes-keap.keapAdmin' };
const address = {
	line1: '1 Main Street',
	line2: '',
	locality: 'Phoenix',
	region: 'Arizona',
	country_code: 'USA',
	postal_code: '85001',
};

function fixture() {
	const keap = keapForEachTest();
	const on =
		(resource: string) =>
		async (operation: string, parameters: INodeParameters = {}, items: IDataObject[] = [{}]): Promise<IDataObject[]> =>
			await keap().output({ resource, operation, ...parameters }, items, admin);
	return { keap, on };
}

describe('the business profile', () => {
	const { keap, on } = fixture();
	const profile = on('businessProfile');

	it('is read, and changed in what is given only', async () => {
		expect(await profile('get')).toMatchObject([{ name: 'Sandbox Bakery', currency_code: 'USD' }]);
		await profile('update', { updateFields: { phone: '+1 555 010', businessGoals: 'Grow, Rest', fieldsToClear: ['website'] } });
		expect(onlyBody(keap())).toEqual({ phone: '+1 555 010', business_goals: ['Grow', 'Rest'] });
		expect(writes(keap())[0]?.query.update_mask?.split(',').sort()).toEqual(['business_goals', 'phone', 'website']);
		expect(keap().sandbox.state.businessProfile).toMatchObject({ name: 'Sandbox Bakery', email: 'hello@bakery.example' });
	});

	it('keeps the parts of the address that are not given, from item to item', async () => {
		keap().sandbox.state.businessProfile.address = address;
		const updateFields = { line1: '={{ $json.line1 }}', locality: '={{ $json.city }}' };
		await profile('update', { updateFields }, [{ line1: '2 Side Street' }, { city: 'Tucson' }]);
		expect(keap().sandbox.state.businessProfile.address).toEqual({ ...address, line1: '2 Side Street', locality: 'Tucson' });
	});

	it('names the parts that an address lacks, and writes nothing', async () => {
		const given = { resource: 'businessProfile', operation: 'update', updateFields: { locality: 'Tucson', countryCode: 'USA' } };
		expect(errorText(await keap().run(given, [{}], admin))).toMatch(/Street Address 1, State or Region, Postal Code are needed/);
		expect(writes(keap())).toEqual([]);
	});
});

describe('settings, countries and provinces', () => {
	const { keap, on } = fixture();
	const settings = on('accountSetting');

	it('gives the sections that are asked for, and the types one by one', async () => {
		expect(Object.keys((await settings('get'))[0] ?? {})).toEqual(['application']);
		expect(Object.keys((await settings('get', { sections: ['ECOMMERCE', 'CONTACT'] }))[0] ?? {}).sort()).toEqual(['contact', 'ecommerce']);
		expect(await settings('getContactTypes')).toContainEqual({ name: 'Lead' });
		expect(await settings('getDefaultOptions')).toMatchObject([{ phone_types: expect.arrayContaining(['Mobile']) as string[] }]);
		expect(await settings('isEnabled')).toEqual([{ isEnabled: true }]);
	});

	it.each(['US', 'usa', "Côte d'Ivoire"])('finds the country %s', async (code) => {
		const [found] = await on('country')('get', { countryCode: byId(code) });
		expect(found).toMatchObject({ name: code.startsWith('C') ? code : 'United States' });
	});

	it('lists countries, and the provinces of one', async () => {
		expect((await on('country')('getAll', { limit: 2 })).map(({ name }) => name)).toEqual(['Austria', 'Canada']);
		const province = on('province');
		const countryCode = byId('United States');
		expect(await province('getAll', { countryCode })).toContainEqual({ code: 'US-AZ', name: 'Arizona', country: 'USA' });
		expect(await province('get', { countryCode, provinceCode: byId('US-TX') })).toMatchObject([{ name: 'Texas' }]);
		expect(keap().newCalls().at(-1)).toContain('/countries/United%20States/provinces/US-TX');
	});
});
