import type { IDataObject } from 'n8n-workflow';

import type { Work } from '../../../../shared/catalogue/operation/types';
import { addressesOf } from '../../../../shared/records/people/addressDirectory';

/** The part of an item's work under which its contact is kept for the node's next try. */
const CONTACT = 'contact';

const all = new WeakMap<Work, OwnWrites>();

/**
 * The contacts that a run of the node has written so far, in all its tries, as Keap has them since. Keap's lists may show them late,
 * and later items about them build on what earlier ones wrote.
 */
export class OwnWrites {
	private readonly contacts = new Map<string, IDataObject>();
	/** The IDs of those that have an address, or had it. */
	private readonly holders = new Map<string, Set<string>>();

	private constructor(private readonly tries: Work['tries']) {}

	/** @param work of the whole run, which all its groups of items share */
	static of(work: Work): OwnWrites {
		const known = all.get(work);
		if (known !== undefined) return known;
		const made = new OwnWrites(work.tries);
		for (const settled of work.tries.recallAll(CONTACT)) if ('answer' in settled) made.note(settled.answer as IDataObject);
		all.set(work, made);
		return made;
	}

	wrote(item: number, contact: IDataObject): void {
		this.note(contact);
		this.tries.keep(item, CONTACT, { answer: contact });
	}

	/** What became of the contacts with this address is not known here: they have to be looked up again. */
	forget(address: string): void {
		for (const id of this.holders.get(address) ?? []) this.contacts.delete(id);
	}

	/** What Keap's lists have found for an address, with what is newer here. */
	over(found: readonly IDataObject[], address: string): IDataObject[] {
		const own = [...(this.holders.get(address) ?? [])].map((id) => this.contacts.get(id)).filter((one) => one !== undefined);
		return [...found.filter(({ id }) => !this.contacts.has(String(id))), ...own];
	}

	private note(contact: IDataObject): void {
		const id = String(contact.id);
		this.contacts.set(id, contact);
		for (const address of addressesOf(contact)) this.holders.set(address, (this.holders.get(address) ?? new Set()).add(id));
	}
}
