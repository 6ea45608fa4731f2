import type { IDataObject } from 'n8n-workflow';

import { toRequest } from '../../../shared/catalogue/calls/request';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Operation, Perform } from '../../../shared/catalogue/operation/types';
import { affiliatePrograms } from '../../../shared/records/partners/affiliatePrograms';
import { inner } from '../../../shared/runtime/isRecord';
import { listOf } from '../../../shared/runtime/listOf';
import { keapRequest } from '../../../shared/transport';

/** Keap's name, the parameter, what people read, and what it says of itself. */
export const LEVELS = [
	['level_1', 'level1', 'Level 1', 'What the affiliate gets who brought the customer'],
	['level_2', 'level2', 'Level 2', 'What the parent of that affiliate gets'],
	['unused', 'unused', 'Unused', 'What becomes of commissions that nobody gets'],
] as const;

/** @throws BadInput for a commission that pays nothing: nobody needs one, and it would take the place of one that does */
export function checkPaysSomething({ body }: Call): void {
	if (LEVELS.some(([key]) => key in body)) return;
	throw new BadInput('is empty', 'Add what is paid for a sale or a lead, as a percentage or an amount, under Level 1.', 'Level 1');
}

/** Where a program keeps the commissions of a kind, and how one is found and named in a request. */
const PLACES: Readonly<Record<string, { readonly list: string; readonly key: string; readonly parameter: string }>> = {
	product: { list: 'product_commissions', key: 'product_id', parameter: 'productId' },
	subscriptionPlan: { list: 'subscription_commissions', key: 'subscription_id', parameter: 'subscriptionPlanId' },
};

const PARTS = ['sale_percent', 'sale_amount', 'lead_percent', 'lead_amount'];

/** The parts that Keap has of a level, as texts, with the given ones in their place: Keap replaces a level as a whole. */
function mergedLevel(known: unknown, given: unknown): IDataObject {
	const has = Object.entries(inner(known)).filter(([part, value]) => PARTS.includes(part) && typeof value === 'number');
	return { ...Object.fromEntries(has.map(([part, value]) => [part, String(value)])), ...inner(given) };
}

/** What differs by kind where a commission is updated: Keap wants the product or plan in the body, and not in the mask. */
export function updateCommission(kind: string): Partial<Operation> {
	const place = PLACES[kind];
	const perform: Perform = async (work, call) => {
		const id = place === undefined ? undefined : String(call.values[place.parameter]);
		const known = await readCommission(work, call, place, id);
		const levels = LEVELS.filter(([key]) => key in call.body).map(([key]) => [key, mergedLevel(known[key], call.body[key])] as const);
		const body: IDataObject = { ...call.body, ...Object.fromEntries(levels) };
		// The mask names what changes, and not which commission it is.
		const request = toRequest({ ...call, body }, work);
		const named = place === undefined ? {} : { [place.key]: id };
		return (await keapRequest<IDataObject>(work.context, { ...request, body: { ...body, ...named } })).body;
	};
	const completion = place === undefined ? {} : { completion: { path: affiliatePrograms.onePath, fields: { [place.key]: '' } } };
	return { perform, ...completion };
}

/** @throws BadInput when the program has no commission of its own for the product or plan */
async function readCommission(
	{ context, signal }: Parameters<Perform>[0],
	{ pathParams, item }: Call,
	place: (typeof PLACES)[string] | undefined,
	id: string | undefined,
): Promise<IDataObject> {
	const { body: program } = await keapRequest<IDataObject>(context, {
		method: 'GET',
		path: affiliatePrograms.onePath,
		pathParams,
		item,
		signal,
		expects: { record: ['id'] },
	});
	if (place === undefined) return inner(program.default_commission);
	const found = listOf(program[place.list]).find((one) => String(one[place.key]) === id);
	if (found !== undefined) return found;
	throw new BadInput(
		`has no commission of its own in this program: ${String(id)}`,
		'Choose another one, or give it a commission with Create.',
		place.key === 'product_id' ? 'Product' : 'Subscription Plan',
	);
}
