import { badRequest } from '../errors';
import { isEmail } from './customFieldRules';
import { checkAddress } from './addressRules';
import type { Fields, RecordKind } from './recordKinds';

const entriesOf = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);

/** What is written to a user, as a user has it: the one address that is written is the first of those that are read. */
export const checkedUser: NonNullable<RecordKind['check']> = (fields) => {
	const { email_address: email, address, ...rest } = fields as { email_address?: Fields; address?: Fields } & Fields;
	if (address !== undefined) checkAddress(address, 'address');
	if (email !== undefined && !isEmail(email.email))
		throw badRequest(`email_address.email: "${String(email.email)}" is no e-mail address`, 'email_address.email');
	for (const name of ['phone_numbers', 'fax_numbers']) {
		const slots = entriesOf(fields[name]).map(({ field }) => field);
		if (slots.includes(undefined)) throw badRequest(`${name}: each entry needs a field: it says which slot it fills`, name);
		if (new Set(slots).size < slots.length) throw badRequest(`${name}: a slot is given twice`, name);
	}
	return { ...rest, ...(address && { address }), ...(email && { email_address: email, email_addresses: [email] }) };
};
