import type { IDataObject } from 'n8n-workflow';

import { readByIds } from '../../catalogue/batching/bundledReads';
import { listIn } from '../../catalogue/operation/badAnswer';
import type { Work } from '../../catalogue/operation/types';
import { isCancelled, keapPages, keapRequest } from '../../transport';
import { CONTACT_LOOKUP, LIST_NAMES } from './contactLists';

const PATH = CONTACT_LOOKUP.path;
const PAGE_SIZE = 1_000;
/** How many contacts are read together before they are written. */
export const GROUP = 100;
/** Two calls that look for what is new, and one that reads the contacts found. */
const CALLS_A_GROUP = 3;
/** For fewer addresses it does not pay to ask how big the account is. */
const LEAST = 10;
/** A change may be visible later than its time says, and our clock may be ahead of Keap's. */
const MARGIN_MS = 300_000;

const ADDRESSES = ['id', 'email_addresses'];

/** What a contact is compared and merged by. */
export const KNOWN_FIELDS: readonly string[] = ['id', 'given_name', 'family_name', 'company', ...LIST_NAMES];

export const plain = (value: unknown): string => (typeof value === 'string' ? value.trim().toLowerCase() : '');

/** The email addresses of a contact, as they are compared. @throws BadAnswer when they can't be read */
export const addressesOf = (contact: IDataObject): string[] =>
	listIn(contact, 'email_addresses')
		.map(({ email }) => plain(email))
		.filter((email) => email !== '');

/** Which contacts of the account have the addresses that a run is about. */
export class AddressDirectory {
	private readonly holders = new Map<string, Set<string>>();
	private readonly ids = new Set<string>();
	private newest = 0n;
	private lookedAt = Date.now();
	private hasAddresses = false;

	private constructor(private readonly wanted: ReadonlySet<string>) {}

	/**
	 * Reads the addresses of all contacts of the account, 1,000 a call.
	 * @returns `undefined` where one look-up an address takes fewer calls, and where the list can't be relied on
	 */
	static async read(work: Work, wanted: ReadonlySet<string>): Promise<AddressDirectory | undefined> {
		if (wanted.size < LEAST) return undefined;
		return await AddressDirectory.readWhole(work, wanted).catch((error: unknown) => {
			if (isCancelled(error) || work.signal.aborted) throw error;
			// One look-up for each address may still work; if not, its error says what is wrong.
			return undefined;
		});
	}

	private static async readWhole(work: Work, wanted: ReadonlySet<string>): Promise<AddressDirectory | undefined> {
		const count = await countContacts(work);
		const most = wanted.size - CALLS_A_GROUP * Math.ceil(wanted.size / GROUP);
		if (count === undefined || Math.ceil(count / PAGE_SIZE) >= most) return undefined;
		const directory = new AddressDirectory(wanted);
		// When a contact is deleted meanwhile, another one can move from an unread page to one already read, and is then missing.
		// And where no contact comes with its addresses, they were left out of the answers.
		return (await directory.readAll(work, most)) && directory.ids.size >= count && directory.hasAddresses ? directory : undefined;
	}

	private async readAll({ context, signal }: Work, most: number): Promise<boolean> {
		const request = { method: 'GET', path: PATH, query: { fields: ADDRESSES, order_by: 'id asc' }, signal } as const;
		let pages = 0;
		for await (const page of keapPages(context, request, { records: 'contacts', pageSize: PAGE_SIZE })) {
			if (++pages > most) return false;
			page.forEach((contact) => this.note(contact));
		}
		return true;
	}

	private note(contact: IDataObject): void {
		const id = String(contact.id);
		this.ids.add(id);
		this.hasAddresses ||= Array.isArray(contact.email_addresses);
		if (/^\d+$/.test(id) && BigInt(id) > this.newest) this.newest = BigInt(id);
		for (const address of addressesOf(contact)) if (this.wanted.has(address)) this.add(address, id);
	}

	private add(address: string, id: string): void {
		const holders = this.holders.get(address) ?? new Set();
		this.holders.set(address, holders.add(id));
	}

	/**
	 * The contacts that have these addresses now, by address: what was created or changed since the last look is looked for, and the
	 * contacts found are read with their lists.
	 * @returns nothing where what is new can't be listed: one look-up for each address may still work
	 */
	async contactsOf(work: Work, addresses: ReadonlySet<string>): Promise<Map<string, IDataObject[] | Error>> {
		if (!(await this.isCurrent(work))) return new Map();
		const ids = [...new Set([...addresses].flatMap((address) => [...(this.holders.get(address) ?? [])]))];
		const records =
			ids.length === 0 ? new Map<string, IDataObject | Error>() : await readByIds(work, CONTACT_LOOKUP, ids, { fields: KNOWN_FIELDS });
		return new Map(
			[...addresses].map((address): [string, IDataObject[] | Error] => {
				const found = [...(this.holders.get(address) ?? [])].map((id) => records.get(id)).filter((one) => one !== undefined);
				const unread = found.find((one) => one instanceof Error);
				return [address, unread ?? (found as IDataObject[]).filter((one) => addressesOf(one).includes(address))];
			}),
		);
	}

	/** What the run itself has written is known at once, however late Keap's lists show it. */
	wrote(contact: IDataObject): void {
		this.note(contact);
	}

	private async isCurrent(work: Work): Promise<boolean> {
		return await this.lookForNew(work).then(
			() => true,
			(error: unknown) => {
				if (isCancelled(error) || work.signal.aborted) throw error;
				return false;
			},
		);
	}

	/** By time for changes and by number for new contacts: a contact that was never changed may have no time of a change. */
	private async lookForNew({ context, signal }: Work): Promise<void> {
		const since = new Date(this.lookedAt - MARGIN_MS).toISOString();
		const looksAt = Date.now();
		const { newest } = this;
		const get = { method: 'GET', path: PATH, signal } as const;
		const changed = { ...get, query: { fields: ADDRESSES, filter: `start_update_time==${since}` } };
		for await (const page of keapPages(context, changed, { records: 'contacts' })) page.forEach((contact) => this.note(contact));
		const created = { ...get, query: { fields: ADDRESSES, order_by: 'id desc' } };
		for await (const page of keapPages(context, created, { records: 'contacts', pageSize: GROUP })) {
			page.forEach((contact) => this.note(contact));
			if (page.some(({ id }) => /^\d+$/.test(String(id)) && BigInt(String(id)) <= newest)) break;
		}
		this.lookedAt = looksAt;
	}
}

/** How many contacts the account has; only v1 says it. */
async function countContacts({ context, signal }: Pick<Work, 'context' | 'signal'>): Promise<number | undefined> {
	const request = { method: 'GET', path: '/crm/rest/v1/contacts', query: { limit: 1 }, signal, expects: { list: 'contacts' } } as const;
	const { body } = await keapRequest<IDataObject | null>(context, request);
	return typeof body?.count === 'number' ? body.count : undefined;
}
