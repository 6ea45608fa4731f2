import type { INodeParameters } from 'n8n-workflow';

import { KEAP_CREDENTIAL, workflow } from '../support/engine';
import { byId } from './helpers';
import { itemsOf, stageForEachTest, TRIGGER_TYPE } from './trigger-helpers';

const POLLING_TYPE = 'n8n-nodes-keap.keapPollingTrigger';
const MODEL = 'GET /crm/rest/v2/contacts/model';

describe('Selected Fields of a trigger', () => {
	const stage = stageForEachTest();
	const hook = (events: string[], outputFields: INodeParameters[string]): INodeParameters => ({
		events,
		fetchRecord: true,
		output: 'selectedFields',
		outputFields,
	});
	const poll = async (parameters: INodeParameters) =>
		await stage().keap.engine.poll(
			workflow([
				{
					name: 'Watch',
					type: POLLING_TYPE,
					parameters: { output: 'selectedFields', ...parameters },
					credentials: KEAP_CREDENTIAL,
				},
			]),
		);

	it('are those of each kind of record that the events bring', async () => {
		const live = await stage().activate(hook(['contact.edit', 'task.edit'], ['email', 'title', 'custom_fields.Nickname']));
		const task = stage().keap.sandbox.state.collection('/crm/rest/v2/tasks').add({ title: 'Bake', contact_id: '1' });
		await stage().deliver('contact.edit', [{ id: 1 }]);
		await stage().deliver('task.edit', [{ id: Number(task.id) }]);
		expect((await itemsOf(live)).map(({ record }) => record)).toEqual([
			{ id: '1', email: 'ada@adams.example', custom_fields: { Nickname: 'Countess' } },
			{ id: task.id, title: 'Bake' },
		]);
	});

	it('are held to what the records have when the workflow is activated, before Keap has a hook', async () => {
		await expect(stage().activate(hook(['contact.edit'], ['emial']))).rejects.toMatchObject({
			message: 'Field Names or IDs has no field "emial"',
			description: 'Near it is email.',
		});
		await expect(stage().activate(hook(['contact.edit'], []))).rejects.toThrow('Field Names or IDs is empty');
		expect(stage().hooks()).toEqual([]);
		expect(stage().newCalls()).toEqual([MODEL]);
	});

	it('are held to what the records have when Keap is polled, before it is asked for any', async () => {
		await expect(poll({ event: 'contactCreated', outputFields: 'emial' })).rejects.toMatchObject({
			message: 'Field Names or IDs has no field "emial"',
			description: 'Near it is email.',
		});
		expect(stage().newCalls()).toEqual([MODEL]);
		await expect(poll({ event: 'contactTagged', tagId: byId(501), outputFields: 'email' })).rejects.toMatchObject({
			description: 'Switch on Options > Fetch Full Contact.',
		});
		expect(stage().newCalls()).toEqual([]);
	});

	it('are offered in the editor by the chosen events', async () => {
		const { engine } = stage().keap;
		const ofHook = await engine.loadOptions(
			{ type: TRIGGER_TYPE, parameters: { events: ['contactGroup.applied', 'task.edit'] } },
			'getOutputFields',
		);
		const values = ofHook.map(({ value }) => value);
		expect(values).toEqual(expect.arrayContaining(['email', 'title', 'custom_fields.Nickname']));
		expect(new Set(values).size).toBe(values.length);
		const ofPoll = await engine.loadOptions({ type: POLLING_TYPE, parameters: { event: 'taskCreated' } }, 'getOutputFields');
		expect(ofPoll.map(({ value }) => value)).toContain('title');
		expect(ofPoll.map(({ value }) => value)).not.toContain('email');
	});
});
