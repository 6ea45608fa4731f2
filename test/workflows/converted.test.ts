import { convertWorkflow } from '../../convert/workflow';
import type { WorkflowJson } from '../support/engine';
import { keapForEachTest, stored } from './helpers';

/** A workflow with n8n's older Keap nodes does the same with ours, once a credential is chosen. */
describe('a converted workflow in the engine', () => {
	const keap = keapForEachTest({ withBaseNodes: true });

	it('creates the contact, tags it, writes the note and the order', async () => {
		const old = (name: string, x: number, parameters: object) => ({
			id: name,
			name,
			type: 'n8n-nodes-base.keap',
			typeVersion: 1,
			position: [x, 0],
			parameters,
		});
		const chain = ['Start', 'Contact', 'Tag', 'Note', 'Order'];
		const given = {
			name: 'Keap',
			nodes: [
				{ id: 's', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [-200, 0], parameters: {} },
				old('Contact', 0, {
					resource: 'contact',
					operation: 'upsert',
					additionalFields: { givenName: 'Grace', familyName: 'Hopper', sourceType: 'LANDINGPAGE' },
					emailsUi: { emailsValues: [{ field: 'EMAIL1', email: 'grace@navy.example' }] },
					phonesUi: { phonesValues: [{ field: 'PHONE2', number: '+1 555 0102' }] },
				}),
				old('Tag', 200, { resource: 'contactTag', operation: 'create', contactId: '={{ $json.id }}', tagIds: ['501'] }),
				old('Note', 400, {
					resource: 'contactNote',
					contactId: "={{ $('Contact').item.json.id }}",
					userId: '9001',
					additionalFields: { title: 'Called', body: 'Likes rye', type: 'call' },
				}),
				old('Order', 600, {
					resource: 'ecommerceOrder',
					contactId: "={{ $('Contact').item.json.id }}",
					orderDate: '2026-03-01T10:00:00Z',
					orderTitle: 'Order 1',
					orderType: 'online',
					orderItemsUi: { orderItemsValues: [{ description: 'Rye', price: 4.5, 'product ID': 1, quantity: 2 }] },
				}),
			],
			connections: Object.fromEntries(
				chain.slice(0, -1).map((name, index) => [name, { main: [[{ node: chain[index + 1], type: 'main', index: 0 }]] }]),
			),
			settings: { executionOrder: 'v1' },
		};
		const { workflow } = convertWorkflow(given);
		for (const node of workflow.nodes) {
			if (node.type.startsWith('n8n-nodes-keap')) node.credentials = { keapApi: { id: 'cred1', name: 'Keap account' } };
		}
		const result = await keap().engine.run(workflow as unknown as WorkflowJson);
		expect(result.error).toBeUndefined();
		const id = String(result.items('Contact')[0]?.id);
		expect(stored(keap(), id)).toMatchObject({
			given_name: 'Grace',
			source_type: 'LANDING_PAGE',
			email_addresses: [{ email: 'grace@navy.example', field: 'EMAIL1' }],
			phone_numbers: [{ number: '+1 555 0102', field: 'PHONE2' }],
		});
		expect([...keap().sandbox.state.contactTags.recordsOf('501').keys()]).toContain(id);
		expect(
			keap()
				.newCalls()
				.filter((call) => call.startsWith('POST')),
		).toEqual([
			'POST /crm/rest/v2/contacts',
			'POST /crm/rest/v2/tags/501/contacts:applyTags',
			`POST /crm/rest/v2/contacts/${id}/notes`,
			'POST /crm/rest/v2/orders',
		]);
		expect(keap().sandbox.calls.at(-1)?.body).toMatchObject({
			contact_id: id,
			order_title: 'Order 1',
			order_type: 'ONLINE',
			order_items: [{ item_type: 'PRODUCT', product_id: '1', quantity: 2 }],
		});
	});
});
