import { badRequest } from '../errors';
import { isEmail } from './customFieldRules';
import { checkAddress } from './addressRules';
import { checkReference, withCustomFields } from './references';
import type { RecordKind } from './recordKinds';

/** What a company's single address, email, phone and fax need besides their types. */
export const checkedCompany: NonNullable<RecordKind['check']> = (fields, { state }, created) => {
	if (created && !fields.company_name) throw badRequest('company_name is required', 'company_name');
	const { address, email_address: email } = fields as {
		address?: Record<string, unknown>;
		email_address?: { email?: string; email_opt_status?: string };
	};
	if (address !== undefined) checkAddress(address, 'address');
	if (email !== undefined && !isEmail(email.email))
		throw badRequest(`email_address.email: "${String(email.email)}" is no e-mail address`, 'email_address.email');
	checkReference(fields, 'owner_id', state.users);
	return withCustomFields(fields, state, 'companies');
};
