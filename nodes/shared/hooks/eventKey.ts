import { BadInput, shown } from '../catalogue/operation/badInput';
import { text } from '../catalogue/fields/encode';

// Events differ by account: only what can't be one is refused.
const KEY = /^[\w-]+(\.[\w-]+)+$/;

/** The key of an event, such as `contact.add`. @throws BadInput for what can't be one */
export function eventKey(raw: unknown): string | undefined {
	const key = text()(raw);
	if (key === undefined || KEY.test(key)) return key;
	throw new BadInput(`is not the key of an event: ${shown(raw)}`, 'It looks like contact.add. Get Event Types lists those of the account.');
}
