import { type IDataObject, type IExecuteFunctions, type INode, NodeOperationError } from 'n8n-workflow';

import type { KeapQuery } from '../../transport';
import { BadAnswer } from '../operation/badAnswer';
import { adviseModel, BadInput, EMPTY, nothingToUpdate, ofParameter, shown } from '../operation/badInput';
import { wantsCustomFields } from '../customFields/customFields';
import type { Call, Field, FilterPart, Operation } from '../operation/types';
import { chosenVariant } from '../operation/variants';
import { inner, isRecord } from '../../runtime/isRecord';
import { listOf } from '../../runtime/listOf';
import { shallow } from '../fields/encode';
import { localized } from '../fields/zone';
import { Amount } from '../money/amount';

/**
 * Reads and checks everything one item asks for, before a call is spent. Of a row with variants, the call has the chosen one.
 * @throws NodeOperationError that names the parameter and the item, and says what to do
 */
export function readCall(context: IExecuteFunctions, row: Operation, item: number): Call {
	const operation = variantFor(context, row, item);
	const parts = new Parts(context.getTimezone());
	for (const field of operation.fields) {
		const raw = context.getNodeParameter(field.property.name, item, field.property.default);
		try {
			parts.add(field, shallow(raw));
		} catch (error) {
			const node = context.getNode();
			throw asOperationError(ofExpression(error, node, field.property.name), node, item, field.property.displayName);
		}
	}
	const call = parts.call(operation, item);
	try {
		if (operation.mask === true || operation.completion !== undefined) checkUpdates(call);
		operation.check?.(call);
	} catch (error) {
		const named = error instanceof BadInput ? error.parameter : undefined;
		const name = operation.fields.find(({ property }) => property.displayName === named)?.property.name;
		throw asOperationError(name === undefined ? error : ofExpression(error, context.getNode(), name), context.getNode(), item);
	}
	return call;
}

function variantFor(context: IExecuteFunctions, row: Operation, item: number): Operation {
	try {
		return chosenVariant(row, (name, byDefault) => context.getNodeParameter(name, item, byDefault));
	} catch (error) {
		throw asOperationError(error, context.getNode(), item);
	}
}

/** The same error, naming the expression that came to nothing; what an agent fills in is no expression to anybody. */
function ofExpression(error: unknown, { parameters }: INode, name: string): unknown {
	if (!(error instanceof BadInput) || error.message !== EMPTY) return error;
	const at = [name, ...error.within].reduce<unknown>(
		(value, step) => inner(isRecord(value) && isRecord(value.entries) ? value.entries : value)[step],
		parameters,
	);
	const text = isRecord(at) ? at.value : at;
	if (typeof text !== 'string' || !text.startsWith('=') || /\$fromAI/i.test(text)) return error;
	const what = `${EMPTY}: the expression ${shown(text.slice(1).trim())} came to nothing`;
	return new BadInput(what, error.advice, error.parameter, error.forModel, error.within);
}

function checkUpdates(call: Call): void {
	const { body, operation, values } = call;
	const given = operation.fields
		.flatMap((field) => [field, ...(field.members ?? [])])
		.some(({ into, property }) => into !== undefined && values[property.name] !== undefined);
	if (Object.keys(body).length === 0 && !given && !wantsCustomFields(call)) throw nothingToUpdate();
}

/** Puts the item to a `BadAnswer`, and the parameter too to a `BadInput`; other errors pass unchanged. */
export function asOperationError(error: unknown, node: INode, item: number, parameter?: string): Error {
	if (error instanceof BadAnswer) return new NodeOperationError(node, error.message, { itemIndex: item, description: error.advice });
	if (!(error instanceof BadInput)) return error as Error;
	const name = error.parameter ?? parameter;
	const refused = new NodeOperationError(node, name === undefined ? error.message : `${name} ${error.message}`, {
		itemIndex: item,
		description: error.advice ?? `Check ${name ?? 'the parameters'} of item ${item}.`,
	});
	adviseModel(refused, error.forModel);
	return refused;
}

/** The parts of a request, filled field by field. */
class Parts {
	private readonly pathParams: Record<string, string> = {};
	private readonly query: Record<string, KeapQuery[string]> = {};
	private readonly body: IDataObject = {};
	private readonly filter: FilterPart[] = [];
	private readonly values: Record<string, unknown> = {};

	/** @param zone the workflow's time zone, in which dates and times without one are meant */
	constructor(private readonly zone: string) {}

	add(field: Field, given: unknown): void {
		if (field.members !== undefined) return this.addMembers(field.members, given);
		const raw = localized(field.property, given, this.zone);
		const value = field.encode === undefined ? raw : field.encode(raw);
		if (value === undefined) return;
		this.values[field.property.name] = value;
		if (field.to === undefined) return;
		const { in: place, key, operator = '==', isEntry } = field.to;
		if (place === 'path') this.pathParams[key] = String(value);
		else if (place === 'query') this.query[key] = value as KeapQuery[string];
		else if (isEntry === true) this.body[key] = [...listOf(this.body[key]), value as IDataObject];
		else if (place === 'body') setPath(this.body, key, value);
		else if (value instanceof Amount) this.filter.push({ condition: `${key}${operator}`, amount: value });
		else this.filter.push(`${key}${operator}${filterText(value)}`);
	}

	private addMembers(members: readonly Field[], raw: unknown): void {
		const given = inside(raw);
		for (const member of members) {
			const { name, displayName } = member.property;
			if (!Object.hasOwn(given, name)) continue;
			try {
				this.add(member, given[name]);
			} catch (error) {
				throw ofParameter(error, displayName, name);
			}
		}
	}

	call(operation: Operation, item: number): Call {
		const cleared = Array.isArray(this.values.fieldsToClear) ? (this.values.fieldsToClear as string[]) : [];
		// JSON drops `undefined`, so the field stands in the mask and not in the body.
		for (const name of cleared) this.body[name] ??= undefined;
		const texts = this.filter.filter((part) => typeof part === 'string');
		const isSettled = texts.length === this.filter.length;
		return {
			item,
			operation,
			pathParams: this.pathParams,
			query: { ...operation.query, ...this.query, ...(texts.length > 0 && isSettled && { filter: texts.join(';') }) },
			body: { ...operation.body, ...this.body },
			...(!isSettled && { filter: this.filter }),
			values: this.values,
		};
	}
}

/** The values of a collection; n8n puts those of a fixed one into a section of their own. */
function inside(raw: unknown): Record<string, unknown> {
	const given = inner(raw);
	return Object.hasOwn(given, 'entries') ? inside(given.entries) : given;
}

/** Keap's filter language has no quoting: `;` would start another condition. */
function filterText(value: unknown): string {
	const text = Array.isArray(value) ? value.join(',') : String(value);
	if (text.includes(';'))
		throw new BadInput(
			'must not contain a semicolon',
			'Keap separates filter conditions by semicolons and has no way to write one in a value.',
		);
	return text;
}

/** `company.id` writes into an object of that name. */
function setPath(target: IDataObject, key: string, value: unknown): void {
	const [first = key, ...rest] = key.split('.');
	if (rest.length === 0) {
		target[first] = value as IDataObject[string];
		return;
	}
	const inner = (target[first] ?? {}) as IDataObject;
	target[first] = inner;
	setPath(inner, rest.join('.'), value);
}
