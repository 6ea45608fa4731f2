import { badRequest, notFound } from '../../errors';
import type { SandboxState } from '../../store/state';
import { without } from '../../without';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { answerOne, bodyOf, create, type Fields, get, type Kind, recordOf, remove, update } from './crud';
import { productOptions, products } from './places';
import { checkGiven, checkNotBlank } from './rules';

/** The rules of a text are one object when it is made, and single fields when it is changed. */
const RULES = [
	'minimum_characters',
	'maximum_characters',
	'allow_spaces',
	'only_starts_with',
	'only_ends_with',
	'only_contains',
	'error_message',
];

const picked = (record: Fields, names: readonly string[]): Fields =>
	Object.fromEntries(names.filter((name) => record[name] !== undefined).map((name) => [name, record[name]]));

type Item = { item_id: string } & Record<string, unknown>;
const itemsOf = (option: Fields): Item[] => (option.list_items ?? []) as Item[];

/** Items have ids over all options, far from theirs. */
let lastItem = 0;
const newItems = (items: readonly Fields[]): Item[] => items.map((item) => ({ item_id: String(8_000 + (lastItem += 1)), ...item }));

const OPTION: Kind = {
	what: 'product option',
	param: 'product_option_id',
	store: ({ state, params }) => {
		const id = params.product_id ?? '';
		if (!products(state).has(id)) throw notFound('product', id);
		return productOptions(state);
	},
	belongs: ({ product_id: product }, { params }) => product === params.product_id,
	check: (fields, { params }, before) => {
		checkNotBlank(fields, 'option_label');
		if (before) return fields;
		const { list_items: items = [], text_rules: rules = {}, ...rest } = fields;
		if (fields.option_type === 'TEXT' && (items as unknown[]).length > 0)
			throw badRequest('list_items belong to an option of the type LIST', 'list_items');
		if (fields.option_type === 'LIST' && Object.keys(rules as Fields).length > 0)
			throw badRequest('text_rules belong to an option of the type TEXT', 'text_rules');
		return { required: false, ...rest, ...(rules as Fields), list_items: newItems(items as Fields[]), product_id: params.product_id };
	},
	view: (option) => (option.option_type === 'TEXT' ? { ...option, text_rules: picked(option, RULES) } : option),
};

const saved = (option: KeapRecord, items: readonly Item[], exchange: Exchange) => {
	const next: KeapRecord = { ...option, list_items: items, update_time: exchange.now };
	productOptions(exchange.state).set(option.id, next);
	return next;
};

function listOption(exchange: Exchange): KeapRecord {
	const option = recordOf(OPTION, exchange);
	if (option.option_type !== 'LIST') throw badRequest('An option of the type TEXT has no list items', 'product_option_id');
	return option;
}

function itemIn(option: KeapRecord, { params }: Exchange): Item {
	const item = itemsOf(option).find(({ item_id: id }) => id === params.item_id);
	if (!item) throw notFound('list item', params.item_id ?? '');
	return item;
}

const addItems: Handler = (exchange) => {
	const option = listOption(exchange);
	const items = exchange.body as readonly Fields[];
	if (items.length === 0) throw badRequest('the list is empty', 'body');
	for (const item of items) {
		checkGiven(item, 'item_label');
		checkNotBlank(item, 'item_label');
	}
	return answerOne(OPTION, saved(option, [...itemsOf(option), ...newItems(items)], exchange), exchange);
};

const updateItem: Handler = (exchange) => {
	const option = listOption(exchange);
	const item = itemIn(option, exchange);
	const mask = exchange.query.update_mask?.split(',') ?? Object.keys(bodyOf(exchange));
	const next: Item = { ...item, ...picked(bodyOf(exchange), mask) };
	for (const name of mask) if (bodyOf(exchange)[name] === undefined) delete next[name];
	return answerOne(
		OPTION,
		saved(
			option,
			itemsOf(option).map((one) => (one === item ? next : one)),
			exchange,
		),
		exchange,
	);
};

const removeItem: Handler = (exchange) => {
	const option = listOption(exchange);
	const item = itemIn(option, exchange);
	saved(
		option,
		itemsOf(option).filter((one) => one !== item),
		exchange,
	);
	return { status: 204 };
};

/** All options of a product, without pages. */
const list: Handler = (exchange) => ({
	status: 200,
	body: {
		product_options: OPTION.store(exchange)
			.rows.filter((option) => OPTION.belongs?.(option, exchange))
			.map((option) => without(OPTION.view?.(option, exchange) ?? option, 'create_time', 'update_time', ...RULES)),
	},
});

/** The options as their product shows them: without ids, in words of its own. */
export const optionsInProduct = (state: SandboxState, product: string) =>
	productOptions(state)
		.rows.filter(({ product_id: owner }) => owner === product)
		.map((option) => ({
			name: option.option_label ?? '',
			type: option.option_type === 'LIST' ? 'FIXED' : 'VARIABLE',
			required: option.required,
			fixed_options: itemsOf(option).map((item) => ({
				value: item.item_label ?? '',
				code: item.item_code ?? '',
				price_adjustment: item.price_adjustment ?? 0,
			})),
			...(option.option_type === 'TEXT' && {
				variable_setting: {
					...(option.minimum_characters !== undefined && { min_chars: option.minimum_characters }),
					...(option.maximum_characters !== undefined && { max_chars: option.maximum_characters }),
					contain_spaces: option.allow_spaces ?? false,
					validation_msg: option.error_message ?? '',
				},
			}),
		}));

export const PRODUCT_OPTION_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/listProductOptions': list,
	'v2/createProductOption': create(OPTION),
	'v2/getProductOption': get(OPTION),
	'v2/updateProductOption': update(OPTION),
	'v2/deleteProductOption': remove(OPTION),
	'v2/addProductOptionListOptionValue': addItems,
	'v2/updateProductOptionListOptionValue': updateItem,
	'v2/deleteProductOptionListOptionValue': removeItem,
};
