import { randomBytes } from 'node:crypto';
import { fieldsOf, type Keap } from './keap';

export const V2 = '/crm/rest/v2';
export const V1 = '/crm/rest/v1';

/** Stands in every record that is made, so that a person can find what was left behind. */
export const MARK = 'n8n-nodes-keap check';

/** An id that no account has come to, and that is a number of 32 bits all the same. */
export const NO_ID = 2_147_000_000;

/** What writing probes work on: one contact and one tag, made at the start; everything that was made is removed at the end. */
export class Workbench {
	private readonly made: string[] = [];
	private constructor(
		private readonly keap: Keap,
		readonly email: string,
		/** Of the marked contact. */
		public contactId = '',
		/** Of the marked tag. */
		public tagId = '',
	) {}

	/** Makes the marked contact and tag; `ready` says whether both are there. */
	static async open(keap: Keap): Promise<Workbench> {
		const mark = randomBytes(6).toString('hex');
		const bench = new Workbench(keap, `n8n-nodes-keap-check-${mark}@example.com`);
		bench.contactId = await bench.make(`${V2}/contacts`, {
			given_name: MARK,
			family_name: mark,
			job_title: MARK,
			email_addresses: [{ email: bench.email, field: 'EMAIL1' }],
			phone_numbers: [
				{ number: '+1 480 555 0101', field: 'PHONE1' },
				{ number: '+1 480 555 0102', field: 'PHONE2' },
			],
		});
		if (bench.contactId !== '') bench.tagId = await bench.make(`${V2}/tags`, { name: `${MARK} ${mark}` });
		return bench;
	}

	get ready(): boolean {
		return this.contactId !== '' && this.tagId !== '';
	}

	/** @returns the new record's ID; empty where Keap did not take it */
	private async make(collection: string, body: unknown): Promise<string> {
		const reply = await this.keap.ask('POST', collection, { body }).catch(() => undefined);
		const id = String(fieldsOf(reply?.body).id ?? '');
		if (id !== '') this.track(`${collection}/${id}`);
		return id;
	}

	/** Path of the marked contact. */
	get contact(): string {
		return `${V2}/contacts/${this.contactId}`;
	}

	/** Remembers a record for its removal at the end. */
	track(path: string): void {
		if (!this.made.includes(path)) this.made.push(path);
	}

	/** Takes away what was made, the newest first. @returns the paths of what could not be removed */
	async clear(): Promise<string[]> {
		const left: string[] = [];
		for (const path of this.made.splice(0).reverse()) {
			const status = await this.keap.ask('DELETE', path).then(
				(reply) => reply.status,
				() => 0,
			);
			if (!((status >= 200 && status < 300) || status === 404)) left.push(path);
		}
		return left;
	}
}
