import * as fields from '../../../shared/catalogue/fields/fields';
import { money } from '../../../shared/catalogue/money/moneyField';
import type { MoneyForm } from '../../../shared/catalogue/money/units';
import type { Field } from '../../../shared/catalogue/operation/types';

/** Filters by the account through which the money came. */
export const merchantFilters: readonly Field[] = [
	fields.id('merchantAccountId', 'Merchant Account ID', { in: 'filter' }),
	fields.options('merchantAccountType', 'Merchant Account Type', {
		in: 'filter',
		choices: [
			['AUTHORIZE', 'Authorize.net'],
			['EWAY', 'EWAY'],
			['KEAP_PAY', 'Keap Pay'],
			['PAYPAL', 'PayPal'],
			['STRIPE', 'Stripe'],
			['UNSUPPORTED', 'Unsupported'],
			['WEPAY', 'WePay'],
		],
	}),
];

/** Filters by an amount. */
export const amountFilters = (name: string, displayName: string, key: string, form: MoneyForm): Field[] => [
	money(`${name}AtLeast`, `${displayName} at Least`, { in: 'filter', key, operator: '>=', form }),
	money(`${name}AtMost`, `${displayName} at Most`, { in: 'filter', key, operator: '<=', form }),
];
