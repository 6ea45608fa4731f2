import { fieldsOf, listIn, type Fields, type Keap } from '../keap';
import { asBelieved, different, judge, kindOf, mayNot, taken, unknown } from '../findings';
import type { Assumption, Finding } from '../types';
import { V2 } from '../workbench';

const model = async (keap: Keap): Promise<Fields[]> => listIn(await keap.get(`${V2}/contacts/model`), 'custom_fields');

/** Whether an amount is in the smallest unit: the digits of the formatted text are those of the number. */
function inMinorUnits(money: unknown): Finding {
	const { amount, formatted_amount: formatted } = fieldsOf(money);
	if (typeof amount !== 'number' || typeof formatted !== 'string' || amount === 0) return unknown('no amount beside its formatted text');
	const digits = formatted.replace(/\D/g, '').replace(/^0+/, '');
	return judge(
		Number.isInteger(amount) && digits === String(Math.abs(amount)),
		Number.isInteger(amount) ? 'a whole number' : 'a decimal number',
	);
}

/** The first of some records whose field is filled. */
async function firstWith(keap: Keap, path: string, name: string, field: string): Promise<unknown> {
	const reply = await keap.get(path, { page_size: 50 });
	return listIn(reply, name).find((record) => typeof fieldsOf(record[field]).amount === 'number' && fieldsOf(record[field]).amount !== 0)?.[
		field
	];
}

/** Single kinds of record. */
export const RECORDS: readonly Assumption[] = [
	{
		id: 'custom-field-model',
		question: "Is the model of custom fields in version 2's form?",
		believed: 'IDs as texts, types in capitals (`WHOLE_NUMBER`), a label; options may be null.',
		source: 'Recorded model of 2024-12 to 2025-06.',
		restsOn: ['nodes/shared/catalogue/customFields'],
		otherwise: 'Values of custom fields are sent unchecked, as text.',
		asked: "Reads the contacts' model and looks at the types.",
		reads: async (keap) => {
			const fields = await model(keap);
			if (fields.length === 0) return unknown('no custom field');
			const odd = fields.filter(
				({ id, field_type: type, label }) => typeof id !== 'string' || !/^[A-Z_]+$/.test(String(type)) || typeof label !== 'string',
			);
			return judge(odd.length === 0, `${odd.length} of ${fields.length} fields are otherwise`);
		},
	},
	{
		id: 'custom-field-names',
		question: 'Does the model of version 2 return the `field_name` of custom fields?',
		believed: 'Yes, or version 1 does: a filter needs it.',
		source: "Keap's description; a model recorded in 2024-12 has null.",
		restsOn: ['nodes/shared/catalogue/customFields'],
		otherwise: 'Lists cannot be filtered by custom fields without asking version 1.',
		asked: "Reads the contacts' model.",
		reads: async (keap) => {
			const fields = await model(keap);
			if (fields.length === 0) return unknown('no custom field');
			const named = fields.filter(({ field_name: name }) => typeof name === 'string' && name !== '').length;
			return judge(named > 0, `${named} of ${fields.length} have one`);
		},
	},
	{
		id: 'custom-field-filter',
		question: 'Can contacts be filtered by a custom field?',
		believed: '`filter=<field_name>==<value>`, the name in any case.',
		source: "Keap's description of 2026.",
		restsOn: ['nodes/shared/catalogue'],
		otherwise: 'Get Many with such a filter is refused (400).',
		asked: 'Filters contacts by the first text field, with a value that nobody has.',
		reads: async (keap) => {
			const field = (await model(keap)).find(
				({ field_type: type, field_name: name }) => type === 'TEXT' && typeof name === 'string' && name !== '',
			);
			if (!field) return unknown('no text field with a name');
			return taken(
				await keap.get(`${V2}/contacts`, { page_size: 1, filter: `${String(field.field_name).toLowerCase()}==n8n-nodes-keap-check` }),
			);
		},
	},
	{
		id: 'order-money',
		question: "Is an order's total in the currency's smallest unit?",
		believed: '`{ "amount": 22550 }` is 225.50.',
		source: "Keap's description: an integer; an integrator's live account.",
		restsOn: ['nodes/shared/catalogue/money'],
		otherwise: 'Totals are shown a hundred times too small or too large.',
		asked: 'Compares the digits of an order’s total with those of its formatted text; the amount is not shown.',
		reads: async (keap) => inMinorUnits(await firstWith(keap, `${V2}/orders`, 'orders', 'total')),
	},
	{
		id: 'product-money',
		question: "Is a product's price in the currency's smallest unit?",
		believed: 'Yes, as an order’s total.',
		source: "Keap's description: an integer.",
		restsOn: ['nodes/shared/catalogue/money'],
		otherwise: 'Prices are shown a hundred times too small or too large.',
		asked: 'Compares the digits of a product’s price with those of its formatted text; the price is not shown.',
		reads: async (keap) => inMinorUnits(await firstWith(keap, `${V2}/products`, 'products', 'price')),
	},
	{
		id: 'countries',
		question: 'Does Keap know countries by their three letters and regions by ISO 3166-2?',
		believed: '`USA` and `US-AZ`.',
		source: "Keap's description; live answers of 2026-06.",
		restsOn: ['nodes/shared/catalogue/fields'],
		otherwise: 'Addresses that are written with these codes are refused.',
		asked: 'Reads the countries and the regions of the United States.',
		reads: async (keap) => {
			const countries = await keap.get(`${V2}/locales/countries`);
			const regions = await keap.get(`${V2}/locales/countries/USA/provinces`);
			if (countries.status === 403) return mayNot;
			const knows = listIn(countries, 'countries').some(({ codes }) => fieldsOf(codes).alpha3 === 'USA');
			const region = listIn(regions, 'provinces').some(({ code }) => code === 'US-AZ');
			return judge(knows && region, `USA ${knows ? 'is' : 'is not'} there, US-AZ ${region ? 'is' : 'is not'}`);
		},
	},
	{
		id: 'contact-types',
		question: 'Does the account list its contact types?',
		believed: '`GET /v2/settings/contactOptionTypes` has a list of texts.',
		source: "Keap's description.",
		restsOn: ['nodes/Keap/resources/people/contact'],
		otherwise: 'The list of contact types in the editor stays empty; a type can be typed all the same.',
		asked: 'Reads the list; nothing of it is shown.',
		reads: async (keap) => {
			const { status, body } = await keap.get(`${V2}/settings/contactOptionTypes`);
			if (status === 403) return mayNot;
			const types = fieldsOf(body).option_types;
			if (!Array.isArray(types)) return different(`status ${status}, ${kindOf(types)}`);
			return types.every((type) => typeof type === 'string' && !type.includes(','))
				? asBelieved(`${types.length} types`)
				: different('several types in one text');
		},
	},
];
