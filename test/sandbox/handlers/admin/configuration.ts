import type { SandboxState } from '../../store/state';
import type { Handler } from '../../types';
import { configurationOf } from '../commerce/ecommerce';

/** The account's settings by the names under which they are asked for. Lists inside are texts with commas. */
const SETTINGS: Readonly<Record<string, (state: SandboxState) => unknown>> = {
	affiliate: () => ({ commission: { levels: 2, calculation_type: 'PERCENT', participant_types: 'Affiliate' }, choose_affiliate: false }),
	application: ({ businessProfile: { name, email, time_zone } }) => ({
		company: { name, email, country: 'United States' },
		time_zone,
		default_view_locale: 'en_US',
		features_enabled: { marketing: true },
	}),
	appointment: () => ({ appointment_types: 'Call,Meeting', share_opportunity_with_related_user: false }),
	contact: () => ({
		title_types: 'Mr.,Mrs.,Ms.',
		suffix_types: 'Jr.,Sr.',
		contact_types: 'Lead,Customer,Other',
		phone_types: 'Home,Mobile,Work',
	}),
	ecommerce: configurationOf,
	email: () => ({ append_contact_key_to_links: true, whitelisted_domains: '' }),
	forms: () => ({ spam_filters_enabled: true }),
	fulfillment: () => ({ default_message_to: '', default_message_fields: '' }),
	invoice: () => ({ tax_label: 'Sales Tax' }),
	note: () => ({ appointment_types: 'Call', share_opportunity_with_related_user: false }),
	opportunity: () => ({ default_stage: 'New' }),
	task: () => ({ appointment_types: 'Call', share_opportunity_with_related_user: false }),
	template: () => ({ default_country_code: 1, default_user_id: '9001' }),
};

const configuration: Handler = ({ state, query }) => {
	const asked = (query.fields ?? 'APPLICATION').split(',').map((name) => name.toLowerCase());
	return { status: 200, body: Object.fromEntries(asked.map((name) => [name, SETTINGS[name]?.(state)])) };
};

export const CONFIGURATION_HANDLERS: Readonly<Record<string, Handler>> = { 'v2/getApplicationConfigurations': configuration };
