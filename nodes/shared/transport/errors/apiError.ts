import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { HttpAnswer } from '../http/http';
import type { FailureFacts } from '../http/httpFailure';
import type { Misfit } from '../message/expected';
import { BadPath } from '../message/path';
import { saysDone } from '../message/status';
import type { KeapRequest } from '../message/types';
import { printable } from '../../runtime/printable';
import { dailyQuotaAdvice } from '../../throttle/quota/dailyQuotaAdvice';
import { type Advice, adviceForFailure, adviceForStatus } from './advice';
import { type Envelope, readEnvelope } from './envelope';
import { markInDoubt } from './inDoubt';
import { noRecord } from './noRecord';
import { plainMessage } from './plainMessage';
import { ofWholeAnswer } from './rowFailure';
import { redactor } from './redact';

const LONGEST_PATH = 300;

/** The request an error is about. */
export interface Asked {
	node: INode;
	apiKey: string;
	request: KeapRequest;
	/** Tries made, the last one included. */
	tries: number;
}

/** Keap has answered with a status that is an error, or with a body that is not JSON. */
export function answerError(asked: Asked, answer: HttpAnswer, inDoubt: boolean): NodeApiError {
	const { status, text } = answer;
	const { message: said, details, source } = readEnvelope(text, redactor(asked.apiKey));
	const missing = status === 404 && source !== 'html' ? missingRecord(asked.request, said) : undefined;
	if (missing !== undefined) return build(asked, missing, { status, inDoubt, isPlain: true });
	const advice = adviceFor(asked.request, status, said, source);
	// The gateway's details are Apigee's codes, of no use to anybody.
	const points = details.length === 0 || source === 'gateway' ? '' : `Keap says: ${details.join('; ')}. `;
	return build(asked, { ...advice, description: points + advice.description }, { status, inDoubt });
}

