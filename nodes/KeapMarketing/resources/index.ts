import type { Resource } from '../../shared/catalogue/operation/types';
import { automation } from './automation';
import { automationCategory } from './automationCategory';
import { campaign } from './campaign';
import { wordPressOptIn } from './wordPressOptIn';

/** The rows of the Keap Marketing node. The first is the one that a new node shows. */
export const resources: readonly Resource[] = [automation, automationCategory, campaign, wordPressOptIn];
