import { badRequest, notFound } from '../../errors';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { shown } from '../generic';
import { bodyOf, crud, type Fields, type Kind, recordOf } from './crud';
import { currencyValue, toMinor } from './money';
import { bundles, plans, products } from './places';
import { checkLeast, checkNotBlank, checkPercent } from './rules';

interface Interest extends Fields {
	interest_id: string;
	/** Of the product or the plan: all that says which one it is. */
	id: string;
	type: 'PRODUCT' | 'SUBSCRIPTION_PLAN';
	/** In the smallest unit. */
	price: number;
}

const interestsOf = (bundle: KeapRecord) => (bundle.interests ?? []) as Interest[];

const interestView = (interest: Interest, { state }: Exchange): Fields => ({ ...interest, price: currencyValue(state, interest.price) });

const BUNDLE: Kind = {
	what: 'product interest bundle',
	param: 'id',
	store: ({ state }) => bundles(state),
	check: (fields) => {
		checkNotBlank(fields, 'name', 'description');
		return fields;
	},
	view: (bundle, exchange) => {
		const ofType = (type: string) =>
			interestsOf(bundle)
				.filter((interest) => interest.type === type)
				.map((interest) => interestView(interest, exchange));
		return { ...bundle, product_interests: ofType('PRODUCT'), subscription_plan_interests: ofType('SUBSCRIPTION_PLAN') };
	},
};

function checked(fields: Fields, { state }: Exchange): Fields {
	checkLeast(fields, 1, 'quantity');
	checkPercent(fields, 'discount_percent');
	checkLeast(fields, 0, 'price');
	return fields.price === undefined ? fields : { ...fields, price: toMinor(state, Number(fields.price), 'price') };
}

const save = (bundle: KeapRecord, interests: readonly Interest[], { state, now }: Exchange) =>
	bundles(state).set(bundle.id, { ...bundle, interests, update_time: now });

const answer = (interest: Interest, exchange: Exchange) => ({
	status: exchange.operation.status?.[0] ?? 200,
	body: shown(interestView(interest, exchange), exchange.operation.response?.schema),
});

const add: Handler = (exchange) => {
	const bundle = recordOf(BUNDLE, exchange);
	const { entity_id: entity, ...fields } = bodyOf(exchange);
	const known = fields.type === 'PRODUCT' ? products(exchange.state) : plans(exchange.state);
	if (!known.has(String(entity))) throw badRequest(`entity_id: ${String(entity)} does not exist`, 'entity_id');
	const interest = {
		quantity: 1,
		discount_percent: 0,
		...checked(fields, exchange),
		id: String(entity),
		interest_id: exchange.state.collection('/crm/rest/v2/productInterests').add({}).id,
	} as unknown as Interest;
	save(bundle, [...interestsOf(bundle), interest], exchange);
	return answer(interest, exchange);
};

function interestIn(bundle: KeapRecord, { params }: Exchange): Interest {
	const found = interestsOf(bundle).find(({ interest_id: id }) => id === params.interest_id);
	if (!found) throw notFound('interest', params.interest_id ?? '');
	return found;
}

const update: Handler = (exchange) => {
	const bundle = recordOf(BUNDLE, exchange);
	const interest = interestIn(bundle, exchange);
	const mask = exchange.query.update_mask?.split(',');
	const given = Object.fromEntries(Object.entries(bodyOf(exchange)).filter(([name]) => mask?.includes(name) ?? true));
	const next: Interest = { ...interest, ...checked(given, exchange) };
	save(
		bundle,
		interestsOf(bundle).map((one) => (one === interest ? next : one)),
		exchange,
	);
	return answer(next, exchange);
};

const removeInterest: Handler = (exchange) => {
	const bundle = recordOf(BUNDLE, exchange);
	const interest = interestIn(bundle, exchange);
	save(
		bundle,
		interestsOf(bundle).filter((one) => one !== interest),
		exchange,
	);
	return { status: 204 };
};

export const INTEREST_BUNDLE_HANDLERS: Readonly<Record<string, Handler>> = {
	...crud(BUNDLE, {
		list: 'listProductInterestBundles',
		create: 'createProductInterestBundle',
		get: 'getProductInterestBundle',
		update: 'updateProductInterestBundle',
		remove: 'deleteProductInterestBundle',
	}),
	'v2/addProductInterest': add,
	'v2/removeProductInterest': removeInterest,
	'v2/updateProductInterest': update,
};
