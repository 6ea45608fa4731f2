import { isRecord } from '../../runtime/isRecord';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { Checkpoint } from './checkpoint';
import { readCheckpoint, writeCheckpoint } from './storedCheckpoint';

/** The name under which n8n's static data keeps the checkpoints, those of the node and those of the workflow alike. */
const NAME = 'keapPolling';
/** Accounts remembered for a node. A key of another account may be a mistake: when it is corrected, polling continues where it was. */
const MOST_ACCOUNTS = 3;
/** Copies kept in a workflow. n8n does not report deleted nodes, so those that have polled last are kept. */
const MOST_NODES = 10;

/** What is stored for a node. */
interface Entry {
	/** The node's id. */
	readonly node: string;
	/** Its name when it polled last. */
	readonly name: string;
	readonly watch: string;
	readonly account: string;
	/** Checkpoints by account, the latest account last, and by list. */
	readonly accounts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * The checkpoints of a node in n8n's static data: one for each list that it watches, in each account.
 *
 * n8n keeps a node's static data under the node's name, so that a renamed node finds none and a new node of that name
 * finds those of another. With durable poll cursors it keeps them under the node's id and saves them in one transaction
 * with the execution; those are always the right ones. So the node's own data come first, and a copy under the node's id
 * in the workflow's data helps out where they are missing or another node's.
 */
export class CheckpointStore {
	/** The account that the checkpoints belong to, as `x-keap-tenant-id` names it; empty while it is unknown. */
	account: string;
	private readonly own: IDataObject;
	private readonly shared: IDataObject;
	private readonly checkpoints: Record<string, Record<string, unknown>>;
	private readonly node: string;
	private readonly name: string;

	/** @param watch what is watched, as text: checkpoints of another event, tag or date are none */
	constructor(
		context: IPollFunctions,
		private readonly watch: string,
	) {
		({ id: this.node, name: this.name } = context.getNode());
		this.own = context.getWorkflowStaticData('node');
		this.shared = context.getWorkflowStaticData('global');
		const entry = this.find();
		const known = entry?.watch === watch ? entry : undefined;
		this.account = known?.account ?? '';
		this.checkpoints = Object.fromEntries(Object.entries(known?.accounts ?? {}).map(([account, lists]) => [account, { ...lists }]));
	}

	/** @returns undefined when there is none yet, or none that can be used */
	read(list: string): Checkpoint | undefined {
		return readCheckpoint(this.checkpoints[this.account]?.[list]);
	}

	/** Takes a checkpoint in; nothing is stored before `save`. */
	write(list: string, checkpoint: Checkpoint): void {
		(this.checkpoints[this.account] ??= {})[list] = writeCheckpoint(checkpoint);
	}

	/** Whether anything is known of the account. */
	get isKnown(): boolean {
		return Object.keys(this.checkpoints[this.account] ?? {}).length > 0;
	}

	/** What `writeNotes` has stored under this name beside the checkpoints. */
	readNotes(name: string): unknown {
		return this.checkpoints[this.account]?.[name];
	}

	/** Takes in what is noted of the account beside the checkpoints; nothing is stored before `save`. */
	writeNotes(name: string, notes: IDataObject | undefined): void {
		const lists = (this.checkpoints[this.account] ??= {});
		if (notes === undefined) delete lists[name];
		else lists[name] = notes;
	}

	/** Notes the account that an answer has named: unknown before, or another one. */
	belongsTo(account: string): void {
		const unknown = this.checkpoints[''];
		if (this.account === '' && unknown !== undefined) {
			this.checkpoints[account] ??= unknown;
			delete this.checkpoints[''];
		}
		this.account = account;
	}

	/** Stores all checkpoints, in one go: a poll that fails before has moved nothing. */
	save(): void {
		const { account, node, name, watch } = this;
		const otherAccounts = Object.entries(this.checkpoints).filter(([other]) => other !== account);
		const accounts = Object.fromEntries([...otherAccounts.slice(1 - MOST_ACCOUNTS), [account, this.checkpoints[account] ?? {}]]);
		const entry = { node, name, watch, account, accounts } as IDataObject;
		this.own[NAME] = copyOf(entry);
		const copies = Object.entries(this.copies()).filter(([id]) => id !== node);
		// One copy of former nodes of this name is enough, the last: it may be this node before a rename.
		const former = copies.findLast(([, copy]) => copy.name === name)?.[0];
		const otherNodes = copies.filter(([id, copy]) => copy.name !== name || id === former);
		this.shared[NAME] = copyOf(Object.fromEntries([...otherNodes.slice(1 - MOST_NODES), [node, entry]]) as IDataObject);
	}

	private find(): Entry | undefined {
		const { node, name } = this;
		const own = entryOf(this.own[NAME]);
		const copies = this.copies();
		const copy = copies[node];
		if (own?.node === node) {
			// The node was renamed and renamed back: what n8n kept under this name is older than the copy. Data with another name in
			// them come from durable cursors, and are current.
			const isOld = own.name === name && copy !== undefined && copy.name !== name;
			return isOld ? copy : own;
		}
		if (copy !== undefined) return copy;
		// A workflow that was imported again may have new node ids. It is the same node unless the old id now belongs to a node of another name.
		if (own !== undefined) return (copies[own.node]?.name ?? name) === name ? own : undefined;
		return Object.values(copies).findLast((other) => other.name === name);
	}

	private copies(): Record<string, Entry> {
		const stored = this.shared[NAME];
		if (!isRecord(stored)) return {};
		return Object.fromEntries(
			Object.entries(stored).flatMap(([id, value]) => {
				const entry = entryOf(value);
				return entry === undefined ? [] : [[id, entry]];
			}),
		);
	}
}

/** What n8n hands out are proxies, which `structuredClone` refuses. */
const copyOf = (data: IDataObject): IDataObject => JSON.parse(JSON.stringify(data)) as IDataObject;

function entryOf(stored: unknown): Entry | undefined {
	if (!isRecord(stored)) return undefined;
	const { node, name, watch, account, accounts } = stored;
	if (![node, name, watch, account].every((text) => typeof text === 'string') || !isRecord(accounts)) return undefined;
	const lists = Object.fromEntries(Object.entries(accounts).filter((entry): entry is [string, IDataObject] => isRecord(entry[1])));
	return { node: String(node), name: String(name), watch: String(watch), account: String(account), accounts: lists };
}
