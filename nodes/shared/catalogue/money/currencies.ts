/**
 * Currencies whose smallest unit is not a hundredth, by the number of their decimals (ISO 4217, list one). `Intl` follows the habits
 * of cash registers instead: it gives the dinar of Iraq no decimals, where banks count three.
 */
const UNUSUAL: Readonly<Record<number, string>> = {
	0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
	3: 'BHD IQD JOD KWD LYD OMR TND',
	4: 'CLF UYW',
};

const DECIMALS = new Map(Object.entries(UNUSUAL).flatMap(([decimals, codes]) => codes.split(' ').map((code) => [code, Number(decimals)])));

/** How many decimals an amount in this currency has: 2 for USD, 0 for JPY, 3 for KWD. */
export const decimalsOf = (currency: string): number => DECIMALS.get(currency.toUpperCase()) ?? 2;
