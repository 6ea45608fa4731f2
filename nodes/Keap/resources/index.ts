import type { Resource } from '../../shared/catalogue/operation/types';
import { appointment } from './appointment';
import { company } from './company';
import { contact } from './contact';
import { contactLinkType } from './contactLinkType';
import { customApiCall } from './customApiCall';
import { deal } from './deal';
import { dealNote } from './dealNote';
import { email } from './email';
import { emailAddress } from './emailAddress';
import { file } from './file';
import { note } from './note';
import { opportunity } from './opportunity';
import { opportunityStage } from './opportunityStage';
import { pipeline } from './pipeline';
import { quota } from './quota';
import { stage } from './stage';
import { tag } from './tag';
import { tagCategory } from './tagCategory';
import { task } from './task';
import { user } from './user';
import { userGroup } from './userGroup';

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
