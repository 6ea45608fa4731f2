import type { IDataObject } from 'n8n-workflow';

import { BadInput, shown } from '../../../../shared/catalogue/operation/badInput';
import { listOf } from '../../../../shared/runtime/listOf';
import { askKeap } from '../../../../shared/catalogue/calls/request';
import type { Answer, Call, Work } from '../../../../shared/catalogue/operation/types';

/** Keap's slot for the number in Phone. */
const MAIN_PHONE = 'PHONE1';

/**
 * The body with what stands in the fields Email and Phone, as Email 1 and Phone 1.
 * @throws BadInput when Phone 1 has another number than Phone, or none at all
 */
export const withMainEntries = (call: Call): IDataObject => withMainPhone(call.values, withMainEmail(call));

/** Phone has the number, Phone 1 what else there is to say of it; the number, too, where Phone is empty. */
function withMainPhone({ phone }: Call['values'], body: IDataObject): IDataObject {
	const given = listOf(body.phone_numbers);
	const details = given.find(({ field }) => field === MAIN_PHONE);
	if (phone === undefined && details === undefined) return body;
	if (details?.number !== undefined && phone !== undefined && details.number !== phone) {
		throw new BadInput(
			`is ${shown(details.number)}, but Phone, which is the same number in Keap, is ${shown(phone)}`,
			'Leave one of the two empty, or use another slot, such as Phone 2.',
			'Phone 1 > Number',
		);
	}
	const number = (phone ?? details?.number) as string | undefined;
	if (number === undefined) throw new BadInput('is empty', 'Give the number here or in Phone.', 'Phone 1 > Number');
	const others = given.filter((entry) => entry !== details);
	return { ...body, phone_numbers: [{ ...details, number, field: MAIN_PHONE }, ...others] };
}

function withMainEmail({ body, values }: Call): IDataObject {
	const { email, optInReason } = values;
	if (email === undefined) return body;
	const main: IDataObject = {
		email: email as string,
		field: 'EMAIL1',
		...(optInReason !== undefined && { opt_in_reason: optInReason as string }),
	};
	return { ...body, email_addresses: [main, ...listOf(body.email_addresses)] };
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
	if (call.values.email === undefined) {
		throw new BadInput(
			'is empty',
			'Keap recognises a contact that is already there by its email address. Give one, or use Create.',
			'Email',
		);
	}
	// Refuses what Phone and Phone 1 contradict each other in, before a contact is looked up.
	withMainEntries(call);
}

/** The address by which Keap recognises the contact of an item, in lower case. */
export const mainAddress = ({ values }: Call): string => String(values.email ?? '').toLowerCase();

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
