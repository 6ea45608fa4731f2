import type { INodeParameters } from 'n8n-workflow';
import { byId, errorText, keapForEachTest, onlyBody } from './helpers';

const marketing = { type: 'n8n-nodes-keap.keapMarketing' };
const OPTIONS = '/crm/rest/v2/integrations/wordpress/options';

describe('opt-in options of WordPress', () => {
	const keap = keapForEachTest();
	const option = (operation: string, parameters: INodeParameters = {}) => ({ resource: 'wordPressOptIn', operation, ...parameters });
	const output = async (...given: Parameters<typeof option>) => await keap().output(option(...given), [{}], marketing);

	it('are made, listed and deleted by their key', async () => {
		expect(await output('create', { key: 'course7', name: 'Course' })).toEqual([{ key: 'course7', name: 'Course' }]);
		expect((await output('getAll')).map(({ key }) => key)).toEqual(['newsletter', 'course7']);
		expect(await output('delete', { optionKey: byId('course7') })).toEqual([{ deleted: true }]);
		expect(keap().newCalls()).toEqual([`POST ${OPTIONS}`, `GET ${OPTIONS}`, `DELETE ${OPTIONS}/course7`]);
	});

	it('refuse a key that Keap would refuse, before a call', async () => {
		expect(errorText(await keap().run(option('create', { key: 'a-b', name: 'x' }), [{}], marketing))).toMatch(/Key is not a key: "a-b"/);
		expect(keap().newCalls()).toEqual([]);
	});

	it('achieve their goal, or fail where Keap says in its answer that they did not', async () => {
		const achieve = { optionKey: byId('newsletter'), contactId: byId(1) };
		expect(await output('achieve', achieve)).toEqual([{ successful: true }]);
		expect(onlyBody(keap())).toEqual({ contact_id: '1' });
		keap().sandbox.state.commerce.goalsAchieved = false;
		expect(errorText(await keap().run(option('achieve', achieve), [{}], marketing))).toMatch(/Keap achieved no goal for the contact 1/);
	});
});
