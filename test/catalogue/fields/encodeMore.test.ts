import { base64, emails, fromBase64, jsonList, opaqueId, texts } from '../../../nodes/shared/catalogue/fields/encodeMore';

describe('encoders of lists and forms', () => {
	it.each<[string, (raw: unknown) => unknown, unknown, unknown]>([
		['texts', texts, 'New, Won,\nLost', ['New', 'Won', 'Lost']],
		['texts', texts, ['a', 1], ['a', '1']],
		['texts', texts, '["a, b", "c"]', ['a, b', 'c']],
		['texts', texts, '[a], b', ['[a]', 'b']],
		['texts', texts, ' , ', undefined],
		['texts', texts, undefined, undefined],
		['emails', emails, 'a@x.example, b@x.example,a@x.example', ['a@x.example', 'b@x.example']],
		['emails', emails, [], undefined],
		['base64', base64, 'Grüße', 'R3LDvMOfZQ=='],
		['base64', base64, '', undefined],
		['fromBase64', fromBase64, 'R3LDvMOfZQ==', 'Grüße'],
		['fromBase64', fromBase64, 'plain text', 'plain text'],
		['fromBase64', fromBase64, null, null],
		['opaqueId', opaqueId, 12, '12'],
		['opaqueId', opaqueId, ' 5f2b6c1e-7d3a-4c1b-9d2e-000000000001 ', '5f2b6c1e-7d3a-4c1b-9d2e-000000000001'],
		['opaqueId', opaqueId, '', undefined],
		['jsonList', jsonList, '[{"a":1}]', [{ a: 1 }]],
		['jsonList', jsonList, '', undefined],
	])('%s: %j becomes %j', (_name, encode, raw, expected) => {
		expect(encode(raw)).toEqual(expected);
	});

	it.each<[string, (raw: unknown) => unknown, unknown, RegExp]>([
		['emails', emails, 'a@x.example, b', /not an email address: "b"/],
		['texts', texts, [{}], /must be text, not an object/],
		['opaqueId', opaqueId, '../deals', /not the ID of a deal/],
		['opaqueId', opaqueId, 'Wedding cake', /not the ID of a deal/],
		['opaqueId', opaqueId, 'x'.repeat(99), /not the ID of a deal/],
		['jsonList', jsonList, '{}', /must be a JSON list/],
		['jsonList', jsonList, '[', /not valid JSON/],
	])('%s refuses %j', (_name, encode, raw, message) => {
		expect(() => encode(raw)).toThrow(message);
	});
});
