import type { Resource } from '../../shared/catalogue/operation/types';
import { deal } from './deal';
import { dealNote } from './dealNote';
import { opportunity } from './opportunity';
import { opportunityStage } from './opportunityStage';
import { pipeline } from './pipeline';
import { pipelineStage } from './pipelineStage';

/** The rows of the Keap Sales node. The first is the one that a new node shows. */
export const resources: readonly Resource[] = [opportunity, opportunityStage, deal, dealNote, pipeline, pipelineStage];
