import { createSign, generateKeyPairSync } from 'node:crypto';

/** One element of DER: its tag, its length, what is in it. */
function der(tag: number, ...parts: Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const { length } = content;
	const head = length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from(head), content]);
}
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
const moment = (value: string): Buffer => der(0x17, Buffer.from(value));

/** A key and a certificate for a host that nobody but itself vouches for, fresh for each test. */
export function selfSigned(host: string): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
	const name = sequence(der(0x31, sequence(oid('550403'), text(host))));
	const hosts = sequence(der(0x82, Buffer.from(host)));
	const facts = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1])),
		ecdsaWithSha256,
		name,
		sequence(moment('200101000000Z'), moment('491231235959Z')),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, sequence(sequence(oid('551d11'), der(0x04, hosts)))),
	);
	const signature = createSign('sha256').update(facts).sign(privateKey);
	const whole = sequence(facts, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`,
	};
}
