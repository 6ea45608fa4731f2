import { BadInput, shown } from '../operation/badInput';

/** A decimal number, exactly: `units` / 10^`scale`. No zeros at the end of its decimals. */
export interface Decimal {
	readonly units: bigint;
	readonly scale: number;
	/** How many decimals were written, zeros at the end included: 3 of `1.500`. */
	readonly written: number;
}

const PLAIN = /^([-+]?)(\d*)(?:\.(\d*))?$/;

/** Wrong in ways that are easily mended: what it looks like, and how it is to be written instead. */
const MISTAKES: ReadonlyArray<{ form: RegExp; what: string; instead: (text: string) => string }> = [
	{ form: /^-?\d{1,3}(,\d{3}){2,}$/, what: 'has thousands separators', instead: (text) => text.replaceAll(',', '') },
	{ form: /^-?\d{1,3}(,\d{3})+\.\d+$/, what: 'has thousands separators', instead: (text) => text.replaceAll(',', '') },
	{
		form: /^-?\d{1,3}([.' \u00a0\u202f]\d{3})+,\d+$/,
		what: 'has thousands separators and a decimal comma',
		instead: (text) => text.replace(/[.' \u00a0\u202f]/g, '').replace(',', '.'),
	},
	{ form: /^-?\d{1,3}(\.\d{3}){2,}$/, what: 'has thousands separators', instead: (text) => text.replaceAll('.', '') },
	{
		form: /^-?\d{1,3}([' \u00a0\u202f]\d{3})+(\.\d+)?$/,
		what: 'has thousands separators',
		instead: (text) => text.replace(/[' \u00a0\u202f]/g, ''),
	},
	{ form: /^-?\d+,(\d{1,2}|\d{4,})$/, what: 'has a decimal comma', instead: (text) => text.replace(',', '.') },
];

/** 1e21 and 1e-7, as JavaScript writes very large and very small numbers, without their exponent. */
function withoutExponent(text: string): string {
	const [, sign = '', whole = '', part = '', exponent = ''] = /^(-?)(\d+)(?:\.(\d+))?e([-+]\d+)$/.exec(text) ?? [];
	if (exponent === '') return text;
	const at = whole.length + Number(exponent);
	const digits = `${whole}${part}`;
	return at <= 0
		? `${sign}0.${'0'.repeat(-at)}${digits}`
		: `${sign}${digits.slice(0, at).padEnd(at, '0')}.${digits.slice(at)}`.replace(/\.$/, '');
}

function notAnAmount(text: string): BadInput {
	const mistake = MISTAKES.find(({ form }) => form.test(text));
	if (mistake) return new BadInput(`${mistake.what}: ${shown(text)}`, `Write it as ${mistake.instead(text)}.`);
	if (/^-?\d{1,3},\d{3}$/.test(text))
		return new BadInput(
			`can be read in two ways: ${shown(text)}`,
			`Write ${text.replace(',', '')} where the comma parts thousands, or ${text.replace(',', '.')} where it begins the decimals.`,
		);
	return new BadInput(
		`is not an amount: ${shown(text)}`,
		'Write digits with a point before the decimals, such as 1225.50: no currency sign, no letters, no thousands separator.',
	);
}

/**
 * Reads a decimal number from a number or from text, without a detour over binary fractions.
 * @throws BadInput for anything but digits with at most one decimal point
 */
export function toDecimal(raw: unknown): Decimal {
	if (typeof raw !== 'number' && typeof raw !== 'string' && typeof raw !== 'bigint')
		throw new BadInput(`is not an amount: ${shown(raw)}`, 'Give a number such as 1225.50.');
	const text = typeof raw === 'number' ? withoutExponent(String(raw)) : String(raw).trim();
	const [, sign = '', whole = '', decimals = ''] = PLAIN.exec(text) ?? [];
	if (whole === '' && decimals === '') throw notAnAmount(text);
	const kept = decimals.replace(/0+$/, '');
	const units = BigInt(`${whole}${kept}`);
	return { units: sign === '-' ? -units : units, scale: kept.length, written: typeof raw === 'string' ? decimals.length : kept.length };
}

/** The number as text: `-0.5`, `225.5`, `1000`. */
export function decimalText({ units, scale }: Decimal): string {
	const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
	const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
	return units < 0n ? `-${text}` : text;
}
