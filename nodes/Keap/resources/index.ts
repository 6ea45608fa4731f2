import type { Resource } from '../../shared/catalogue/operation/types';
import { appointment } from './activity/appointment';
import { company } from './people/company';
import { contact } from './people/contact';
import { customApiCall } from './account/customApiCall';
import { email } from './activity/email';
import { emailAddress } from './people/emailAddress';
import { file } from './activity/file';
import { note } from './activity/note';
import { quota } from './account/quota';
import { tag } from './people/tag';
import { tagCategory } from './people/tagCategory';
import { task } from './activity/task';

/** The rows of the Keap node. The first is the one that a new node shows. */
export const resources: readonly Resource[] = [
	contact,
	appointment,
	company,
	customApiCall,
	email,
	emailAddress,
	file,
	note,
	quota,
	tag,
	tagCategory,
	task,
];
