import type { INodeParameters } from 'n8n-workflow';
import { byId, errorText, keapForEachTest } from './helpers';

const marketing = { type: 'n8n-nodes-keap.keapMarketing' };
const HTML = '<form action="https://forms.keap.example/1" method="POST"><!-- Newsletter sign-up --></form>';

describe('webforms', () => {
	const keap = keapForEachTest();
	const form = (operation: string, parameters: INodeParameters = {}) => ({ resource: 'webform', operation, ...parameters });

	it('are listed, by type too', async () => {
		const listed = await keap().output(form('getAll', { filters: { webformType: 'FUNNEL' } }), [{}], marketing);
		expect(listed).toMatchObject([{ name: 'Course enquiry', webform_type: 'FUNNEL' }]);
		expect(keap().sandbox.calls.at(-1)?.query.filter).toBe('webform_type==FUNNEL');
	});

	it('give their HTML as a text, or as a file', async () => {
		expect(await keap().output(form('getHtml', { webformId: byId(1) }), [{}], marketing)).toEqual([{ id: '1', html: HTML }]);
		const result = await keap().run(form('getHtml', { webformId: byId(1), htmlAs: 'file', binaryPropertyName: 'page' }), [{}], marketing);
		const [item] = result.itemsWithPairing('Keap');
		expect(item?.json).toEqual({ id: '1' });
		expect(item?.binary?.page).toMatchObject({ fileName: 'webform-1.html', mimeType: 'text/html' });
		expect(Buffer.from(item?.binary?.page?.data ?? '', 'base64').toString()).toBe(HTML);
	});

	it('are not confused with the page of a maintenance', async () => {
		const body = '<!doctype html><html><body>Back soon</body></html>';
		keap().sandbox.fault(
			{ method: 'GET', times: Infinity },
			{ kind: 'status', status: 200, body, headers: { 'content-type': 'text/html' } },
		);
		expect(errorText(await keap().run(form('getHtml', { webformId: byId(1) }), [{}], marketing))).toMatch(
			/is not the HTML of the webform 1: it has no form/,
		);
	});
});
