import type { RecordStore } from '../../store/recordStore';
import type { SandboxState } from '../../store/state';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { recordOf } from '../commerce/crud';
import { toMajor } from '../commerce/money';
import { affiliates, commissions } from '../commerce/places';
import { answerList, answerV1List } from '../lists';
import { AFFILIATE } from './affiliates';

/** What was paid to an affiliate. No operation writes it; tests put it there. Amounts are in the smallest unit. */
export const affiliatePayments = (state: SandboxState): RecordStore => state.collection('/crm/rest/v2/affiliatePayments');
/** What was taken back, because an order was refunded. Tests put it there. */
export const clawbacks = (state: SandboxState): RecordStore => state.collection('/crm/rest/v1/affiliateClawbacks');

const ofAffiliate = (store: RecordStore, id: string): KeapRecord[] => store.rows.filter(({ affiliate_id: one }) => one === id);
const sum = (rows: readonly KeapRecord[]): number => rows.reduce((total, { amount }) => total + Number(amount), 0);

const owner = (exchange: Exchange, param: string): KeapRecord => recordOf({ ...AFFILIATE, param }, exchange);

/** The totals are those of the page that is answered, not of the whole list. */
const listCommissions: Handler = (exchange) => {
	const { state } = exchange;
	const affiliate = owner(exchange, 'affiliate_id');
	const answer = answerList(exchange, {
		rows: ofAffiliate(commissions(state), affiliate.id),
		version: String(commissions(state).version),
		path: `commissions of ${affiliate.id}`,
		readers: { since_time: ({ time_earned: time }) => [time], until_time: ({ time_earned: time }) => [time] },
		show: (one) => {
			const contact = state.contacts.get(String(one.contact_id));
			return {
				description: one.description ?? '',
				amount_earned: toMajor(state, Number(one.amount)),
				contact_first_name: contact?.given_name ?? '',
				contact_last_name: contact?.family_name ?? '',
				invoice_id: String(one.invoice_id),
				time_earned: one.time_earned,
				contact_id: String(one.contact_id),
				sales_affiliate_id: affiliate.id,
				sales_affiliate_name: affiliate.name ?? '',
				product_name: one.product_name ?? '',
			};
		},
	});
	const {
		items,
		affiliate_commissions: rows = items,
		...rest
	} = answer.body as {
		items?: Array<{ amount_earned: number }>;
		affiliate_commissions?: Array<{ amount_earned: number }>;
	};
	// Added up in whole units: decimals would not come out even.
	const total = toMajor(state, (rows ?? []).reduce((all, one) => all + Math.round(one.amount_earned * 1_000_000), 0) / 10_000);
	return {
		status: 200,
		body: { affiliate_commissions: rows, ...rest, clawbacks: 0, commission_total: total, amount_earned: total },
	};
};

const commissionTotal: Handler = (exchange) => {
	const affiliate = owner(exchange, 'affiliate_id');
	const earned = sum(ofAffiliate(commissions(exchange.state), affiliate.id));
	return {
		status: 200,
		body: {
			affiliate_commission_total: toMajor(exchange.state, earned),
			view_ledger_url: `https://keap.example/affiliates/${affiliate.id}/ledger`,
		},
	};
};

const listPayments: Handler = (exchange) => {
	const { state } = exchange;
	const affiliate = owner(exchange, 'affiliate_id');
	return answerList(exchange, {
		rows: ofAffiliate(affiliatePayments(state), affiliate.id),
		version: String(affiliatePayments(state).version),
		path: `payments of affiliate ${affiliate.id}`,
		readers: {
			since_time: ({ pay_date: time }) => [time],
			until_time: ({ pay_date: time }) => [time],
			pay_amount: ({ amount }) => [amount],
		},
		show: ({ id, pay_date, pay_notes, amount, pay_type, create_time }) => ({
			id,
			pay_date,
			pay_notes: pay_notes ?? '',
			pay_amount: toMajor(state, Number(amount)),
			pay_type: pay_type ?? 'CHECK',
			create_time: create_time ?? pay_date,
		}),
	});
};

/** Asked for in snake case, answered in camel case. */
const summaries: Handler = (exchange) => {
	const { state } = exchange;
	const figures = (id: string) => {
		const [earned, back, paid] = [commissions(state), clawbacks(state), affiliatePayments(state)].map((store) =>
			sum(ofAffiliate(store, id)),
		);
		return { earned: earned ?? 0, back: back ?? 0, balance: (earned ?? 0) - (back ?? 0) - (paid ?? 0) };
	};
	return answerList(exchange, {
		rows: affiliates(state).rows,
		version: [affiliates(state), commissions(state), clawbacks(state), affiliatePayments(state)].map(({ version }) => version).join(),
		path: exchange.operation.path,
		readers: {
			affiliate_id: ({ id }) => [id],
			affiliate_ids: ({ id }) => [id],
			amount_earned: ({ id }) => [figures(id).earned],
			balance: ({ id }) => [figures(id).balance],
			clawbacks: ({ id }) => [figures(id).back],
			// What lies outside the time is not taken out of the sums here.
			since_time: () => ['9999-12-31T00:00:00Z'],
			until_time: () => ['0001-01-01T00:00:00Z'],
		},
		show: ({ id }) => ({
			affiliateId: Number(id),
			amountEarned: toMajor(state, figures(id).earned),
			clawbacks: toMajor(state, figures(id).back),
			balance: toMajor(state, figures(id).balance),
		}),
	});
};

const listClawbacks: Handler = (exchange) => {
	const { state, params, operation } = exchange;
	const affiliate = owner(exchange, 'affiliateId');
	const rows = ofAffiliate(clawbacks(state), affiliate.id).map((one) => ({
		amount: toMajor(state, Number(one.amount)),
		contact_id: Number(one.contact_id ?? 0),
		date_earned: one.date_earned,
		description: one.description ?? '',
		invoice_id: Number(one.invoice_id ?? 0),
		product_name: one.product_name ?? '',
		sale_affiliate_id: Number(affiliate.id),
	}));
	return answerV1List(exchange, operation.path.replace('{affiliateId}', params.affiliateId ?? ''), 'clawbacks', rows);
};

export const AFFILIATE_LEDGER_HANDLERS: Readonly<Record<string, Handler>> = {
	'v1/getAffiliatesAffiliateIdClawbacks': listClawbacks,
	'v2/getAffiliateCommissionTotal': commissionTotal,
	'v2/getAffiliateCommissions': listCommissions,
	'v2/listAffiliatePayments': listPayments,
	'v2/listSummaries': summaries,
};
