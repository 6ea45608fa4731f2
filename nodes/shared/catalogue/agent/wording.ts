import { adviceToModel } from '../operation/badInput';
import { descriptionOf } from '../operation/outcome';

/** Advice to people at the editor, and what an AI agent can do instead. */
const INSTEAD: ReadonlyArray<readonly [people: RegExp, model: string]> = [
	[/ ?It is the number in the address of the record in Keap\./g, ' Look it up with the tool that lists or searches such records.'],
	[/, or check the expression: it may point to a field that this item does not have/g, ''],
	[/ Check the expression: it may hold the same data in itself again and again\./g, ' Give it with fewer levels.'],
	[/Choose (?:from the list|one), or give/g, 'Give'],
	[/Add at least one field under Update Fields\./g, 'Give at least one field to change.'],
	[/Add entries with the button, or give a list by expression\./g, 'Give a list.'],
	[/Add (\w+) with the button/g, 'Give $1'],
	[/By expression, give a list of objects, each with the names that the entry has in the node/g, 'Give a list of objects'],
	[
		/Add the fields one by one, each with its value or expression, or map them automatically from the item\./g,
		'Give an object with a value for each field.',
	],
	[/(?:run the node|run this item|run it) again/g, 'call the tool again'],
	[/Choose it under Update Fields/g, 'Give it'],
	[/Correct this item/g, 'Correct the values'],
	[/this item has no file there/g, 'an AI agent has no file to give'],
	[/choose Dropdown, /g, 'give Dropdown, '],
	[/Do not call the tool again: it would be carried out twice/g, 'Do not call the tool again for this: it would be carried out twice'],
	[/Running it again does no harm/g, 'Calling the tool again does no harm'],
	[/; a value taken from an expression needs JSON\.stringify/g, ''],
	[/ ?Of 1 items, .*$/gs, ''],
	[/ (?:of|for) item \d+/g, ''],
	[/(?:the values of )?this item\b/gi, 'the values given'],
];

/** What only the one who runs the workflow can change. */
const FOR_THE_OWNER = /credential|proxy|_PROXY|API key|profile icon|n8n|NODE_EXTRA_CA_CERTS/;

/** Places that only people at the editor see: they call nodes by item. */
const ITEM = / ?\[item \d+\]/g;

/**
 * An error as one text for an AI agent: what happened and what to do next, in what the agent can do. n8n passes on the message of
 * an error alone.
 *
 * @param carriedOut what Keap has changed already for the same call of the tool
 */
export function textForModel(error: Error, carriedOut: readonly string[] = []): string {
	const done = carriedOut.length === 0 ? '' : ` Already carried out for this call, and not to be repeated: ${carriedOut.join(', ')}.`;
	return textOf(error) + done;
}

function textOf(error: Error): string {
	const message = reworded(error.message);
	const advice = adviceToModel(error) ?? forModel(descriptionOf(error) ?? '');
	if (advice === '' || message.includes(advice)) return sentence(message);
	return `${sentence(message)} ${sentence(advice)}`;
}

function forModel(advice: string): string {
	const worded = reworded(advice);
	if (!FOR_THE_OWNER.test(worded)) return worded;
	return `Calling again does not help: report this to the person who runs the workflow. Advice to that person: ${worded}`;
}

const reworded = (text: string): string =>
	INSTEAD.reduce((all, [people, model]) => all.replace(people, model), text.replace(ITEM, '')).trim();

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
