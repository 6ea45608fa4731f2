import { ApiError, badRequest } from '../../errors';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { bodyOf, crud, type Fields, type Kind, recordOf } from '../commerce/crud';
import { affiliates } from '../commerce/places';
import { checkGiven, checkLeast, checkNotBlank } from '../commerce/rules';
import { checkReference, withCustomFields } from '../references';
import { programs } from './commissionPrograms';

/** A code begins with a letter and has no blanks: four characters when it is made, two when it is changed. */
function checkCode(fields: Fields, { state }: Exchange, before?: KeapRecord): void {
	const { code } = fields;
	if (code === undefined) return;
	const least = before ? 2 : 4;
	if (!/^[A-Za-z]\S*$/.test(String(code)) || String(code).length < least)
		throw badRequest(`code must begin with a letter, have no blanks and at least ${least} characters, not "${String(code)}"`, 'code');
	const twin = affiliates(state).rows.find((one) => one.id !== before?.id && String(one.code).toLowerCase() === String(code).toLowerCase());
	if (twin) throw new ApiError(409, `code: there is an affiliate ${String(code)} already`);
}

export const AFFILIATE: Kind = {
	what: 'affiliate',
	param: 'id',
	store: ({ state }) => affiliates(state),
	readers: { referral_contact_id: ({ contact_id: id }) => [id], contact_id: ({ contact_id: id }) => [id] },
	check: (fields, exchange, before) => {
		checkCode(fields, exchange, before);
		checkNotBlank(fields, 'name');
		checkReference(fields, 'contact_id', exchange.state.contacts);
		checkReference(fields, 'parent_affiliate_id', affiliates(exchange.state));
		checkLeast(fields, 0, 'track_leads_days');
		const checked = withCustomFields(fields, exchange.state, 'affiliates');
		return before ? checked : { status: 'INACTIVE', notify_on_sale: false, notify_on_lead: false, ...checked, date_created: exchange.now };
	},
};

/** The program that an affiliate is put into or taken out of. */
const inProgram =
	(change: (ids: readonly string[], affiliate: string) => string[]): Handler =>
	(exchange) => {
		const affiliate = recordOf(AFFILIATE, exchange);
		const fields = bodyOf(exchange);
		checkGiven(fields, 'affiliate_program_id');
		checkReference(fields, 'affiliate_program_id', programs(exchange.state));
		const program = programs(exchange.state).get(String(fields.affiliate_program_id)) as KeapRecord;
		const ids = change((program.affiliate_ids ?? []) as string[], affiliate.id);
		programs(exchange.state).set(program.id, { ...program, affiliate_ids: ids });
		return { status: 200 };
	};

export const AFFILIATE_HANDLERS: Readonly<Record<string, Handler>> = {
	...crud(AFFILIATE, {
		list: 'listAffiliate',
		create: 'addAffiliate',
		get: 'getAffiliate',
		update: 'updateAffiliate',
		remove: 'deleteAffiliate',
	}),
	'v2/addAffiliateToProgram': inProgram((ids, affiliate) => [...new Set([...ids, affiliate])]),
	'v2/removeAffiliateFromProgram': inProgram((ids, affiliate) => ids.filter((id) => id !== affiliate)),
};
