import type { Resource } from '../../shared/catalogue/operation/types';
import { contactLinkType } from './contactLinkType';
import { hook } from './hook';
import { opportunityStage } from './opportunityStage';
import { pipeline } from './pipeline';
import { pipelineStage } from './pipelineStage';
import { user } from './user';
import { userGroup } from './userGroup';

/** The rows of the Keap Admin node. The first is the one that a new node shows. */
export const resources: readonly Resource[] = [hook, contactLinkType, opportunityStage, pipeline, pipelineStage, user, userGroup];
