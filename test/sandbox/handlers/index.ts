import { operationKey, type Operation } from '../contract/operations';
import type { Handler } from '../types';
import { CONTACT_LINK_HANDLERS } from './contactLinks';
import { CONTACT_MODEL_HANDLERS } from './contactModel';
import { CONTACT_HANDLERS } from './contacts';
import { genericHandler } from './generic';
import { SETTINGS_HANDLERS } from './settings';
import { TAGGING_HANDLERS } from './tagging';
import { TAG_HANDLERS } from './tags';
import { V1_CONTACT_HANDLERS } from './v1Contacts';

/** Every operation with behaviour of its own, by operation key. A new resource adds a file and one line here. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
	...CONTACT_HANDLERS,
	...CONTACT_LINK_HANDLERS,
	...CONTACT_MODEL_HANDLERS,
	...SETTINGS_HANDLERS,
	...TAG_HANDLERS,
	...TAGGING_HANDLERS,
	...V1_CONTACT_HANDLERS,
};

/** The handler of an operation: its own, or plain behaviour on a collection. @throws ApiError 501 if it has neither. */
export const handlerOf = (operation: Operation): Handler => HANDLERS[operationKey(operation)] ?? genericHandler(operation);
