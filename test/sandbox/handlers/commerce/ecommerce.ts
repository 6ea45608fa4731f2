import type { SandboxState } from '../../store/state';
import { currencyOf } from './money';

/** The account's settings of what it sells, as `settings/applications:getConfiguration` gives them: lists are texts with commas. */
export const configurationOf = (state: SandboxState) => ({
	currency: currencyOf(state),
	default_country: 'United States',
	default_merchant: state.commerce.defaultMerchant,
	credit_card_types: 'Visa,MasterCard',
	default_tax: '0',
	payment_types: 'Cash,Check,Credit Card (Manual),Money Order,Adjustment',
	default_to_auto_charge: true,
	default_charge_max_retry_attempts: 3,
	default_number_of_days_between_charge_attempts: 5,
	merchant_account_max_retry_attempts: 3,
	promo_codes: '',
	track_cost_per_unit: true,
	track_inventory: true,
});
