import { OPERATIONS } from './operations';
import type { ListRule, OperationRule, Parameters, Rule, WorkflowNode } from './types';
import { converted, isBlank, isExpression } from './values';

export const OLD_NODE = 'n8n-nodes-base.keap';
export const OLD_TRIGGER = 'n8n-nodes-base.keapTrigger';

/** A node of ours in place of an older one, and what has to be said of it. */
export interface NodeConversion {
	readonly node: WorkflowNode;
	readonly rule: OperationRule;
	/** What went where. */
	readonly changed: readonly string[];
	/** What a person must look at. */
	readonly look: readonly string[];
}

/**
 * @param contactId the expression for the contact of a note, where the workflow says whose it is
 * @returns `undefined` for a node that is not n8n's Keap node, or does something that it has no operation for
 */
export function convertNode(old: WorkflowNode, contactId?: string): NodeConversion | undefined {
	const rule = ruleOf(old);
	if (rule === undefined) return undefined;
	const draft = new Draft(rule);
	for (const [name, field] of Object.entries(rule.fields)) draft.field(name, valueAt(old.parameters, name), field);
	for (const [name, list] of Object.entries(rule.lists ?? {})) draft.list(name, valueAt(old.parameters, name), list);
	draft.order(old.parameters);
	draft.special(old);
	if (contactId !== undefined) draft.contact(contactId);
	const parameters = draft.finished();
	const node: WorkflowNode = { ...old, type: `n8n-nodes-keap.${rule.node}`, typeVersion: 1, parameters };
	delete node.credentials;
	return {
		node,
		rule,
		changed: draft.changed,
		look: draft.look,
	};
}

/** What the older node does. n8n leaves defaults out of what it stores. */
export function operationOf({ resource = 'company', operation }: Parameters): { resource: string; operation: string } {
	const first: Readonly<Record<string, string>> = { contact: 'upsert', email: 'createRecord', file: 'delete' };
	return { resource: String(resource), operation: String(operation ?? first[String(resource)] ?? 'create') };
}

function ruleOf({ type, parameters }: WorkflowNode): OperationRule | undefined {
	if (type === OLD_TRIGGER) return OPERATIONS.trigger;
	if (type !== OLD_NODE) return undefined;
	const { resource, operation } = operationOf(parameters);
	return OPERATIONS[`${resource}.${operation}`];
}

const valueAt = (parameters: Parameters, name: string): unknown =>
	name.split('.').reduce<unknown>((at, part) => (isObject(at) ? at[part] : undefined), parameters);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of which each entry has a parameter of its own. */
type Slotted = { readonly main: ListRule['main'] | undefined } & Required<Pick<ListRule, 'to' | 'slots'>>;

const placesOf = ({ to, main, slots }: Slotted): string =>
	[...(main === undefined ? [] : [main.to]), ...Object.values(slots.to).map((slot) => `${to}.${slot}`)].join(', ');

/** The parameters of the new node, as they come together. */
class Draft {
	readonly changed: string[] = [];
	readonly look: string[] = [];
	private readonly parameters: Parameters;

	constructor(private readonly rule: OperationRule) {
		this.parameters = structuredClone(rule.fixed);
		this.look.push(...(rule.look ?? []));
	}

	field(name: string, value: unknown, rule: Rule): void {
		const target = this.target(name, value, rule);
		if (target === undefined) return;
		this.put(target.to, target.value);
		if (target.to !== name) this.changed.push(`${name} is ${target.to}`);
	}

	/** Where a value goes and in which form; notes what a person has to look at. */
	private target(name: string, value: unknown, rule: Rule): { to: string; value: unknown } | undefined {
		if ('without' in rule) {
			if (!isBlank(value) && rule.without !== '') this.look.push(`${name} is left out: ${rule.without}`);
			return undefined;
		}
		const taken = value === undefined ? rule.default : value;
		const result = converted(taken, rule.form);
		if (result === undefined) return undefined;
		for (const look of [result.look, rule.look, taken === rule.default ? rule.lookAtDefault : undefined])
			if (look !== undefined) this.look.push(`${rule.to}: ${look}`);
		return { to: rule.to, value: result.value };
	}

	list(name: string, value: unknown, rule: ListRule): void {
		const { to, first, fields, fixed, main, slots } = rule;
		if (isExpression(value)) return this.listByExpression(name, value, rule);
		const entries = [value].flat().filter(isObject);
		const own =
			main === undefined
				? undefined
				: (entries.find((entry) => entry[main.by] === main.is) ?? (main.orFirst === true ? entries[0] : undefined));
		if (main !== undefined && own !== undefined && !isBlank(own[main.field])) {
			this.put(main.to, own[main.field]);
			this.changed.push(`${name} (${main.is}) is ${main.to}`);
		}
		const others = entries.filter((entry) => entry !== own);
		if (slots !== undefined) return others.forEach((entry) => this.slot(name, entry, { to, fields, main, slots }));
		const kept = others.map((entry) => this.entry(name, entry, fields, fixed));
		if (kept.length === 0) return;
		if (first === true && kept.length > 1) this.look.push(`${to}: Keap took the first of ${kept.length} only, and so does the new node`);
		this.put(`${to}.entries`, first === true ? kept[0] : kept);
		this.changed.push(`${name} is ${to}`);
	}

