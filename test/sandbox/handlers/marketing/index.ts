import type { Handler } from '../../types';
import { AFFILIATE_LEDGER_HANDLERS } from './affiliateLedger';
import { AFFILIATE_HANDLERS } from './affiliates';
import { COMMISSION_PROGRAM_HANDLERS } from './commissionPrograms';
import { LEAD_SOURCE_HANDLERS } from './leadSources';
import { REDIRECT_HANDLERS } from './redirects';
import { REFERRAL_HANDLERS } from './referrals';
import { WEBFORM_HANDLERS } from './webforms';

/** Who brings customers, and what that costs. */
export const MARKETING_HANDLERS: Readonly<Record<string, Handler>> = {
	...AFFILIATE_HANDLERS,
	...AFFILIATE_LEDGER_HANDLERS,
	...COMMISSION_PROGRAM_HANDLERS,
	...LEAD_SOURCE_HANDLERS,
	...REDIRECT_HANDLERS,
	...REFERRAL_HANDLERS,
	...WEBFORM_HANDLERS,
};
