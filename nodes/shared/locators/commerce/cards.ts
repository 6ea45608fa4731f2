import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { inner } from '../../runtime/isRecord';
import { keapGetAll, keapRequest } from '../../transport';
import { chosenRecord } from '../chosenRecord';
import { defineLocator, type ListSearch } from '../locator';
import { cardLabel } from '../cardLabel';

/** Where a form says whose cards are meant: by the contact itself, by an order or by a subscription. */
const HOLDERS: ReadonlyArray<readonly [parameter: string, path: string, contactOf: (record: IDataObject) => unknown]> = [
	['orderId', '/crm/rest/v2/orders/{id}', ({ contact }) => inner(contact).id],
	['subscriptionId', '/crm/rest/v2/subscriptions/{id}', ({ contact_id: contact }) => contact],
];

/** The contact whose cards a form is about; undefined while it names none. */
async function contactOf(context: ILoadOptionsFunctions): Promise<string | undefined> {
	const contact = chosenRecord(context, 'contactId');
	if (contact !== undefined) return contact;
	for (const [parameter, path, read] of HOLDERS) {
		const id = chosenRecord(context, parameter);
		if (id === undefined) continue;
		const { body } = await keapRequest<IDataObject>(context, { method: 'GET', path, pathParams: { id }, expects: { record: ['id'] } });
		const found = read(body);
		return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
	}
	return undefined;
}

/** @param id the field of a card that is wanted: Keap's v2 names cards by one ID, its v1 by another */
const searchCards = (id: 'payment_method_id' | 'credit_card_id'): ListSearch =>
	async function (filter = '') {
		const contact = await contactOf(this);
		if (contact === undefined) return { results: [] };
		const path = '/crm/rest/v2/contacts/{contact_id}/paymentMethods';
		const found = await keapGetAll(this, { method: 'GET', path, pathParams: { contact_id: contact } }, { records: 'records' });
		const options = found.filter((card) => card[id] !== undefined).map((card) => ({ name: cardLabel(card), value: String(card[id]) }));
		return { results: options.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase())) };
	};

/** The cards of a contact, by what Keap's v2 calls a payment method. */
export const cards = defineLocator('searchCards', searchCards('payment_method_id'));

/** The same by the number that Keap's v1 has for a card. */
export const creditCards = defineLocator('searchCreditCards', searchCards('credit_card_id'));
