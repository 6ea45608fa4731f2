import { operationKey, type Operation } from '../contract/operations';
import type { Handler } from '../types';
import { ADMIN_HANDLERS } from './admin';
import { APPOINTMENT_HANDLERS } from './appointments';
import { AUTOMATION_CATEGORY_HANDLERS } from './automationCategories';
import { COMMERCE_HANDLERS } from './commerce';
import { CONTACT_EXTRA_HANDLERS } from './contactExtras';
import { CONTACT_LINK_HANDLERS } from './contactLinks';
import { CONTACT_HANDLERS } from './contacts';
import { EMAIL_ADDRESS_HANDLERS } from './emailAddresses';
import { EMAIL_HANDLERS } from './emails';
import { FILE_HANDLERS } from './files';
import { genericHandler } from './generic';
import { HOOK_HANDLERS } from './hooks';
import { MARKETING_HANDLERS } from './marketing';
import { NOTE_HANDLERS } from './notes';
import { MODEL_HANDLERS } from './recordModels';
import { PIPELINE_HANDLERS } from './pipelines';
import { SEQUENCE_HANDLERS } from './sequences';
import { SETTINGS_HANDLERS } from './settings';
import { STAGE_PIPELINE_HANDLERS } from './stagePipeline';
import { TAGGING_HANDLERS } from './tagging';
import { TAG_HANDLERS } from './tags';
import { USER_HANDLERS } from './users';
import { V1_CONTACT_HANDLERS } from './v1Contacts';

/** Every operation with behaviour of its own, by operation key. A new resource adds a file and one line here. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
	...ADMIN_HANDLERS,
	...APPOINTMENT_HANDLERS,
	...AUTOMATION_CATEGORY_HANDLERS,
	...COMMERCE_HANDLERS,
	...CONTACT_EXTRA_HANDLERS,
	...CONTACT_HANDLERS,
	...CONTACT_LINK_HANDLERS,
	...HOOK_HANDLERS,
	...MARKETING_HANDLERS,
	...MODEL_HANDLERS,
	...NOTE_HANDLERS,
	...EMAIL_ADDRESS_HANDLERS,
	...EMAIL_HANDLERS,
	...FILE_HANDLERS,
	...PIPELINE_HANDLERS,
	...SEQUENCE_HANDLERS,
	...SETTINGS_HANDLERS,
	...STAGE_PIPELINE_HANDLERS,
	...TAGGING_HANDLERS,
	...TAG_HANDLERS,
	...USER_HANDLERS,
	...V1_CONTACT_HANDLERS,
};

/** The handler of an operation: its own, or plain behaviour on a collection. @throws ApiError 501 if it has neither. */
export const handlerOf = (operation: Operation): Handler => HANDLERS[operationKey(operation)] ?? genericHandler(operation);