	private listByExpression(name: string, value: unknown, { to, fields, main, slots }: ListRule): void {
		if (slots !== undefined) {
			this.look.push(`${name} is left out: one expression gave all entries of it; give each its own, in ${placesOf({ to, main, slots })}`);
			return;
		}
		this.put(`${to}.entries`, value);
		this.look.push(
			`${to}: the expression has to give entries with ${Object.values(fields)
				.flatMap((rule) => ('to' in rule ? [rule.to] : []))
				.join(', ')}`,
		);
	}

	private slot(name: string, entry: Parameters, { to, fields, main, slots }: Slotted & Pick<ListRule, 'fields'>): void {
		const own = slots.to[String(entry[slots.by])];
		if (own === undefined) {
			const what = `${name}: the entry ${JSON.stringify(entry)} is left out, because its ${slots.by} names no slot`;
			this.look.push(`${what}; put it in one of ${placesOf({ to, main, slots })}`);
			return;
		}
		const parts = slots.only === undefined ? this.entry(name, entry, fields) : entry[slots.only];
		if (isBlank(parts) || (isObject(parts) && Object.keys(parts).length === 0)) return;
		this.put(`${to}.${own}${slots.only === undefined ? '.entries' : ''}`, parts);
		this.changed.push(`${name} (${String(entry[slots.by])}) is ${to}.${own}`);
	}

	private entry(name: string, entry: Parameters, fields: ListRule['fields'], fixed: Parameters = {}): Parameters {
		const made: Parameters = structuredClone(fixed);
		for (const [part, rule] of Object.entries(fields)) {
			const target = this.target(`${name}.${part}`, entry[part], rule);
			// The older form has a postal code and a zip code for the same thing.
			if (target !== undefined) made[target.to] ??= target.value;
		}
		return made;
	}

	/** Order and direction are one field now. */
	order(old: Parameters): void {
		const { order } = this.rule;
		if (order === undefined) return;
		const by = valueAt(old, `${order.in}.order`);
		if (isBlank(by)) return;
		const direction = valueAt(old, `${order.in}.orderDirection`);
		const column = order.columns[String(by)];
		if (isExpression(by) || isExpression(direction) || column === undefined) {
			this.look.push(`${order.in}.order ${JSON.stringify(by)} is left out: choose Order By under Options`);
			return;
		}
		this.put('options.orderBy', `${column} ${direction === 'descending' ? 'desc' : 'asc'}`);
		this.changed.push(`${order.in}.order is options.orderBy`);
	}

	/** The contact of a note, which the older node did not ask for. */
	contact(expression: string): void {
		if (this.rule.open?.contactId === undefined) return;
		this.put('contactId', { __rl: true, mode: 'id', value: expression });
		this.changed.push('contactId is new: read from the answer that the ID of the note comes from');
	}

	/** What follows no table. */
	special({ type, parameters }: WorkflowNode): void {
		if (type === OLD_TRIGGER) {
			const { events } = this.parameters;
			if (!isBlank(events) && !isExpression(events)) this.parameters.events = [events];
			if (parameters.rawData === true) {
				this.parameters.items = 'deliveries';
				this.changed.push('rawData is items: one for each delivery');
			}
		}
		const attachments = valueAt(parameters, 'attachmentsUi');
		if (isObject(attachments)) this.attachments(attachments);
	}

	private attachments({ attachmentsBinary, attachmentsValues }: Parameters): void {
		const names = [attachmentsBinary]
			.flat()
			.filter(isObject)
			.map(({ property }) => property)
			.filter((name) => !isBlank(name));
		if (names.length > 0) {
			this.put('additionalFields.attachments', names.join(', '));
			this.changed.push('attachmentsUi is additionalFields.attachments');
		}
		if (!isBlank(attachmentsValues)) {
			this.look.push(
				'attachmentsUi: files given as text are left out: make files of them first, with the node Convert to File, and name their fields in Attachments',
			);
		}
	}

	private put(name: string, value: unknown): void {
		const parts = name.split('.');
		const last = parts.pop() ?? name;
		let at = this.parameters;
		for (const part of parts) {
			const inner = isObject(at[part]) ? at[part] : {};
			at[part] = inner;
			at = inner;
		}
		at[last] = value;
	}

	/** The parameters; what the older node had no value for is named, and left empty so that n8n marks it. */
	finished(): Parameters {
		for (const [name, what] of Object.entries(this.rule.open ?? {})) {
			if (isBlank(valueAt(this.parameters, name))) this.look.push(`${name} is empty: give ${what}`);
		}
		return this.parameters;
	}
}
