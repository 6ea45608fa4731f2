import type { IDataObject } from 'n8n-workflow';

import { toMajorUnits } from '../../catalogue/money/majorUnits';
import { BadInput } from '../../catalogue/operation/badInput';
import { picked } from '../../catalogue/simplify';
import { inner } from '../../runtime/isRecord';

const isFilled = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const filled = (record: IDataObject): IDataObject => Object.fromEntries(Object.entries(record).filter(([, value]) => isFilled(value)));

/** What says where, of an address; the rest says to whom. */
const PLACE = ['line1', 'line2', 'locality', 'region', 'zip_code', 'zip_four', 'country_code'];

/** Where an order is sent, in the names in which it is written: Keap answers in others, and nested. A middle name never comes back. */
export function shippingOf(order: IDataObject): IDataObject {
	// What has just been written stands in the order in its own names.
	if (Object.hasOwn(order, 'shipping_address')) return inner(order.shipping_address);
	const to = inner(order.shipping_information);
	const place = inner(to.address);
	return filled({
		first_name: to.given_name,
		last_name: to.family_name,
		company: to.company,
		phone: to.phone_number,
		is_invoice_to_company: to.invoice_to_company,
		...picked(place, PLACE),
		region: isFilled(place.region) ? place.region : place.region_code,
		zip_code: isFilled(place.zip_code) ? place.zip_code : place.postal_code,
	});
}

/** Another place takes the whole of the old one's: half an old address would be a wrong one. Everything else is kept part by part. */
export function mergedShipping(order: IDataObject, given: IDataObject): IDataObject {
	const known = shippingOf(order);
	const moves = PLACE.some((part) => given[part] !== undefined);
	return { ...(moves ? Object.fromEntries(Object.entries(known).filter(([part]) => !PLACE.includes(part))) : known), ...given };
}

const PLAN_PARTS = [
	'auto_charge',
	'max_charge_attempts',
	'days_between_retries',
	'payment_method_id',
	'initial_payment_amount',
	'initial_payment_date',
	'plan_start_date',
	'number_of_payments',
	'days_between_payments',
];

/** Without these there is no plan, although Keap's description of a request marks none of them. */
const PLAN_NEEDS: ReadonlyArray<readonly [key: string, displayName: string]> = [
	['plan_start_date', 'Start Date'],
	['number_of_payments', 'Number of Payments'],
	['days_between_payments', 'Days Between Payments'],
];

/** @throws BadInput for a plan that lacks what makes it one */
export function checkPlan(plan: IDataObject, advice: string): IDataObject {
	for (const [key, displayName] of PLAN_NEEDS)
		if (plan[key] === undefined) throw new BadInput('is needed', advice, `Payment Plan > ${displayName}`);
	return plan;
}

/** The payment plan of an order with what is given in its place. @throws BadInput where the two together are no plan */
export function mergedPlan(order: IDataObject, given: IDataObject): IDataObject {
	// Keap answers with the amount in the smallest unit, and wants it in the major one.
	const known = toMajorUnits(filled(picked(inner(order.payment_plan), PLAN_PARTS))) as IDataObject;
	return checkPlan({ ...known, ...given }, `Order ${String(order.id)} has no payment plan yet: a new one needs it.`);
}
