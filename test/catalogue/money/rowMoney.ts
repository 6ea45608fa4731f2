import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { Amount } from '../../../nodes/shared/catalogue/money/amount';
import { type MoneyForm, UNSTATED_UNITS } from '../../../nodes/shared/catalogue/money/units';
import type { Operation } from '../../../nodes/shared/catalogue/operation/types';
import { operationKey } from '../../sandbox/contract/operations';
import { executeContext } from '../../support/context';
import { factOf } from '../contract/rows';
import { allFields, rawSamples } from '../contract/samples';

type Unstated = keyof typeof UNSTATED_UNITS;

/** A field of Keap's that holds money, and how. `majorOrPercent` depends on another field beside it. */
export interface MoneyFact {
	/** `v2/createProduct` */
	readonly operation: string;
	readonly in: 'body' | 'filter' | 'answer';
	/** `order_items[].price_per_unit` */
	readonly field: string;
	readonly unit: MoneyForm | 'majorOrPercent' | Unstated;
}

export const moneyFacts = JSON.parse(readFileSync(join(__dirname, '../../contract/money.json'), 'utf8')) as readonly MoneyFact[];

/** What a row leaves out or writes by a function of its own, and why: `v2/createOrder order_items[].cost_per_unit`. */
export const NOT_IN_FORMS: Readonly<Record<string, string>> = Object.fromEntries(
	['Default', 'Product', 'Subscription'].flatMap((kind) =>
		[kind === 'Default' ? 'create' : 'assign', 'update'].map((verb) => [
			`v2/${verb}${kind}CommissionProgram dollar_amount`,
			'Keap calls it deprecated: level_1 has it',
		]),
	),
);

/** A unit that Keap states, or the one that stands in for it. */
export const formOf = ({ unit }: MoneyFact): MoneyForm | 'majorOrPercent' =>
	unit in UNSTATED_UNITS ? UNSTATED_UNITS[unit as Unstated] : (unit as MoneyForm | 'majorOrPercent');

type Leaf = readonly [path: string, value: unknown];

/** Every value in what a field writes, by its path in Keap's words. */
function leaves(value: unknown, path: string): Leaf[] {
	if (value instanceof Amount || typeof value !== 'object' || value === null) return [[path, value]];
	if (Array.isArray(value)) return value.flatMap((entry) => leaves(entry, `${path}[]`));
	return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`));
}

/** Everything that the fields of a row can write into one place of its request. */
const written = ({ fields }: Operation, place: MoneyFact['in']): Leaf[] =>
	allFields(fields).flatMap((field) =>
		field.to?.in === place
			? rawSamples(field).flatMap((raw) => leaves(field.encode?.(raw), (field.to as NonNullable<typeof field.to>).key))
			: [],
	);

/** A body that is a bare list has no name for it; the row may give it one. */
const isAt = ({ field }: MoneyFact, path: string): boolean => (field.startsWith('[]') ? path.endsWith(field) : path === field);

const factsOf = ({ method, path }: Operation): MoneyFact[] => {
	const fact = factOf(method, path);
	return fact === undefined ? [] : moneyFacts.filter(({ operation }) => operation === operationKey(fact));
};

function leafProblem(fact: MoneyFact, [path, value]: Leaf): string[] {
	const form = formOf(fact);
	if (!(value instanceof Amount)) return form === 'majorOrPercent' ? [] : [`${path} is money: make it a field of \`money\``];
	const wanted = form === 'majorOrPercent' ? 'major' : form;
	return value.form === wanted ? [] : [`${path} goes to Keap as ${wanted}, not as ${value.form}`];
}

const isList = ({ answer }: Operation): boolean => answer === 'records' || answer === 'nested';

/** What a row writes of money that the facts do not bear out, and what it can't write. */
export function writingProblems(operation: Operation): string[] {
	const facts = factsOf(operation);
	if (facts.length === 0) return [];
	const problems = (['body', 'filter'] as const).flatMap((place) => {
		// What reads one record narrows no list, even where Keap finds the record by its list.
		const known = facts.filter((fact) => fact.in === place && (place !== 'filter' || isList(operation)));
		const all = written(operation, place);
		return [
			...known.flatMap((fact) => {
				const own = all.filter(([path]) => isAt(fact, path));
				const isMissing = own.length === 0 && NOT_IN_FORMS[`${fact.operation} ${fact.field}`] === undefined;
				return isMissing
					? [`${fact.field} in the ${place} of ${fact.operation} has no field`]
					: own.flatMap((leaf) => leafProblem(fact, leaf));
			}),
			...all
				.filter(([path, value]) => value instanceof Amount && !known.some((fact) => isAt(fact, path)))
				.map(([path]) => `${path} is no money by the facts`),
		];
	});
	return [...new Set(problems)];
}

/** Puts a value where `order_items[].special.amount` says, into lists of one entry. */
function put(target: IDataObject, path: string, value: unknown): void {
	const [name = '', ...rest] = path.split('.');
	const key = name.replace(/\[\]$/, '');
	if (rest.length === 0) {
		target[key] = value as IDataObject[string];
		return;
	}
	const isList = name.endsWith('[]');
	const known = target[key] as IDataObject | IDataObject[] | undefined;
	const inner: IDataObject = (Array.isArray(known) ? known[0] : known) ?? {};
	target[key] = isList ? [inner] : inner;
	put(inner, rest.join('.'), value);
}

/** Every number in a record. */
const numbersIn = (value: unknown): number[] =>
	typeof value === 'number' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];

/**
 * What a row's Simplify makes of money that people would misread: a number of cents, or an amount that is divided although it was major.
 * The record it is given has every amount that the facts know, each with a figure of its own.
 */
export async function answerProblems(operation: Operation): Promise<string[]> {
	const { simplify, records } = operation;
	const facts = factsOf(operation).filter((fact) => fact.in === 'answer');
	if (simplify === undefined || facts.length === 0) return [];
	const record: IDataObject = { id: '1', currency_code: 'USD' };
	const minor = new Map<number, string>();
	const major = new Map<number, string>();
	facts.forEach((fact, index) => {
		const field = records === undefined ? fact.field : fact.field.replace(`${records}[].`, '');
		const isMinor = formOf(fact) === 'minor';
		const figure = isMinor ? 10_007 + 202 * index : 300_001 + 202 * index;
		(isMinor ? minor : major).set(figure, field);
		if (fact.unit === 'minor') put(record, field.replace(/\.amount$/, ''), { amount: figure, currency_code: 'USD', formatted_amount: 'x' });
		else put(record, field, figure);
	});
	const shown = numbersIn(await simplify.shape(record, executeContext()));
	return [
		...shown.flatMap((number) => minor.get(number) ?? []).map((field) => `${field} is shown in cents`),
		...shown.flatMap((number) => major.get(number * 100) ?? []).map((field) => `${field} is shown as a hundredth of itself`),
	];
}
