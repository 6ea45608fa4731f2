import type { Resource } from '../../shared/catalogue/operation/types';
import { affiliate } from './affiliate/affiliate';
import { affiliateCommission } from './affiliate/affiliateCommission';
import { affiliateRedirect } from './affiliate/affiliateRedirect';
import { affiliateProgram } from './affiliateProgram/affiliateProgram';
import { affiliateProgramCommission } from './affiliateProgram/affiliateProgramCommission';
import { affiliateProgramResource } from './affiliateProgram/affiliateProgramResource';
import { automation } from './automation';
import { automationCategory } from './automationCategory';
import { campaign } from './campaign';
import { leadSource } from './leadSource/leadSource';
import { leadSourceCategory } from './leadSource/leadSourceCategory';
import { leadSourceExpense } from './leadSource/leadSourceExpense';
import { leadSourceRecurringExpense } from './leadSource/leadSourceRecurringExpense';
import { referral } from './referral';
import { utm } from './utm';
import { webform } from './webform';
import { wordPressOptIn } from './wordPressOptIn';

/** The rows of the Keap Marketing node. The first is the one that a new node shows. */
export const resources: readonly Resource[] = [
	automation,
	automationCategory,
	campaign,
	leadSource,
	leadSourceCategory,
	leadSourceExpense,
	leadSourceRecurringExpense,
	referral,
	utm,
	webform,
	wordPressOptIn,
	affiliate,
	affiliateCommission,
	affiliateProgram,
	affiliateProgramCommission,
	affiliateProgramResource,
	affiliateRedirect,
];