/** The status is one of success, but the body is not what was expected: it proves nothing. */
export function misfitError(asked: Asked, answer: HttpAnswer, { kind, what: came }: Misfit): NodeApiError {
	const { status, text } = answer;
	const facts = { status, inDoubt: true };
	const { source, message: said } = readEnvelope(text, redactor(asked.apiKey));
	if (source === 'html') return build(asked, webPage(status, said), facts);
	if (kind === 'error') {
		return build(
			asked,
			{
				message: `Keap answered with status ${status}, but with an error${said === '' ? '' : `: ${said}`}`,
				description: 'Nothing was concluded from it. Try again later; if it stays, look at https://status.keap.com.',
			},
			facts,
		);
	}
	if (kind === 'shape' || kind === 'status') {
		return ofWholeAnswer(
			build(
				asked,
				{
					message: came,
					description: `Nothing was concluded from it. ${what(asked.request)} was answered with status ${status} by Keap, or by a proxy or gateway in front of it: check the Base URL of the Keap credential, or try again later.`,
				},
				facts,
			),
		);
	}
	if (source === 'empty' && !isWrite(asked)) {
		return build(
			asked,
			{ message: `Keap answered without a body where one was due (status ${status})`, description: 'Try again later.' },
			facts,
		);
	}
	// Empty or broken-off JSON is the part of Keap's own answer that arrived. Any other text comes from something in between.
	if (source === 'empty' || /^\s{0,100}[[{"]/.test(text)) {
		return build(asked, carriedOut(asked), { status, inDoubt: false, carriedOut: isWrite(asked) });
	}
	return build(
		asked,
		{
			message: `Something else than an answer of the Keap API came (status ${status}${said === '' ? '' : `: ${said}`})`,
			description: 'Check the Base URL of the Keap credential and the proxy settings of n8n, or try again later.',
		},
		facts,
	);
}

/** No whole answer has come. */
export function failureError(asked: Asked, facts: FailureFacts, inDoubt: boolean): NodeApiError {
	const { kind, status, cause } = facts;
	const done = saysDone(status) && isWrite(asked) && !inDoubt;
	const advice = done ? carriedOut(asked) : adviceForFailure(kind);
	const reason = cause === '' ? '' : ` (${plainMessage(cause)})`;
	return build(asked, { ...advice, message: advice.message + reason }, { status, inDoubt, carriedOut: done });
}

/** Keap has answered 429 for longer than any quota takes to refill. */
export function refusedError(asked: Asked, answer: HttpAnswer): NodeApiError {
	const said = readEnvelope(answer.text, redactor(asked.apiKey)).message;
	const advice = {
		message: `Keap has refused this request for ten minutes because of its quota${said === '' ? '' : ` (${said})`}`,
		description:
			'Nothing was carried out. Other programs probably use up the quota of this key: give n8n a key of its own, or lower the limits in the Keap credential.',
	};
	return build(asked, advice, { status: answer.status, inDoubt: false });
}

/**
 * The day's quota is used up.
 *
 * @param resetsAt milliseconds since 1970
 */
export function dailyQuotaError(asked: Asked, resetsAt: number): NodeApiError {
	return build(asked, dailyQuotaAdvice(resetsAt), { status: 429, inDoubt: false });
}

/** A tool's caller waits no longer. @param why a whole sentence without its end, with what to do next */
export function notSentError(asked: Asked, why: string): NodeApiError {
	return build(asked, { message: why, description: '' }, { status: 429, inDoubt: false });
}

/** Input that can't be sent; no call was spent on it. */
export function inputError(asked: Pick<Asked, 'node' | 'request'>, error: BadPath): NodeOperationError {
	const { item } = asked.request;
	const wrong = new NodeOperationError(asked.node, error.message, {
		description: `Nothing was sent to Keap. Correct ${error.parameter === undefined ? 'the path' : `"${error.parameter}"`} and run the node again.`,
		itemIndex: item,
	});
	wrong.message = error.message + itemSuffix(item);
	return wrong;
}

/** What is known of the request beside the advice. */
interface Facts {
	status?: number;
	/** It was sent and its fate is unknown. */
	inDoubt: boolean;
	/** Keap has carried it out; only the answer is missing. */
	carriedOut?: boolean;
	/** The message names what it is about, and is the same for one item as for many. */
	isPlain?: boolean;
}

function build(asked: Asked, advice: Advice, facts: Facts): NodeApiError {
	const { node, apiKey, request, tries } = asked;
	const clean = redactor(apiKey);
	const parts = [facts.inDoubt && isWrite(asked) ? doubt(asked) : '', advice.description];
	if (tries > 1) parts.push(`It was tried ${tries} times.`);
	const message = clean(printable(advice.message)) + (facts.isPlain === true ? '' : itemSuffix(request.item));
	const description = clean(printable(parts.filter((part) => part !== '').join(' ')));
	const httpCode = facts.status === undefined ? undefined : String(facts.status);
	const error = new NodeApiError(node, {}, { message, description, httpCode, itemIndex: request.item });
	// n8n replaces a message that contains a code such as ECONNRESET with a general text.
	error.message = message;
	error.description = description;
	error.messages = [];
	if (isWrite(asked) && (facts.inDoubt || facts.carriedOut === true)) markInDoubt(error, isOnceOnly(request) ? 'harmful' : 'harmless');
	return error;
}

function doubt({ request }: Asked): string {
	const again = isOnceOnly(request)
		? 'It was not sent again, because Keap takes a repeated request for a new one: look in Keap whether it was carried out before you run this item again.'
		: 'Running it again does no harm.';
	return `${what(request)} may or may not have been carried out. ${again}`;
}

function carriedOut(asked: Asked): Advice {
	if (!isWrite(asked)) return adviceForFailure('cut');
	return {
		message: 'Keap has carried out the request, but its answer broke off or could not be read',
		description: `${what(asked.request)} succeeded. ${isOnceOnly(asked.request) ? 'Do not run this item again: it would be carried out twice.' : 'Running it again does no harm.'} Look the record up in Keap if you need its data.`,
	};
}

function adviceFor(request: KeapRequest, status: number, said: string, source: Envelope['source']): Advice {
	const isWordless = source === 'html' || source === 'empty';
	if (status === 404 && isWordless && (isKeapsPage(said) || !request.path.includes('{'))) return noSuchPath(request, said);
	return source === 'html' ? webPage(status, said) : adviceForStatus(status, said, what(request));
}

/** Keap's own web page for an unknown path: it comes from Keap and not from a proxy. */
const isKeapsPage = (title: string): boolean => /keap/i.test(title) && /not found/i.test(title);

/** What has a record's ID in it can't be told from a record that is not there; a path without one can. */
function noSuchPath(request: KeapRequest, title: string): Advice {
	const proxy = isKeapsPage(title)
		? ''
		: ' If the path is right, the answer came from somewhere else: check the Base URL of the Keap credential.';
	return {
		message: `Keap has no such path: ${what(request)}${title === '' ? '' : ` ("${title}")`}`,
		description: `Check the path, the IDs in it and its version (v1 or v2) in the Keap API reference. Some kinds of records can be listed and not be read one by one, and some paths are not there in every Keap account.${proxy}`,
	};
}

function webPage(status: number, title: string): Advice {
	return {
		message: `A web page came instead of an answer of the Keap API (status ${status}${title === '' ? '' : `, "${title}"`})`,
		description:
			'It comes from a proxy, a firewall or a maintenance page. Check the Base URL of the Keap credential and the proxy settings of n8n, or try again later.',
	};
}

function isWrite({ request }: Asked): boolean {
	return request.method !== 'GET' && request.reads !== true;
}

/** Whether carrying it out twice differs from once. */
function isOnceOnly({ method, reads }: KeapRequest): boolean {
	return reads !== true && (method === 'POST' || method === 'PATCH');
}

/** Method and path: a template, or what the user of a custom API call has given, which may have any length. */
function what({ method, path }: KeapRequest): string {
	return `${method} ${path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path}`;
}

/** Keap's own words are added where they may be about something else than the record that the path names. */
function missingRecord({ path, pathParams = {} }: KeapRequest, said: string): Advice | undefined {
	const missing = noRecord(path, pathParams);
	if (missing === undefined || said === '' || path.endsWith('}')) return missing;
	return { ...missing, description: `Keap says: ${said}. ${missing.description}` };
}

function itemSuffix(item: number | undefined): string {
	return item === undefined ? '' : ` [item ${item}]`;
}
