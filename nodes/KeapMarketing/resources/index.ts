import type { Resource } from '../../shared/catalogue/operation/types';
import { automation } from './automation';
import { automationCategory } from './automationCategory';
import { campaign } from './campaign';

/** The rows of the Keap Marketing node. The first is the one that a new node shows. */
export const resources: readonly Resource[] = [automation, automationCategory, campaign];
