import type { Resource } from '../../shared/catalogue/operation/types';
import { accountSetting } from './account/accountSetting';
import { businessProfile } from './account/businessProfile';
import { country } from './account/country';
import { province } from './account/province';
import { report } from './account/report';
import { customField } from './customFields/customField';
import { customFieldGroup } from './customFields/customFieldGroup';
import { customFieldTab } from './customFields/customFieldTab';
import { contactLinkType } from './contactLinkType';
import { hook } from './hook';
import { user } from './user';
import { userGroup } from './userGroup';

/** The rows of the Keap Admin node. The first is the one that a new node shows. */
export const resources: readonly Resource[] = [
	hook,
	accountSetting,
	businessProfile,
	contactLinkType,
	country,
	customField,
	customFieldGroup,
	customFieldTab,
	province,
	report,
	user,
	userGroup,
];
