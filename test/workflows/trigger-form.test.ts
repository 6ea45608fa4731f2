import type { INodePropertyOptions } from 'n8n-workflow';
import { EVENT_KEYS } from '../sandbox/hooks/events';
import { KeapTrigger } from '../../nodes/KeapTrigger/KeapTrigger.node';
import { byObject, eventName } from '../../nodes/shared/hooks/eventWords';
import { Linter, writtenOut } from '../catalogue/linter';
import { TRIGGER_TYPE } from './trigger-helpers';
import { keapForEachTest } from './helpers';

describe('the form of the Keap Trigger', () => {
	const keap = keapForEachTest();

	it("lets people choose from the account's own events, in words, those of one record together", async () => {
		const options = await keap().engine.loadOptions({ type: TRIGGER_TYPE }, 'getHookEvents');
		expect(options.slice(0, 6).map(({ name, value }) => [name, value])).toEqual([
			['Contact Created', 'contact.add'],
			['Contact Deleted', 'contact.delete'],
			['Contact Redacted', 'contact.redact'],
			['Contact Updated', 'contact.edit'],
			['Tag Applied to Contact', 'contactGroup.applied'],
			['Tag Created', 'contactGroup.add'],
		]);
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v1/hooks/event_keys']);
	});

	it.each(['getProducts', 'getTags', 'getOpportunityStages', 'getUsers'])('offers a list for its filters: %s', async (method) => {
		expect((await keap().engine.loadOptions({ type: TRIGGER_TYPE }, method)).length).toBeGreaterThan(0);
	});

	it('has an entry in the panel of nodes for each common event, made as n8n makes them', () => {
		const { properties, displayName, group } = new KeapTrigger().description;
		// n8n looks for a parameter of this label in a node called a trigger, and takes its static options.
		const found = properties.find((property) => ['event', 'events', 'trigger on'].includes(property.displayName.toLowerCase()));
		const entries = (found?.options as INodePropertyOptions[]).map(({ name, value, action }) => [action ?? name, value]);
		expect([displayName, group, found?.name, found?.type]).toEqual(['Keap Trigger', ['trigger'], 'events', 'multiOptions']);
		expect(entries.length).toBeGreaterThanOrEqual(23);
		expect(entries).toEqual(
			expect.arrayContaining([
				['On contact created', 'contact.add'],
				['On tag applied to contact', 'contactGroup.applied'],
				['On payment of invoice created', 'invoice.payment.add'],
				['On another event', 'other'],
			]),
		);
	});

	it('offers no common event that the account does not have', () => {
		const { properties } = new KeapTrigger().description;
		const values = (properties.find(({ name }) => name === 'events')?.options as INodePropertyOptions[]).map(({ value }) => value);
		expect(values.filter((value) => value !== 'other' && !EVENT_KEYS.includes(String(value)))).toEqual([]);
	});

	it('says in its description what the node and the trigger of the merged entry do', () => {
		expect(new KeapTrigger().description.description).toMatch(/contacts.*tags.*orders.*API key.*start a workflow when something changes/);
	});

	it("has nothing that n8n's own linter would say", async () => {
		const { description } = new KeapTrigger();
		const linter = new Linter();
		const findings = await linter.lint(writtenOut('KeapTrigger', description), 'KeapTrigger');
		await linter.close();
		// The life cycle stands in the class, not in the description.
		expect(findings.filter(({ rule }) => !rule.endsWith('webhook-lifecycle-complete'))).toEqual([]);
	});
});

describe('events in words', () => {
	it.each([
		['contact.add', 'Contact Created'],
		['contactGroup.removed', 'Tag Removed From Contact'],
		['invoice.payment.edit', 'Payment of Invoice Updated'],
		['user.activate', 'User Activated'],
		['task.complete', 'Task Completed'],
		['task.incomplete', 'Task Marked as Incomplete'],
		['recurringOrder.reopened_twice', 'Recurring Order Reopened Twice'],
		['odd', 'Odd'],
	])('%s is %s', (key, name) => {
		expect(eventName(key)).toBe(name);
	});

	it('are ordered by record, unknown ones last', () => {
		expect(['zebra.add', 'order.add', 'contact.edit', 'contact.add'].sort(byObject)).toEqual([
			'contact.add',
			'contact.edit',
			'order.add',
			'zebra.add',
		]);
	});
});
