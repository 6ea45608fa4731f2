import type { IDataObject } from 'n8n-workflow';

import { BadInput, ofParameter } from '../../../../shared/catalogue/operation/badInput';
import { behind } from '../../../../shared/catalogue/fields/entries';
import { listOf } from '../../../../shared/runtime/listOf';
import { askKeap } from '../../../../shared/catalogue/calls/request';
import type { Answer, Call, Work } from '../../../../shared/catalogue/operation/types';
import { PHONE_SLOTS } from '../../../../shared/catalogue/fields/reachFields';
import { EMAIL_SLOTS } from './fields';

/**
 * The body with what stands in the fields Email and Phone, as Email 1 and Phone 1, before the entries of the lists.
 * @throws BadInput when a list names the same slot
 */
export const withMainEntries = (call: Call): IDataObject => withMainPhone(call.values, withMainEmail(call));

function withMainPhone({ phone }: Call['values'], body: IDataObject): IDataObject {
	if (phone === undefined) return body;
	const main: IDataObject = { number: phone as string, field: 'PHONE1' };
	try {
		return { ...body, phone_numbers: behind(main, listOf(body.phone_numbers), PHONE_SLOTS, 'Phone Number') };
	} catch (error) {
		throw ofParameter(error, 'Phone Numbers');
	}
}

function withMainEmail({ body, values }: Call): IDataObject {
	const { email, optInReason } = values;
	if (email === undefined) return body;
	const main: IDataObject = {
		email: email as string,
		field: 'EMAIL1',
		...(optInReason !== undefined && { opt_in_reason: optInReason as string }),
	};
	const others = listOf(body.email_addresses).filter(
		(entry) => entry.field !== 'EMAIL1' || String(entry.email).toLowerCase() !== String(email).toLowerCase(),
	);
	try {
		return { ...body, email_addresses: behind(main, others, EMAIL_SLOTS, 'Email Address') };
	} catch (error) {
		throw ofParameter(error, 'Email Addresses');
	}
}

/** Keap refuses a contact that has no email address, no phone number and no address. */
export function checkReachable(call: Call): void {
	const { email_addresses: emails, phone_numbers: phones, addresses } = withMainEntries(call);
	if ([emails, phones, addresses].every((list) => listOf(list).length === 0)) {
		throw new BadInput(
			'Keap needs an email address, a phone number or an address for a contact',
			'Fill in Email or Phone, or add an address under Additional Fields.',
		);
	}
}

/** Keap finds duplicates by the email address, so there must be one. */
export function checkHasEmail(call: Call): void {
	if (listOf(withMainEmail(call).email_addresses).length === 0) {
		throw new BadInput(
			'is empty',
			'Keap recognises a contact that is already there by its email address. Give one, or use Create.',
			'Email',
		);
	}
}

/** The address by which Keap recognises the contact of an item, in lower case. */
export const mainAddress = (call: Call): string => String(listOf(withMainEmail(call).email_addresses)[0]?.email ?? '').toLowerCase();

/** The serial key of each call: the same for items that share an address, directly or through other items. */
const serialKeys = new WeakMap<Call, string>();

/** Finds out which items must go one after the other, in item order, because they may mean one contact. */
export function assignSerialKeys(calls: readonly Call[]): void {
	const next = new Map<string, string>();
	const root = (address: string): string => {
		let at = address;
		for (let above = next.get(at); above !== undefined; above = next.get(at)) at = above;
		return at;
	};
	for (const call of calls) {
		const [first = '', ...others] = addressesOf(call);
		for (const other of others) if (root(other) !== root(first)) next.set(root(other), root(first));
	}
	for (const call of calls) serialKeys.set(call, root(addressesOf(call)[0] ?? ''));
}

const addressesOf = (call: Call): string[] => listOf(withMainEmail(call).email_addresses).map(({ email }) => String(email).toLowerCase());

/** Two upserts of one address at the same moment would both find nothing and make two contacts. */
export const serialKeyByEmail = (call: Call): string | undefined => serialKeys.get(call) ?? mainAddress(call);

/** Create and upsert: the row's own request, with the main email address and phone number in their places. */
export const send = async (work: Work, call: Call): Promise<Answer> => await askKeap(work, { ...call, body: withMainEntries(call) });
