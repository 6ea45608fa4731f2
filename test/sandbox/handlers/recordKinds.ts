import type { Exchange, KeapRecord } from '../types';
import { checkedCompany } from './companyRules';
import { checkedLinkType } from './linkTypeRules';
import { checkedOpportunity, opportunityView, OPPORTUNITY_READERS, STAGE_READERS, stageMoved } from './opportunityRules';
import { COMPANY_READERS, TAG_READERS, USER_READERS, type FieldReaders } from './recordFields';
import { checkedTask, TASK_READERS } from './taskRules';
import { checkedUser } from './userRules';

export type Fields = Readonly<Record<string, unknown>>;

/** What is special about a kind of record. */
export interface RecordKind {
	/** How its list is filtered and ordered. */
	readonly readers?: FieldReaders;
	/** Left out of every answer unless `fields` names them; the rest is always there. */
	readonly optional?: readonly string[];
	/** Left out of a list unless `fields` names them; then nothing else is there either. */
	readonly hiddenInList?: readonly string[];
	/** Holds what is written to what Keap asks beyond types, and gives it as Keap stores it. @throws ApiError 400 */
	readonly check?: (fields: Fields, exchange: Exchange, created: boolean) => Fields;
	/** The record as Keap shows it, where that differs from what is stored. */
	readonly view?: (record: KeapRecord, exchange: Pick<Exchange, 'state'>) => Fields;
	/** Called after an update. */
	readonly changed?: (before: KeapRecord, after: KeapRecord, exchange: Exchange) => void;
}

const V2 = '/crm/rest/v2';

const KINDS: Readonly<Record<string, RecordKind>> = {
	[`${V2}/companies`]: {
		readers: COMPANY_READERS,
		optional: ['notes', 'fax_number', 'address', 'email_address', 'phone_number', 'custom_fields', 'website'],
		hiddenInList: ['notes', 'fax_number', 'address', 'email_address', 'phone_number', 'update_time', 'create_time', 'custom_fields'],
		check: checkedCompany,
	},
	[`${V2}/contacts/links/types`]: { check: checkedLinkType },
	[`${V2}/opportunities`]: {
		readers: OPPORTUNITY_READERS,
		optional: [
			'custom_fields',
			'created_by',
			'last_updated_by',
			'status_id',
			'monthly_revenue',
			'order_revenue',
			'objection',
			'status',
			'stage_entrance_time',
		],
		check: checkedOpportunity,
		view: opportunityView,
		changed: stageMoved,
	},
	[`${V2}/opportunities/stages`]: { readers: STAGE_READERS },
	[`${V2}/tags`]: { readers: TAG_READERS },
	[`${V2}/tasks`]: { readers: TASK_READERS, optional: ['custom_fields'], check: checkedTask },
	[`${V2}/users`]: { readers: USER_READERS, check: checkedUser },
};

/** The kind of record of a collection, by its path template. */
export const kindOf = (collection: string): RecordKind => KINDS[collection] ?? {};
