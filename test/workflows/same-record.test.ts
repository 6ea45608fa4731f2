import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { KEAP_CREDENTIAL, workflow, type WorkflowJson } from '../support/engine';
import { byId } from './helpers';
import { itemsOf, stageForEachTest } from './trigger-helpers';

const V2 = '/crm/rest/v2';
const CUSTOM = { custom_fields: [{ id: '7', content: 'L' }] };

/** Every kind of record that the Keap node, the hook trigger and the polling trigger all give out whole. */
const KINDS: ReadonlyArray<readonly [resource: string, list: string, fields: IDataObject]> = [
	['company', 'companies', { company_name: 'Bakery', notes: 'Old friends', website: 'https://bakery.example' }],
	['contact', 'contacts', { given_name: 'Ada', job_title: 'Baker', website: 'https://ada.example' }],
	['note', 'notes', { contact_id: '1', title: 'Call', text: 'Wants a cake' }],
	['opportunity', 'opportunities', { contact_id: '1', stage_id: '91', opportunity_title: 'Cake' }],
	['order', 'orders', { contact_id: '1', order_title: 'Cake', order_type: 'ONLINE', invoice_id: '1' }],
	['subscription', 'subscriptions', { contact_id: '1', subscription_plan_id: '1', active: true, billing_amount: 12 }],
	['task', 'tasks', { title: 'Bake', contact_id: '1', priority: 'CRITICAL' }],
];

describe('a record', () => {
	const stage = stageForEachTest();

	const each = KINDS.flatMap((kind): Array<[form: string, output: INodeParameters, ...typeof kind]> => [
		['whole', { output: 'raw' }, ...kind],
		['simplified', { output: 'simplified' }, ...kind],
		['simplified, custom fields by name', { output: 'fieldNames' }, ...kind],
		['selected', { output: 'selectedFields', outputFields: ['custom_fields'] }, ...kind],
	]);

	it.each(each)(
		'%s (%j): a %s has the same fields from the node, the hook trigger and the polling trigger',
		async (form, output, resource, list, fields) => {
			const { keap } = stage();
			const records = keap.sandbox.state.collection(`${V2}/${list}`);
			const watch: WorkflowJson = workflow([
				{
					name: 'Watch',
					type: 'n8n-nodes-keap.keapPollingTrigger',
					parameters: { event: `${resource}Created`, ...output },
					credentials: KEAP_CREDENTIAL,
				},
			]);
			watch.staticData = (await keap.engine.poll(watch)).staticData;
			const now = new Date().toISOString();
			const { id } = records.add({ create_time: now, update_time: now, created_time: now, last_updated_time: now, ...CUSTOM, ...fields });

			const naming = { [`${resource}Id`]: byId(id), ...(resource === 'note' && { contactId: byId('1') }) };
			const [fromNode] = await keap.output({ resource, operation: 'get', ...naming, ...output });
			const live = await stage().activate({
				events: [`${resource}.edit`],
				fetchRecord: true,
				...output,
			});
			await stage().deliver(`${resource}.edit`, [{ id: Number(id) }]);
			const [fromHook] = await itemsOf(live);
			const [fromPoll] = (await keap.engine.poll(watch)).items ?? [];

			expect(fromNode).toMatchObject(form === 'whole' ? { id, ...CUSTOM } : { id });
			expect(fromHook?.record).toEqual(fromNode);
			expect(fromPoll).toEqual(fromNode);
			expect(Object.keys(fromPoll ?? {})).toEqual(Object.keys(fromNode ?? {}));
		},
	);
});
