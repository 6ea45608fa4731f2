import type { Handler } from '../types';
import { masked } from './generic';

const updateProfile: Handler = ({ state, body, query }) => {
	const profile = masked(state.businessProfile, (body ?? {}) as Record<string, unknown>, query.update_mask);
	state.businessProfile = profile;
	return { status: 200, body: profile };
};

export const SETTINGS_HANDLERS: Readonly<Record<string, Handler>> = {
	'v1/getSettingApplicationEnabled': () => ({ status: 200, body: { value: 'true' } }),
	'v1/getAccountProfile': ({ state }) => ({ status: 200, body: state.businessProfile }),
	'v1/getSettingContactOptionTypes': ({ state }) => ({ status: 200, body: { value: state.contactTypes.join(',') } }),
	'v2/isApplicationEnabled': () => ({ status: 200, body: { isEnabled: true } }),
	'v2/getBusinessProfile': ({ state }) => ({ status: 200, body: state.businessProfile }),
	'v2/updateBusinessProfile': updateProfile,
};
