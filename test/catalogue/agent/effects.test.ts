import { effectOf } from '../../../nodes/shared/catalogue/operation/effect';
import { changes } from '../../../nodes/shared/catalogue/operation/outcome';
import { allRows, type Row } from '../nodes';

/** Words of a row that speak of an effect, and the rows that use them of something else. */
const WORDS: ReadonlyArray<{ effect: string; says: RegExp; not: Readonly<Record<string, string>> }> = [
	{
		effect: 'deletes',
		says: /\bdelet|\bmerge a |permanently|is gone|cannot be undone|:deactivate/i,
		not: { 'referral: create': 'says that it cannot be taken back: it makes a record' },
	},
	{
		effect: 'sends',
		says: /^send|\bsend an|:send\b|achieve|:addContacts|into a sequence|\binvite\b/i,
		not: {
			'user: create': 'sends an invitation, and a user costs money',
			'wordPressOptIn: delete': 'says what is achieved no more',
			'order: create': 'says when goals are achieved: with the first payment',
		},
	},
	{
		effect: 'charges',
		says: /takes money|may charge|can charge|charges a card|cost money|:invoice|what it bills/i,
		not: {},
	},
];

/**
 * All rows that AI agents may carry out by *Read and Write*, some of them only with values that do nothing graver: they make or change
 * records of people and business, which stay in Keap, and which a person can put right there. A new row is refused here until somebody
 * has decided by the rule of docs/agents.md what it does.
 */
const WRITES: Readonly<Record<string, string>> = {
	appointment: 'create update',
	company: 'applyTag create removeTag update',
	contact: 'create link unlink update upsert',
	deal: 'create move',
	dealNote: 'create createMany update',
	email: 'create createMany',
	file: 'update upload',
	leadSource: 'create update',
	leadSourceCategory: 'create update',
	leadSourceExpense: 'create update',
	leadSourceRecurringExpense: 'create update',
	note: 'create update',
	opportunity: 'create moveStage update',
	order: 'applyTax attachFile create detachFile setPaymentPlan update',
	orderItem: 'create update',
	payment: 'create',
	product: 'adjustInventory',
	tag: 'apply create remove update',
	tagCategory: 'create update',
	task: 'complete create update',
	utm: 'add',
};

/** Of what opens a way out of Keap or into it, what gives it away: addresses that it calls or leads to, keys, sign-ins, consent. */
const OPENS = /hookUrl|websiteAddress|^url$|password|secret|optedIn|session_key/;

const text = ({ operation: { name, path, description } }: Row): string => `${name} ${path} ${description}`;

/** What a row does at most: with the values for which it does the gravest thing that it can do. */
const GRAVEST: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	'contact: create': { optInReason: 'Asked for it' },
	'contact: update': { email2: { opt_in_reason: 'Asked for it' } },
	'contact: upsert': { email3: { opt_in_reason: 'Asked for it' } },
	'customApiCall: call': { method: 'POST' },
	'file: update': { isPublic: true },
	'file: upload': { isPublic: 'true' },
	'order: create': { leadAffiliateId: '5' },
	'order: setPaymentPlan': { autoCharge: true },
	'order: update': { paymentPlan: {} },
	'payment: create': { paymentKind: 'charge' },
};
const atMost = ({ label, operation }: Row): string => effectOf(operation, GRAVEST[label]);

describe('what each row says that it does', () => {
	it('is reading exactly where the method and the row say so', () => {
		const wrong = allRows.filter((row) => row.label !== 'customApiCall: call' && (atMost(row) === 'reads') === changes(row.operation));
		expect(wrong.map(({ label }) => label)).toEqual([]);
	});

	it('is writing for these rows alone', () => {
		const writing: Record<string, string[]> = {};
		for (const { label, operation } of allRows.filter((row) => effectOf(row.operation) === 'writes')) {
			const [resource = ''] = label.split(': ');
			(writing[resource] ??= []).push(operation.value);
		}
		expect(Object.fromEntries(Object.entries(writing).map(([resource, rows]) => [resource, rows.sort().join(' ')]))).toEqual(WRITES);
	});

	it('is opening a way out or in wherever it takes an address to call or to lead to, a key, a sign-in or consent', () => {
		const names = ({ operation: { fields, expects = [] } }: Row): string[] => [
			...fields.flatMap((field) => [field, ...(field.members ?? [])]).map(({ property }) => property.name),
			...expects,
		];
		const opening = allRows.filter((row) => changes(row.operation) && names(row).some((name) => OPENS.test(name)));
		expect(opening.length).toBeGreaterThan(8);
		expect(opening.filter((row) => atMost(row) !== 'opens').map(({ label }) => label)).toEqual([]);
	});

	it('is deleting wherever the method deletes, but for what can be given back at once', () => {
		const others = allRows.filter((row) => row.operation.method === 'DELETE' && atMost(row) !== 'deletes').map(({ label }) => label);
		expect(others).toEqual(['company: removeTag']);
	});

	it.each(WORDS)('$effect where its words speak of that', ({ effect, says, not }) => {
		const speaking = allRows.filter((row) => changes(row.operation) && says.test(text(row)));
		expect(speaking.length).toBeGreaterThan(2);
		expect(speaking.filter((row) => atMost(row) !== effect && !(row.label in not)).map(({ label }) => label)).toEqual([]);
		// An explanation that no row needs any more explains nothing.
		const labels = speaking.map(({ label }) => label);
		expect(Object.keys(not).filter((label) => !labels.includes(label))).toEqual([]);
	});

	it('depends on the values only where a test names the gravest', () => {
		const byValues = allRows.filter(({ operation }) => typeof operation.effect === 'function');
		expect(byValues.map(({ label }) => label).sort()).toEqual(Object.keys(GRAVEST).sort());
		expect(byValues.filter((row) => atMost(row) === effectOf(row.operation, { method: 'GET' })).map(({ label }) => label)).toEqual([]);
	});
});
