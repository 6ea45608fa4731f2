import fc from 'fast-check';
import * as encode from '../../../nodes/shared/catalogue/fields/encode';
import * as encodeMore from '../../../nodes/shared/catalogue/fields/encodeMore';
import { percentage } from '../../../nodes/shared/catalogue/fields/quantities';
import { isReference, referencesIn } from '../../../nodes/shared/catalogue/operation/reference';
import { withAmountsWritten } from '../../../nodes/shared/catalogue/money/resolveAmounts';
import { BadInput } from '../../../nodes/shared/catalogue/operation/badInput';
import type { Field } from '../../../nodes/shared/catalogue/operation/types';
import { tags } from '../../../nodes/shared/records/people/tags';
import { buildPath } from '../../../nodes/shared/transport/message/path';
import { checkSchema, isIsoDate } from '../../sandbox/contract/schema';
import { anyValue } from '../../support/anyValue';
import { factOf } from '../contract/rows';
import { allFields } from '../contract/samples';
import { bodySchema, complaints, queryProblems } from '../contract/targets';
import { allRows } from '../nodes';
import { choicesOf } from '../parameters';

type Encoder = (raw: unknown) => unknown;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '' && value === value.trim();
const isId = (value: unknown): boolean => typeof value === 'string' && /^(0|[1-9]\d{0,18})$/.test(value);
const isAddress = (value: unknown): boolean => isText(value) && /^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(String(value));
const listOf = (isOne: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isOne);
const distinct = (isOne: (value: unknown) => boolean) => (value: unknown) =>
	listOf(isOne)(value) && new Set(value as unknown[]).size === (value as unknown[]).length;
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Every encoder, and what alone it may give. */
const ENCODERS: Readonly<Record<string, readonly [encoder: Encoder, isGood: (value: unknown) => boolean]>> = {
	text: [encode.text(), isText],
	'text of 40': [encode.text(40), (value) => isText(value) && String(value).length <= 40],
	recordId: [encode.recordId, isId],
	locatedId: [encode.locatedId, isId],
	recordIds: [encode.recordIds, distinct(isId)],
	records: [encode.records(), distinct(isId)],
	'records by ID or name': [encode.records(tags.namedBy?.encode), distinct((value) => isId(value) || isReference(value))],
	email: [encode.email, isAddress],
	emails: [encodeMore.emails, distinct(isAddress)],
	texts: [encodeMore.texts, listOf(isText)],
	day: [encode.day, (value) => isText(value) && /^\d{4}-\d\d-\d\d$/.test(String(value)) && isIsoDate(String(value), 'never')],
	moment: [encode.moment, (value) => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(value))],
	number: [encode.number(), Number.isFinite],
	'number of 1 to 10': [encode.number({ min: 1, max: 10 }), (value) => Number.isFinite(value) && Number(value) >= 1 && Number(value) <= 10],
	'whole number': [encode.number({ whole: true }), Number.isInteger],
	percentage: [percentage(), (value) => Number.isFinite(value) && Number(value) >= 0 && Number(value) <= 100],
	boolean: [encode.boolean, (value) => typeof value === 'boolean'],
	oneOf: [encode.oneOf(['A', 'B c']), (value) => value === 'A' || value === 'B c'],
	someOf: [encode.someOf(['A', 'B c']), listOf((value) => value === 'A' || value === 'B c')],
	countryCode: [encode.countryCode, (value) => typeof value === 'string' && /^[A-Z]{3}$/.test(value)],
	json: [encode.json, isObject],
	jsonObject: [encode.jsonObject, (value) => isObject(value) && !Array.isArray(value)],
	jsonList: [encodeMore.jsonList, Array.isArray],
	webAddress: [encodeMore.webAddress, (value) => typeof value === 'string' && URL.canParse(value)],
	base64: [encodeMore.base64, (value) => typeof value === 'string' && Buffer.from(value, 'base64').toString('base64') === value],
	opaqueId: [encodeMore.opaqueId, (value) => typeof value === 'string' && /^[\w-]{1,64}$/.test(value)],
};

/** What stands beside the encoders and is none. */
const HELPERS = ['shallow', 'isEmpty', 'required', 'located', 'partsOf', 'fromBase64'];

/** What an encoder gives; `undefined` for a value that it refuses as it should. Any other error is a fault. */
function given(encoder: Encoder, raw: unknown): unknown {
	try {
		return encoder(raw);
	} catch (error) {
		expect(error).toBeInstanceOf(BadInput);
		// It stands in a message, behind the parameter's name.
		const { message } = error as BadInput;
		expect(message).not.toBe('');
		expect(message.length).toBeLessThan(400);
		return undefined;
	}
}

describe('whatever is given', () => {
	it.each(Object.entries(ENCODERS))('%s gives what it may, nothing, or says what is wrong', (_name, [encoder, isGood]) => {
		fc.assert(
			fc.property(anyValue(['A', 'b C', 'A,b c']), (raw) => {
				const value = given(encoder, raw);
				return value === undefined || isGood(value);
			}),
			{ numRuns: 500 },
		);
	});

	it('is tried on every encoder', () => {
		const names = [...Object.keys(encode), ...Object.keys(encodeMore)].filter((name) => !HELPERS.includes(name));
		expect(names.filter((name) => !Object.keys(ENCODERS).includes(name))).toEqual([]);
	});
});

/** What is sent of one field, held to the facts of Keap. */
function problems({ path, method }: { path: string; method: string }, { property, to }: Field, value: unknown): string[] {
	const fact = factOf(method, path);
	// JSON that somebody writes is theirs and Keap's matter, inside.
	if (to === undefined || fact === undefined || property.type === 'json') return [];
	if (to.in === 'body') {
		const schema = bodySchema(fact, to.key);
		return schema === undefined ? [] : complaints(() => checkSchema(schema, to.isEntry === true ? [value] : value, to.key));
	}
	const text = Array.isArray(value) ? value.join() : String(value);
	// Half a character goes into no address, a semicolon into no filter: tests of these two hold that they are refused.
	if (/\p{Surrogate}/u.test(text) || (to.in === 'filter' && text.includes(';'))) return [];
	// Left to Keap, which answers 400: a wildcard where it takes none, and an ID of more than 32 bits where it has no such record.
	if ((to.in === 'filter' && text.includes('*')) || /\d{10}/.test(text)) return [];
	if (to.in === 'path') return complaints(() => expect(buildPath('/crm/rest/{x}/y', { x: text }).split('/')).toHaveLength(5));
	if (to.in === 'query') return queryProblems(fact, to.key, text);
	return queryProblems(fact, 'filter', `${to.key}${to.operator ?? '=='}${text}`);
}

describe('whatever is given to a field', () => {
	const rows = allRows.filter(({ operation }) => operation.path !== '' && operation.bundledCreate === undefined);

	it.each(rows)('$label sends what Keap takes, nothing, or says what is wrong', ({ operation }) => {
		for (const field of allFields(operation.fields)) {
			const { encode: encoder, property, to } = field;
			if (encoder === undefined || to === undefined) continue;
			const choices = property.type === 'options' || property.type === 'multiOptions' ? choicesOf(property).map(({ value }) => value) : [];
			fc.assert(
				fc.property(anyValue(choices), (raw) => {
					// Amounts as an account in dollars sends them; what is named otherwise than by ID is looked up before it is sent.
					const value = given((one) => withAmountsWritten(encoder(one), 'USD'), raw);
					if (value !== undefined && referencesIn(value).length === 0)
						expect([property.name, problems(operation, field, value)]).toEqual([property.name, []]);
				}),
				{ numRuns: 25 },
			);
		}
	});
});
