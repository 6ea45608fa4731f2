import { type INode, NodeOperationError } from 'n8n-workflow';

/** A value that the user gave and Keap would not take. Caught before a call is spent; the router adds the parameter and the item. */
export class BadInput extends Error {
	/**
	 * @param what what is wrong, worded to follow the parameter's name: `is not an email address: "x"`
	 * @param advice what to do next, a sentence of its own
	 * @param parameter the parameter's display name, where the thrower knows better than the reader
	 * @param forModel the advice to an AI agent, which sees neither Keap nor the form, where that is another
	 */
	constructor(
		what: string,
		readonly advice?: string,
		readonly parameter?: string,
		readonly forModel?: string,
		/** The names of the parameters in which it stands, from a collection inwards. */
		readonly within: readonly string[] = [],
	) {
		super(what);
		this.name = 'BadInput';
	}
}

/** The same error, naming the parameter unless it names one already; other errors pass unchanged. */
export function ofParameter(error: unknown, parameter: string, name?: string): unknown {
	if (!(error instanceof BadInput)) return error;
	const within = name === undefined ? error.within : [name, ...error.within];
	return new BadInput(error.message, error.advice, error.parameter ?? parameter, error.forModel, within);
}

/** What is wrong with a value that is not there. */
export const EMPTY = 'is empty';

const advices = new WeakMap<Error, string>();

/** Remembers the advice to an AI agent beside an error whose description is for people. */
export function adviseModel(error: Error, advice: string | undefined): void {
	if (advice !== undefined) advices.set(error, advice);
}

/** The advice to an AI agent, where an error has one of its own. */
export const adviceToModel = (error: Error): string | undefined => advices.get(error);

/** A `BadInput` as n8n's own error that names the parameter; other errors pass unchanged. For nodes that work on no items. */
export function refusedParameter(node: INode, parameter: string, error: unknown): unknown {
	if (!(error instanceof BadInput)) return error;
	return new NodeOperationError(node, `${error.parameter ?? parameter} ${error.message}`, {
		description: error.advice ?? `Check ${error.parameter ?? parameter}.`,
	});
}

/** An update that would change nothing. */
export const nothingToUpdate = (): BadInput => new BadInput('No field to update is given', 'Add at least one field under Update Fields.');

/** A value as it may stand in a message: short, on one line. */
export function shown(value: unknown): string {
	const text = typeof value === 'string' ? value : written(value);
	const line = text.replace(/\s+/g, ' ');
	return `"${line.length > 60 ? `${line.slice(0, 57)}…` : line}"`;
}

function written(value: unknown): string {
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		// A circle, or a number that JSON has no form for.
		return typeof value === 'bigint' ? String(value) : 'an object';
	}
}
