import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { keapNode, workflow } from '../support/engine';
import { byId, keapForEachTest, on, writes } from './helpers';

const ZONES = [
	['America/Phoenix', '2026-02-15T07:00:00.000Z'],
	['Asia/Kolkata', '2026-02-14T18:30:00.000Z'],
	['Pacific/Auckland', '2026-02-14T11:00:00.000Z'],
] as const;

describe.each(ZONES)('a date without a time in a workflow of %s', (timezone, midnight) => {
	const keap = keapForEachTest();
	const run = async (parameters: INodeParameters): Promise<void> => {
		const json = workflow([keapNode('Keap', parameters)]);
		const { error } = await keap().engine.run({ ...json, settings: { ...json.settings, timezone } }, { items: [{ day: '2026-02-15' }] });
		if (error) throw new Error(`${error.message} | ${error.description ?? ''}`);
	};
	const lastBody = () => writes(keap()).at(-1)?.body as IDataObject;

	it('is midnight there where a moment is wanted: due times, by expression or by hand', async () => {
		for (const dueTime of ['={{ $json.day }}', '2026-02-15']) {
			await run(on('task')('create', { title: 'x', assignedToUserId: byId(9001), additionalFields: { contactId: byId(1), dueTime } }));
			expect(lastBody().due_time).toBe(midnight);
		}
	});

	it('is midnight there in a filter', async () => {
		await run(on('contact')('getAll', { limit: 1, filters: { updatedAfter: '={{ $json.day }}' } }));
		expect(keap().sandbox.calls.at(-1)?.query.filter).toBe(`start_update_time==${midnight}`);
	});

	it('is midnight there in a custom field of type Date/Time, and the day itself where a day is kept', async () => {
		const { rows } = keap().sandbox.state.contactCustomFields;
		keap().sandbox.state.contactCustomFields.add({ label: 'Called at', field_name: 'Calledat', field_type: 'DATE_TIME', options: [] });
		const idOf = (type: string) => String(rows.find(({ field_type: one }) => one === type)?.id);
		const value = { [idOf('DATE_TIME')]: '={{ $json.day }}', [idOf('DATE')]: '={{ $json.day }}' };
		const parameters = {
			email: 'a@x.example',
			setCustomFields: true,
			customFields: { mappingMode: 'defineBelow', value },
			additionalFields: { birthDate: '={{ $json.day }}', anniversaryDate: '2026-02-15T00:00:00' },
		};
		await run(on('contact')('create', parameters));
		expect(lastBody()).toMatchObject({ birth_date: '2026-02-15', anniversary_date: '2026-02-15' });
		expect(lastBody().custom_fields).toEqual(
			expect.arrayContaining([
				{ id: idOf('DATE_TIME'), content: midnight },
				{ id: idOf('DATE'), content: '2026-02-15' },
			]),
		);
	});
});
