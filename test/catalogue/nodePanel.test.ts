import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import { nodes } from '../../nodes';
import { choicesOf } from './parameters';

/** What n8n's node panel searches: by name, and by alias with less weight. */
interface Entry {
	readonly key: string;
	readonly properties: { readonly displayName: string; readonly codex?: { readonly alias: readonly string[] } };
}

/** The panel's own search; n8n-core brings it along. */
const { sublimeSearch } = createRequire(require.resolve('n8n-core'))('@n8n/utils/search/sublime-search') as {
	sublimeSearch: (text: string, entries: readonly Entry[]) => Array<{ score: number; item: Entry }>;
};

const ROOT = join(__dirname, '../../nodes');

const described = nodes.map(({ name, type: Type }) => {
	const { description } = new Type();
	const { alias } = JSON.parse(readFileSync(join(ROOT, name, `${name}.node.json`), 'utf8')) as { alias: string[] };
	return { name, description, entry: { key: name, properties: { displayName: description.displayName, codex: { alias } } } };
});

/** Our nodes that a word finds, the best first. */
const found = (word: string): string[] =>
	sublimeSearch(
		word,
		described.map(({ entry }) => entry),
	).map(({ item }) => item.key);

const actionsOf = ({ properties }: INodeTypeDescription): Entry[] =>
	properties
		.filter(({ name }) => name === 'operation')
		.flatMap(choicesOf)
		.map(({ action = '' }) => ({ key: action, properties: { displayName: action } }));

/** The actions of a node that a word finds, as the panel lists them when the node is open. */
function actions(node: string, word: string): string[] {
	const one = described.find(({ name }) => name === node);
	return one === undefined ? [] : sublimeSearch(word, actionsOf(one.description)).map(({ item }) => item.key);
}

/** What people look for, the node that has it, and what the first of its actions says. */
const SOUGHT: ReadonlyArray<readonly [word: string, node: string, action?: RegExp]> = [
	['order', 'KeapCommerce', /an order$/],
	['order item', 'KeapCommerce', /order item/],
	['invoice', 'KeapCommerce', /invoice/i],
	['payment', 'KeapCommerce', /payment/],
	// Keap's API makes none: what was refunded is among the payments.
	['refund', 'KeapCommerce'],
	['charge', 'KeapCommerce', /charge/],
	['transaction', 'KeapCommerce', /transaction/],
	['product', 'KeapProducts', /product/],
	['price', 'KeapProducts'],
	['inventory', 'KeapProducts', /inventory/],
	['stock', 'KeapProducts', /stock/],
	['subscription', 'KeapCommerce', /a subscription$/],
	['subscription plan', 'KeapProducts', /subscription plan/],
	['discount', 'KeapProducts', /a discount/],
	['coupon', 'KeapProducts', /coupon/],
	['promo code', 'KeapProducts', /promo code/],
	['tax', 'KeapCommerce', /tax/],
	['shipping', 'KeapCommerce', /shipping/],
	['affiliate', 'KeapMarketing', /affiliate/],
	['referral', 'KeapMarketing', /referral/],
	['commission', 'KeapMarketing', /commission/],
	['lead source', 'KeapMarketing', /a lead source/],
	['webform', 'KeapMarketing', /webform/],
	['campaign', 'KeapMarketing', /a campaign/],
	['automation', 'KeapMarketing', /automation/],
	['custom field', 'KeapAdmin', /a custom field/],
	['report', 'KeapAdmin', /a report/],
	['user', 'KeapAdmin', /a user/],
	['pipeline', 'KeapSales', /a pipeline/],
	['webhook', 'KeapTrigger'],
	['contact', 'Keap', /contacts?$/],
	['tag', 'Keap', /a tag/],
	['task', 'Keap', /a task/],
	['note', 'Keap', /note/],
	['company', 'Keap', /a company/],
	['email', 'Keap', /email/],
	['opportunity', 'KeapSales', /opportunity/],
	['deal', 'KeapSales', /a deal/],
	['payment method', 'KeapCommerce', /payment method/],
	['credit card', 'KeapCommerce', /credit card/],
	['utm', 'KeapMarketing', /UTM/],
	['appointment', 'Keap', /appointment/],
	['file', 'Keap', /a file/],
];

const words = SOUGHT.map(([word, node]) => [word, node] as const);
const wordsOfActions = SOUGHT.flatMap(([word, node, action]) => (action === undefined ? [] : [[word, node, action] as const]));

describe('the search of the node panel', () => {
	it.each(words)('finds %s first in %s', (word, node) => {
		expect(found(word)[0]).toBe(node);
	});

	it.each(wordsOfActions)('finds an action for %s first in %s', (word, node, action) => {
		expect(actions(node, word)[0]).toMatch(action);
	});

	it.each(words)('finds %s, typed with capitals, the same', (word, node) => {
		expect(found(word.toUpperCase())[0]).toBe(node);
	});

	it('finds all nodes by Keap and by its old name', () => {
		for (const name of ['Keap', 'Infusionsoft']) expect(found(name).sort()).toEqual(described.map(({ name: node }) => node).sort());
	});

	it('finds no hooks for what sells by subscription', () => {
		expect(found('subscription')).toEqual(['KeapCommerce', 'KeapProducts']);
		expect(
			actions('KeapCommerce', 'subscription')
				.slice(0, 3)
				.every((action) => action.includes('subscription')),
		).toBe(true);
	});
});

describe('the description of a node', () => {
	it.each([
		['Keap', ['contact', 'compan', 'tag', 'task', 'note', 'email', 'file', 'appointment']],
		['KeapAdmin', ['custom field', 'report', 'user', 'hook']],
		['KeapCommerce', ['order', 'payment', 'card', 'subscription', 'transaction', 'shipping']],
		['KeapMarketing', ['affiliate', 'lead source', 'automation', 'campaign', 'form', 'utm']],
		['KeapProducts', ['product', 'stock', 'discount', 'subscription plan', 'categor']],
		['KeapSales', ['opportunit', 'deal', 'stage', 'pipeline']],
	])('of %s names in the words of users what is in it', (node, all) => {
		const text = described.find(({ name }) => name === node)?.description.description.toLowerCase() ?? '';
		expect(all.filter((word) => !text.includes(word))).toEqual([]);
	});
});
