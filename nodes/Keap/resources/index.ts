import type { Resource } from '../../shared/catalogue/operation/types';
import { appointment } from './activity/appointment';
import { company } from './people/company';
import { contact } from './people/contact';
import { contactLinkType } from './people/contactLinkType';
import { customApiCall } from './account/customApiCall';
import { deal } from './sales/deal';
import { dealNote } from './sales/dealNote';
import { email } from './activity/email';
import { emailAddress } from './people/emailAddress';
import { file } from './activity/file';
import { note } from './activity/note';
import { opportunity } from './sales/opportunity';
import { opportunityStage } from './sales/opportunityStage';
import { pipeline } from './sales/pipeline';
import { quota } from './account/quota';
import { stage } from './sales/stage';
import { tag } from './people/tag';
import { tagCategory } from './people/tagCategory';
import { task } from './activity/task';
import { user } from './people/user';
import { userGroup } from './people/userGroup';

/** The rows of the Keap node. The first is the one that a new node shows. */
export const resources: readonly Resource[] = [
	contact,
	appointment,
	company,
	contactLinkType,
	customApiCall,
	deal,
	dealNote,
	email,
	emailAddress,
	file,
	note,
	opportunity,
	opportunityStage,
	pipeline,
	quota,
	stage,
	tag,
	tagCategory,
	task,
	user,
	userGroup,
];
