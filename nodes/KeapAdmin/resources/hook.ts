import type { IDataObject } from 'n8n-workflow';

import { BadInput } from '../../shared/catalogue/operation/badInput';
import { paging } from '../../shared/catalogue/fields/commonFields';
import * as encode from '../../shared/catalogue/fields/encode';
import * as fields from '../../shared/catalogue/fields/fields';
import { limitOf } from '../../shared/catalogue/calls/request';
import type { Perform, Resource } from '../../shared/catalogue/operation/types';
import { eventName } from '../../shared/hooks/eventWords';
import { listEventKeys, listHooks, verifyHookLate } from '../../shared/hooks/hooks';
import { hookEvents } from '../../shared/locators/hookEvents';
import { hooks } from '../../shared/locators/hooks';
import { writesAs } from '../../shared/rows/writesAs';

// Hooks exist only in version 1 of the API: https://developer.infusionsoft.com/docs/rest/
const PATH = '/crm/rest/v1/hooks';
const ONE = `${PATH}/{key}`;

const hookKey = hooks.field('hookKey', 'Hook', { in: 'path', key: 'key', required: true, description: 'The hook to work on' });

const eventKey = hookEvents.field('eventKey', 'Event', {
	key: 'eventKey',
	required: true,
	description: 'What has to happen for Keap to call the address',
});

function encodeUrl(raw: unknown): string | undefined {
	const url = encode.text()(raw);
	if (url === undefined || (/^https?:\/\//i.test(url) && URL.canParse(url))) return url;
	throw new BadInput('is not an address', 'It starts with https:// and Keap must be able to reach it.');
}

const hookUrl = fields.field(
	{
		name: 'hookUrl',
		displayName: 'Hook URL',
		key: 'hookUrl',
		required: true,
		placeholder: 'e.g. https://example.com/keap',
		description: 'The address that Keap calls. It has to answer the X-Hook-Secret header with the same header before events come.',
	},
	{ type: 'string', default: '' },
	encodeUrl,
);

/** Keap can't filter hooks: the list is read whole, in one call, and filtered here. */
const filters = fields.filters([
	fields.text('urlPart', 'Hook URL Contains', { in: 'none' }),
	fields.options('status', 'Status', {
		in: 'none',
		choices: ['Inactive', 'Unverified', 'Verified'].map((status): fields.Choice => [status, status]),
	}),
]);

const list: Perform = async ({ context }, call) => {
	const { limit = Infinity } = limitOf(call);
	const { urlPart, status } = call.values;
	const found = (await listHooks(context)).filter(
		(hook) => (status === undefined || hook.status === status) && hook.hookUrl.includes(String(urlPart ?? '')),
	);
	return found.slice(0, limit).map((hook): IDataObject => ({ ...hook }));
};

const listEvents: Perform = async ({ context }, call) => {
	const { limit = Infinity } = limitOf(call);
	return (await listEventKeys(context)).slice(0, limit).map((key): IDataObject => ({ eventKey: key, name: eventName(key) }));
};

const verifyLate: Perform = async ({ context }, { pathParams, values }) => {
	const { key, status } = await verifyHookLate(
		context,
		{ key: pathParams.key ?? '', eventKey: '', hookUrl: '', status: '' },
		String(values.secret),
	);
	return { key, status };
};

/** A hook sends what happens in Keap to any address. */
export const hook: Resource = writesAs('opens', {
	value: 'hook',
	name: 'Hook',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a hook',
			description: 'Have Keap call an address when an event happens. The Keap Trigger does this by itself.',
			method: 'POST',
			path: PATH,
			expects: ['key', 'eventKey'],
			fields: [eventKey, hookUrl],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a hook',
			description: 'End a subscription. Workflows that listen to it get no more events.',
			method: 'DELETE',
			path: ONE,
			fields: [hookKey],
			answer: 'deleted',
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a hook',
			description: 'Retrieve a hook and whether it is verified',
			method: 'GET',
			path: ONE,
			expects: ['key', 'eventKey'],
			fields: [hookKey],
		},
		{
			value: 'getEventTypes',
			name: 'Get Event Types',
			action: 'Get the event types of hooks',
			description: 'Retrieve the events that this account offers',
			method: 'GET',
			path: `${PATH}/event_keys`,
			fields: paging,
			perform: listEvents,
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many hooks',
			description: 'Retrieve a list of hooks, those of other programs included',
			method: 'GET',
			path: PATH,
			fields: [...paging, filters],
			perform: list,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a hook',
			description: 'Change the event and address of a hook. It has to be verified again.',
			method: 'PUT',
			path: ONE,
			expects: ['key', 'eventKey'],
			fields: [hookKey, eventKey, hookUrl],
		},
		{
			value: 'verify',
			name: 'Verify',
			action: 'Verify a hook',
			description: 'Have Keap call the address again, such as for a hook that became inactive',
			method: 'POST',
			path: `${ONE}/verify`,
			expects: ['key', 'eventKey'],
			fields: [hookKey],
		},
		{
			value: 'verifyLater',
			name: 'Verify With Secret',
			action: 'Verify a hook with its secret',
			description: 'Send back the secret that Keap gave to the address earlier',
			method: 'POST',
			path: `${ONE}/delayedVerify`,
			expects: ['key', 'eventKey'],
			fields: [
				hookKey,
				fields.field(
					{ name: 'secret', displayName: 'Secret', in: 'none', required: true, description: 'What Keap sent in the X-Hook-Secret header' },
					{ type: 'string', typeOptions: { password: true }, default: '' },
					encode.text(),
				),
			],
			perform: verifyLate,
		},
	],
});
